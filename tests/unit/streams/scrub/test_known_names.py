"""Names that only the HR system knows: learnt from its events, kept as keyed hashes, used by every worker."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import pytest

from orgpulse_platform.keyring import Keyring, create_keyring
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.fields import PersonnelId
from orgpulse_schemas.privacy import PersonalData, Privacy, scrub
from orgpulse_schemas.registry import all_contracts
from orgpulse_streams.protect.records import RawRecord
from orgpulse_streams.protect.transform import Protection, known_names
from orgpulse_streams.protect.treatments import compile_treatments
from orgpulse_streams.scrub import known_names as module
from orgpulse_streams.scrub.known_names import KnownNames, KnownNamesError

APPOINTED = all_contracts()["org.hr.appointment.made.v1"]
WHY = "Leaders read what staff propose, which no figure tells them."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "protected" / "known-names"


def appointment(name: str) -> RawRecord:
    example = next(example for example in examples_of(APPOINTED.event_type) if example.violation is None)
    event = json.loads(example.value)
    event["data"]["full_name"] = name
    return RawRecord(APPOINTED.raw_topic, 0, 1, 0, (), json.dumps(event).encode())


def test_names_are_learnt_from_the_hr_events_that_pass(keyring: Keyring, file: Path) -> None:
    known = KnownNames(file, keyring)
    sent = Protection(keyring, known_names=known)(appointment("Zaphira Quill-Féather"))
    assert sent.reason is None
    assert all(word in known for word in ("zaphira", "quill", "feather"))
    assert "quillon" not in known


def test_no_name_is_written_anywhere(keyring: Keyring, file: Path) -> None:
    KnownNames(file, keyring).learn(["Zaphira Quillfeather", "زفيرة"])
    content = file.read_bytes()
    assert len(content.split()) == 3
    assert not any(word.encode() in content.lower() for word in ("zaphira", "quill", "زفيرة"))
    assert file.stat().st_mode & 0o077 == 0


def test_another_worker_and_the_next_start_know_them_too(
    keyring: Keyring, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0)
    other = KnownNames(file, keyring)
    KnownNames(file, keyring).learn(["Zaphira"])
    assert "zaphira" in other
    assert "zaphira" in KnownNames(file, keyring)


def test_hashes_of_another_keyring_name_nobody(keyring: Keyring, file: Path, tmp_path: Path) -> None:
    KnownNames(file, keyring).learn(["Zaphira"])
    assert "zaphira" not in KnownNames(file, create_keyring(tmp_path / "other.json"))


def test_same_name_is_written_once(keyring: Keyring, file: Path) -> None:
    known = KnownNames(file, keyring)
    known.learn(["Zaphira", "zaphira"])
    known.learn(["ZAPHIRA"])
    assert len(file.read_bytes().split()) == 1


def test_full_disk_stops_nothing_and_is_made_good(keyring: Keyring, file: Path) -> None:
    file.parent.mkdir()
    known = KnownNames(file, keyring)
    file.mkdir()  # what cannot be written now
    known.learn(["Zaphira"])
    assert "zaphira" in known
    file.rmdir()
    known.learn(["Quill"])
    assert {"zaphira", "quill"} <= {
        word for word in ("zaphira", "quill") if word in KnownNames(file, keyring)
    }


def test_line_that_was_cut_off_harms_no_other(keyring: Keyring, file: Path) -> None:
    KnownNames(file, keyring).learn(["Zaphira"])
    with file.open("ab") as damaged:
        damaged.write(b"00ff")
    KnownNames(file, keyring).learn(["Quill"])
    again = KnownNames(file, keyring)
    assert "zaphira" in again
    assert "quill" in again


def test_file_that_others_can_read_is_refused(keyring: Keyring, file: Path) -> None:
    KnownNames(file, keyring).learn(["Zaphira"])
    file.chmod(0o644)
    with pytest.raises(KnownNamesError, match="read by others"):
        KnownNames(file, keyring)


def test_nobodys_name_is_learnt_while_no_contract_keeps_free_text(keyring: Keyring, file: Path) -> None:
    assert known_names(file, keyring) is None


class Proposed(Contract):
    personnel_id: PersonnelId
    text: Annotated[str | None, Privacy(PersonalData.FREE_TEXT, scrub(WHY))] = None


def test_text_of_a_contract_that_says_why_leaves_scrubbed(keyring: Keyring, file: Path) -> None:
    known = KnownNames(file, keyring)
    known.learn(["Zaphira Quillfeather"])
    about = replace(APPOINTED, model=Proposed, key="personnel_id")
    treatments = compile_treatments(about, keyring, known)
    payload = Proposed(personnel_id="P000042", text="Zaphira said: call +41 22 717 91 11.")
    protected = treatments.protect(payload.__dict__, datetime.now(UTC).date())
    assert protected["text"] == "[PERSON] said: call [PHONE_NUMBER]."
    assert treatments.protect({"personnel_id": "P000042", "text": None}, date(2020, 1, 1))["text"] is None


@pytest.mark.parametrize("reason", ["", "It is useful.", "because we need it"])
def test_free_text_is_not_kept_without_a_reason(reason: str) -> None:
    with pytest.raises(ValueError, match="says in a sentence why"):
        scrub(reason)
