"""A person is known in whatever spelling contracts accept, and nobody else is taken for them."""

import io
import sys

import pytest

from orgpulse_pipelines.subjects.errors import SubjectIdError
from orgpulse_pipelines.subjects.subject import read_identifier, subject_of
from orgpulse_platform.keyring import Keyring


@pytest.mark.parametrize(
    "content",
    [
        "P000042",
        b'{"personnel_id": "P000042"}',
        b"p000042",
        "P 000 042",
        "P00000042",
        "Ｐ０００００４２",
        "P٠٠٠٠٤٢",
        b'{"personnel_id": "\\u0050000042"}',
        "P000042;Amina",
    ],
)
def test_number_is_found_in_every_spelling_that_a_contract_accepts(keyring: Keyring, content) -> None:
    assert subject_of(keyring, "P000042").named_in(content)


@pytest.mark.parametrize("content", ["P0000421", "AP000042", "P00042", "P000043", "", b"\xff\xfe", None])
def test_nobody_else_is_taken_for_the_person(keyring: Keyring, content) -> None:
    assert not subject_of(keyring, "P000042").named_in(content)


def test_every_spelling_is_the_same_person(keyring: Keyring) -> None:
    assert subject_of(keyring, " p 0000042\n") == subject_of(keyring, "P000042")


def test_address_is_one_mailbox_in_every_spelling(keyring: Keyring) -> None:
    subject = subject_of(keyring, "Amina.B@Example.org")
    assert subject.named_in(b'{"email": "mailto:amina.b+news@example.org"}')
    assert not subject.named_in("amina.c@example.org")


def test_pseudonyms_of_every_domain_are_looked_for(keyring: Keyring) -> None:
    subject = subject_of(keyring, "P000042")
    for domain in ("person", "candidate", "partner-person", "case"):
        assert subject.named_in(keyring.pseudonym(domain, "P000042"))
        assert subject.under_pseudonym_in(keyring.pseudonym(domain, "P000042").encode())


def test_person_is_in_no_representation(keyring: Keyring) -> None:
    subject = subject_of(keyring, "P000042")
    assert "P000042" not in repr(subject)
    assert subject.masked("exports/P000042 leave.csv") == "exports/(the person) leave.csv"


@pytest.mark.parametrize("identifier", ["", "P1", "two words here", "x" * 300])
def test_what_can_be_no_identifier_is_refused_without_being_repeated(keyring: Keyring, identifier) -> None:
    with pytest.raises(SubjectIdError) as refused:
        subject_of(keyring, identifier)
    assert not identifier or identifier not in str(refused.value)


def test_identifier_comes_from_a_file_or_from_standard_input(tmp_path, monkeypatch) -> None:
    file = tmp_path / "id"
    file.write_text("P000042\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO("P000043\nmore"))
    assert read_identifier(None, file).strip() == "P000042"
    assert read_identifier("-", None).strip() == "P000043"
    with pytest.raises(SubjectIdError):
        read_identifier(None, None)
    with pytest.raises(SubjectIdError):
        read_identifier("P000042", file)
    with pytest.raises(SubjectIdError):
        read_identifier(None, tmp_path / "nothing")
