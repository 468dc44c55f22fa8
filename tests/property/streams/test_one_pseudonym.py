"""One person, one pseudonym, however the number is written; two domains never join."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import StringConstraints

from orgpulse_platform.keyring import PSEUDONYM_DOMAINS, Keyring, create_keyring
from orgpulse_schemas.canonical import EMAIL, PERSON_NUMBER, canonical_email, canonical_number
from orgpulse_schemas.cloudevents import structured
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.privacy import PersonalData, Privacy, pseudonymise
from orgpulse_schemas.registry import all_contracts
from orgpulse_streams.protect.records import RawRecord
from orgpulse_streams.protect.transform import Protection
from orgpulse_streams.protect.treatments import compile_treatments

ABOUT = all_contracts()["org.training.completion.recorded.v1"]
NUMBERS = st.integers(0, 9_999_999).map(lambda number: f"P{number:06d}")
SCRIPTS = ("0", "٠", "۰", "०", "０", "߀", "𝟎")
INVISIBLE = st.sampled_from(["", " ", "\u00a0", "\t", "\u200b", "\u200e", "\u202b", "\u2066", "\u3000"])
DAY = date(2020, 1, 1)
COMPLETION = {"course_id": "C001", "completed_on": "2019-06-30", "language": "FR"}


@st.composite
def spellings(draw: st.DrawFn, number: str) -> str:
    """A person's number with another case, blanks, invisible signs, zeros and digits of any script."""
    letter = draw(st.sampled_from([number[0], number[0].lower(), "Ｐ", "ｐ"]))
    digits = "0" * draw(st.integers(0, 4)) + number[1:]
    zeros = [ord(draw(st.sampled_from(SCRIPTS))) for _ in digits]
    signs = [letter, *(chr(zero + int(digit)) for zero, digit in zip(zeros, digits, strict=True))]
    return draw(INVISIBLE) + "".join(sign + draw(INVISIBLE) for sign in signs)


@pytest.fixture(scope="module")
def keyring() -> Keyring:
    with TemporaryDirectory() as folder:
        return create_keyring(Path(folder) / "keyring.json")


@pytest.fixture(scope="module")
def protection(keyring: Keyring) -> Protection:
    return Protection(keyring)


def protected(protection: Protection, personnel_id: str) -> tuple[Any, bytes | None]:
    data = {**COMPLETION, "personnel_id": personnel_id}
    value = structured(
        id="1",
        source=ABOUT.system.uri,
        type=ABOUT.event_type,
        time=datetime(2020, 1, 1, tzinfo=UTC),
        data=data,
    )
    sent = protection(RawRecord(ABOUT.raw_topic, 0, 1, 0, (), value))
    assert sent.reason is None
    return orjson.loads(sent.value)["data"]["personnel_id"], sent.key


@given(st.data(), NUMBERS)
def test_every_spelling_of_a_number_gets_one_pseudonym_and_one_key(
    protection: Protection, keyring: Keyring, drawn: st.DataObject, number: str
) -> None:
    pseudonym = keyring.pseudonym("person", number)
    assert protected(protection, drawn.draw(spellings(number))) == (pseudonym, pseudonym.encode())


@given(NUMBERS, NUMBERS)
def test_two_numbers_never_share_a_pseudonym(protection: Protection, one: str, other: str) -> None:
    same = protected(protection, one) == protected(protection, other)
    assert same is (one == other)


@given(st.text(max_size=40) | st.from_regex(r"\s*[Pp]0*[0-9]{6}\s*", fullmatch=True))
def test_canonical_spelling_is_its_own(text: str) -> None:
    assert canonical_number(canonical_number(text)) == canonical_number(text)


@given(st.text(max_size=40) | st.emails())
def test_canonical_address_is_its_own(text: str) -> None:
    assert canonical_email(canonical_email(text)) == canonical_email(text)


@given(st.emails(), st.sampled_from([str.upper, str.lower, "<{}>".format, " {} ".format, "mailto:{}".format]))
def test_contract_that_pseudonymises_an_address_gives_one_mailbox_one_pseudonym(
    keyring: Keyring, address: str, spelling: Any
) -> None:
    assert _mailbox(keyring, spelling(address)) == _mailbox(keyring, address)


@given(st.text(max_size=20))
def test_two_domains_never_join(keyring: Keyring, value: str) -> None:
    assert len({keyring.pseudonym(domain, value) for domain in PSEUDONYM_DOMAINS}) == len(PSEUDONYM_DOMAINS)


class _Posted(Contract):
    sender: Annotated[
        str,
        StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$"),
        EMAIL,
        Privacy(PersonalData.IDENTIFIER, pseudonymise("candidate")),
    ]


def _mailbox(keyring: Keyring, address: str) -> Any:
    treatments = compile_treatments(replace(ABOUT, model=_Posted, key="sender"), keyring)
    return treatments.protect(_Posted(sender=address).__dict__, DAY)["sender"]


def test_every_identifier_that_becomes_a_pseudonym_has_a_canonical_spelling() -> None:
    for about in all_contracts().values():
        for field in about.fields:
            if field.treatment == pseudonymise(field.treatment.detail):
                assert PERSON_NUMBER in field.notes, f"{about.event_type}: {field.name}"
