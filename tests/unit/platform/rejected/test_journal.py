"""What is on record of replays, and of whoever opened originals."""

import json
import os
import pwd
import stat

import pytest

from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.rejected.audit import Why, record_opening
from orgpulse_platform.rejected.errors import RecordsDamagedError, ReplayRunningError
from orgpulse_platform.rejected.journal import State, open_journal, read_journal

A, B = "raw.hr.pe-3/0/1@1", "raw.hr.pe-3/0/2@1"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "replays.jsonl"


def test_only_what_kafka_has_counts_as_replayed(path):
    with open_journal(path) as journal:
        journal.write("run", State.SENDING, [(A, A), (B, B)])
        assert not journal.replayed(A)
        journal.write("run", State.SENT, [(A, A)])
        assert journal.replayed(A)
    found = read_journal(path)
    assert (found.replayed(A), found.replayed(B), found.knows(B), found.knows("x")) == (
        True,
        False,
        True,
        False,
    )


def test_what_was_rejected_again_is_known_by_where_it_was_rejected_first(path):
    with open_journal(path) as journal:
        journal.write("run", State.SENT, [(B, A)])
    assert read_journal(path).replayed(A)
    assert not read_journal(path).replayed(B)


def test_it_is_on_disk_as_soon_as_it_is_written(path):
    with open_journal(path) as journal:
        journal.write("run", State.SENDING, [(A, A)])
        line = json.loads(path.read_text())
    assert (line["origin"], line["run"], line["state"]) == (A, "run", "sending")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_that_was_cut_off_is_left_out_and_the_next_begins_on_its_own(path):
    with open_journal(path) as journal:
        journal.write("run", State.SENT, [(A, A)])
    with path.open("ab") as file:
        file.write(b'{"origin": "raw.h')
    assert read_journal(path).replayed(A)
    with open_journal(path) as journal:
        journal.write("run", State.SENT, [(B, B)])
    assert read_journal(path).replayed(B)
    assert len(path.read_text().splitlines()) == 2


def test_damage_is_named_by_its_line(path):
    with open_journal(path) as journal:
        journal.write("run", State.SENT, [(A, A)])
    path.write_text("nonsense\n" + path.read_text())
    with pytest.raises(RecordsDamagedError, match="line 1"):
        read_journal(path)
    with pytest.raises(RecordsDamagedError, match="line 1"), open_journal(path):
        pytest.fail("must not be opened")


def test_two_replays_at_a_time_are_refused(path):
    with open_journal(path), pytest.raises(ReplayRunningError), open_journal(path):
        pytest.fail("must not be opened twice")
    with open_journal(path):
        pass


def test_a_journal_that_was_never_written_is_empty(path):
    assert not read_journal(path).knows(A)
    assert not path.exists()


def test_who_opens_an_original_is_on_record_by_the_number_of_the_user(path, monkeypatch):
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.setenv("LOGNAME", "somebody-else")
    record_opening(path, "rejected show --reveal", why=Why.INCIDENT, origin=A)
    path.open("ab").write(b"cut off")
    record_opening(path, "rejected replay", why=Why.FIX, replay="run", opened=3)
    first, _, second = path.read_text().splitlines()
    opening = json.loads(first)
    assert opening["who"] == pwd.getpwuid(os.getuid()).pw_name
    assert (opening["command"], opening["origin"]) == ("rejected show --reveal", A)
    assert opening["at"].endswith("Z")
    assert opening["why"] == "incident"
    assert "opened" not in opening
    ended = json.loads(second)
    assert (ended["replay"], ended["why"], ended["opened"]) == ("run", "fix", 3)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_where_nothing_can_be_put_on_record_nothing_is_opened(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StateFolderError):
        record_opening(tmp_path / "file" / "audit.jsonl", "show", why=Why.FIX, origin=A)
