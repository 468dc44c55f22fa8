"""A contract that keeps free text, in the stream: the names of the HR system leave it, in every script.

No contract that ships keeps free text, since no indicator reads one. This one is made for the test, and goes
the way of every event: raw record, validation, protection, protected record.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import pytest

from orgpulse_platform.keyring import Keyring
from orgpulse_schemas import validation
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.fields import PersonnelId
from orgpulse_schemas.privacy import PersonalData, Privacy, scrub
from orgpulse_schemas.registry import all_contracts, contract_for
from orgpulse_streams.protect import transform
from orgpulse_streams.protect.records import RawRecord
from orgpulse_streams.protect.transform import Protection, known_names

APPOINTED = all_contracts()["org.hr.appointment.made.v1"]
SUGGESTED = "org.hr.suggestion.made.v1"
SAID = {
    "Zaphira Quillfeather": (
        "Please thank Zaphira Quillfeather for the new form.",
        "Please thank",
        "the new form",
    ),
    "Maëlys Trébuchard": ("La réunion avec Maëlys Trébuchard était utile.", "La réunion avec", "était utile"),
    "Iñaki Zubizarreta": ("El taller de Iñaki Zubizarreta fue muy bueno.", "El taller de", "muy bueno"),
    "زفيرة القلمي": ("نشكر زفيرة القلمي على الدورة الجديدة.", "نشكر", "الدورة الجديدة"),
}
"""What is said of whom, and what must be left of it at its beginning and end."""


class Suggested(Contract):
    """A suggestion of a member of staff."""

    personnel_id: PersonnelId
    text: Annotated[
        str, Privacy(PersonalData.FREE_TEXT, scrub("Leaders read what staff propose, in its words."))
    ]


@pytest.fixture(autouse=True)
def contracts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The contracts that ship, and one that keeps free text."""
    about = replace(APPOINTED, event_type=SUGGESTED, model=Suggested, key="personnel_id")
    known = {**all_contracts(), SUGGESTED: about}
    monkeypatch.setattr(transform, "all_contracts", lambda: known)
    monkeypatch.setattr(validation, "contract_for", lambda type_: known.get(type_) or contract_for(type_))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "streams" / "known-names"


def worker(file: Path, keyring: Keyring) -> Protection:
    """The protection of a worker that starts."""
    known = known_names(file, keyring)
    assert known is not None, "a contract keeps free text"
    return Protection(keyring, known_names=known)


def record(type_: str, **data: Any) -> RawRecord:
    example = next(example for example in examples_of(APPOINTED.event_type) if example.violation is None)
    event = json.loads(example.value)
    kept = event["data"] if type_ == APPOINTED.event_type else {}
    event |= {"type": type_, "data": kept | data}
    return RawRecord(APPOINTED.raw_topic, 0, 1, 0, (), json.dumps(event).encode())


@pytest.mark.parametrize("name", SAID)
def test_names_of_the_hr_system_leave_no_text_also_after_a_restart(
    name: str, keyring: Keyring, file: Path
) -> None:
    text, before, after = SAID[name]
    first = worker(file, keyring)
    assert first(record(APPOINTED.event_type, full_name=name)).reason is None
    for protection in (first, worker(file, keyring)):
        sent = protection(record(SUGGESTED, personnel_id="P000042", text=text))
        assert sent.reason is None
        assert sent.value is not None
        left = json.loads(sent.value)["data"]["text"]
        assert left.startswith(before)
        assert after in left
        assert not any(word in left for word in name.split())
    assert not any(word.encode() in file.read_bytes() for word in name.split())


@pytest.mark.parametrize("name", ["Zaphira Quillfeather", "زفيرة القلمي"])
def test_a_name_that_the_hr_system_has_not_published_may_stay(
    name: str, keyring: Keyring, file: Path
) -> None:
    """Why the HR system publishes its people before anybody publishes texts."""
    sent = worker(file, keyring)(record(SUGGESTED, personnel_id="P000042", text=SAID[name][0]))
    assert sent.value is not None
    left = json.loads(sent.value)["data"]["text"]
    assert any(word in left for word in name.split()), "else the other test proves nothing"
