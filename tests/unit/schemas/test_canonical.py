"""How an identifier of a person may be written, and what it is read as."""

import json

import pytest
from pydantic import TypeAdapter, ValidationError

from orgpulse_schemas.canonical import LONGEST, canonical_email, canonical_number
from orgpulse_schemas.fields import CandidateId, CasePersonnelId, EmailAddress, PersonnelId

SAME_PERSON = [
    "P000042",
    "p000042",
    " P000042",
    "P000042\n",
    "P 000 042",
    "P0000042",
    "P0000000042",
    "Ｐ００００４２",
    "P٠٠٠٠٤٢",
    "P۰۰۰۰۴۲",
    "P००००४२",
    "P000\u200b042",
    "\u202aP000042\u202c",
    "\ufeffP000042",
    "P000\u00ad042",
    "P000042\u00a0\u3000",
]
NOBODY = [
    "P42",
    "P00042",
    "000042",
    "P00004O",
    "Р000042",
    "P000042²",
    "P①②③④⑤⑥",
    "P000042.0",
    "P-000042",
    "P12345678",
    "PP000042",
    "P000042\x00",
    "",
    "P" + "0" * LONGEST + "000042",
]


@pytest.mark.parametrize("written", SAME_PERSON)
def test_one_person_written_differently_is_one_person(written: str) -> None:
    assert TypeAdapter(PersonnelId).validate_json(json.dumps(written), strict=True) == "P000042"


@pytest.mark.parametrize("written", NOBODY)
def test_wrong_number_stays_wrong(written: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PersonnelId).validate_json(json.dumps(written), strict=True)


def test_number_that_differs_in_its_digits_is_another_person() -> None:
    assert len({canonical_number(number) for number in ("P000042", "P0000420", "P420000", "P042000")}) == 4


@pytest.mark.parametrize(("type_", "value"), [(CandidateId, "A1234567"), (CasePersonnelId, "A123456")])
def test_canonical_spelling_of_another_kind_of_number_is_refused(type_: object, value: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(type_).validate_python(value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Amina.Warsame@Example.ORG", "amina.warsame@example.org"),
        (" amina@example.org ", "amina@example.org"),
        ("<amina@example.org>", "amina@example.org"),
        ("mailto:amina@example.org", "amina@example.org"),
        ("MailTo:Amina+payroll@example.org", "amina@example.org"),
        ("amina@example.org.", "amina@example.org"),
        ("ａｍｉｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "amina@example.org"),
        ("amina\u200b@example.org", "amina@example.org"),
        ("jose\u0301@example.org", "josé@example.org"),
        ("a@xn--mnchen-3ya.de", "a@münchen.de"),
        ("a@MÜNCHEN.de", "a@münchen.de"),
        ("أمل@مثال.إختبار", "أمل@مثال.إختبار"),
        ("+@example.org", "+@example.org"),
    ],
)
def test_one_mailbox_written_differently_is_one_mailbox(written: str, read: str) -> None:
    assert canonical_email(written) == read
    assert TypeAdapter(EmailAddress).validate_python(written, strict=True) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.b@example.org", "ab@example.org"),
        ("a@straße.de", "a@strasse.de"),
        ("jose@example.org", "josé@example.org"),
        ("a@example.org", "a@mail.example.org"),
    ],
)
def test_two_mailboxes_stay_two(one: str, other: str) -> None:
    assert canonical_email(one) != canonical_email(other)


@pytest.mark.parametrize("label", ["xn--", "xn--\ud800", "xn--9999999999", "xn--a-b", "xn--ab-"])
def test_domain_that_no_browser_reads_stays_as_it_is(label: str) -> None:
    assert canonical_email(f"a@{label}.org") == f"a@{label}.org"
