"""Back to an earlier publication: readers stay there until they are released, whatever is built meanwhile."""

import os
import shutil
import subprocess
import sys

import pytest

from orgpulse_pipelines.errors import NothingPublishedError
from orgpulse_pipelines.publication import rollback as module
from orgpulse_pipelines.publication.errors import (
    MovesError,
    NotHeldError,
    UnknownPublicationError,
    UnreadablePublicationError,
)
from orgpulse_pipelines.publication.listing import hold_text, listing, listing_table
from orgpulse_pipelines.publication.moves import hold, read_moves
from orgpulse_pipelines.publication.rollback import release, roll_back
from orgpulse_pipelines.publication.shelf import Publication
from orgpulse_platform.settings import WarehouseSettings


@pytest.fixture
def good(small):
    """The publication before the wrong one."""
    return small.publish().publication


@pytest.fixture
def wrong(small, good):
    """The publication that readers should not have seen."""
    small.build(range(1, 3))
    return small.publish().publication


@pytest.fixture
def folder(small):
    return small.settings.folder


def test_a_rollback_goes_to_the_one_before_and_says_so(small, folder, good, wrong):
    move = roll_back(folder, reason="the load of Tuesday was incomplete")
    assert (move.left, move.entered) == (wrong.id, good.id)
    assert small.published_ids() == [1, 2, 3]
    newest, oldest = listing(small.settings)
    assert (newest["current"], oldest["current"]) == (False, True)
    assert newest["rolled_back_at"] == move.at.isoformat()
    assert newest["reason"] == "the load of Tuesday was incomplete"
    assert good.id in hold_text(small.settings)
    assert listing_table([newest, oldest]).row_count == 2


def test_a_build_after_a_rollback_is_written_and_not_shown(small, folder, good, wrong):
    roll_back(folder)
    small.build(range(1, 6))
    published = small.publish()
    assert published.held is not None
    assert "orgpulse publications release" in published.notices[0]
    assert small.current_id() == good.id
    assert small.kept_ids() == [published.publication.id, wrong.id, good.id]
    assert [one["held"] for one in listing(small.settings)] == [True, False, False]


def test_a_release_shows_what_was_written_since(small, folder, good, wrong):
    roll_back(folder)
    small.build(range(1, 6))
    small.publish()
    fixed = small.publish().publication
    move = release(folder)
    assert (move.left, move.entered) == (good.id, fixed.id)
    assert small.current_id() == fixed.id
    assert hold_text(small.settings) is None
    assert small.publish().publication.id == small.current_id()


def test_a_release_never_brings_the_wrong_one_back(small, folder, good, wrong):
    roll_back(folder)
    assert release(folder).entered is None
    assert small.current_id() == good.id
    assert small.publish().publication.id == small.current_id()


def test_only_what_is_held_can_be_released(folder, good):
    with pytest.raises(NotHeldError):
        release(folder)


def test_a_rollback_names_its_publication_by_the_beginning_of_the_id(small, folder, good, wrong):
    newest = small.publish().publication
    with pytest.raises(UnknownPublicationError, match="is the beginning of 3"):
        roll_back(folder, "20")
    with pytest.raises(UnknownPublicationError, match="current one already"):
        roll_back(folder, newest.id)
    with pytest.raises(UnknownPublicationError):
        roll_back(folder, "1999")
    assert roll_back(folder, good.id[:-1]).entered == good.id


def test_without_an_earlier_publication_there_is_nothing_to_go_back_to(settings, small, folder):
    with pytest.raises(NothingPublishedError):
        roll_back(folder)
    small.publish()
    with pytest.raises(UnknownPublicationError, match="none before"):
        roll_back(folder)
    assert read_moves(folder) == []


def test_the_publication_that_readers_are_held_at_stays_however_old(small, folder, good, wrong):
    small.settings.warehouse = WarehouseSettings(keep_publications=1, keep_days=0)
    roll_back(folder)
    newest = small.publish().publication
    assert small.kept_ids() == [newest.id, good.id]


def test_a_torn_publication_is_refused_and_nobody_is_moved(small, folder, good, wrong):
    good.path.chmod(0o600)
    size = good.path.stat().st_size
    with good.path.open("r+b") as file:
        file.truncate(size // 2)
    with pytest.raises(UnreadablePublicationError, match=good.id):
        roll_back(folder)
    assert (small.current_id(), read_moves(folder)) == (wrong.id, [])


def test_a_publication_with_a_damaged_block_is_refused(small, folder):
    small.build(range(1, 100_000))
    good = small.publish().publication
    small.publish()
    good.path.chmod(0o600)
    with good.path.open("r+b") as file:
        file.seek(good.path.stat().st_size // 2)
        file.write(os.urandom(4096))
    with pytest.raises(UnreadablePublicationError):
        roll_back(folder)


def test_a_copy_under_another_name_is_refused(small, folder, good, wrong):
    copy = Publication(good.id.replace(good.id[:8], "20190101"), good.path)
    shutil.copy(good.path, folder.publications / f"publication-{copy.id}.duckdb")
    with pytest.raises(UnreadablePublicationError, match="copy of another"):
        roll_back(folder, copy.id)
    assert [one["readable"] for one in listing(small.settings)] == [True, True, False]


def test_a_rollback_that_is_killed_before_the_switch_is_completed_by_the_next_build(
    small, folder, good, wrong, monkeypatch
):
    class KilledError(BaseException):
        pass

    def die(*_):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(module, "point_to", die)
        with pytest.raises(KilledError):
            roll_back(folder)
    assert small.current_id() == wrong.id
    assert "was cut off" in hold_text(small.settings)
    small.publish()
    assert small.current_id() == good.id


def test_a_full_disk_keeps_a_rollback_from_beginning(small, folder, good, wrong):
    code = """
import resource, sys
from pathlib import Path
from orgpulse_pipelines.publication.errors import MovesError
from orgpulse_pipelines.publication.rollback import roll_back
from orgpulse_platform.state import StateFolder
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    roll_back(StateFolder(Path(sys.argv[1])))
except MovesError as error:
    print(error.message)
"""
    command = [sys.executable, "-c", code, str(folder.root)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "record of rollbacks" in answer.stdout
    assert (small.current_id(), read_moves(folder)) == (wrong.id, [])
    assert not list(folder.publications.glob("*.partial"))


def test_a_damaged_record_stops_a_build_before_it_moves_anybody(small, folder, good):
    folder.publication_moves.write_text("half a li")
    with pytest.raises(MovesError, match="line 1"):
        small.publish()
    assert small.kept_ids() == [good.id]


def test_a_hold_at_a_publication_that_is_gone_is_told(small, folder, good, wrong):
    roll_back(folder)
    good.path.unlink()
    assert "is gone" in small.publish().notices[0]
    assert hold(read_moves(folder)) is not None
    release(folder)
    assert small.current_id() == small.kept_ids()[0]


def test_a_rollback_waits_for_whoever_is_publishing(small, folder, good, wrong):
    code = """
import sys
from pathlib import Path
from orgpulse_pipelines.publication.shelf import only_one
from orgpulse_platform.state import StateFolder
with only_one(StateFolder(Path(sys.argv[1]))):
    print("locked", flush=True)
    sys.stdin.read()
"""
    command = [sys.executable, "-c", code, str(folder.root)]
    rollback = [sys.executable, "-m", "orgpulse_platform.cli.main", "publications", "rollback"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "locked\n"
        environment = {**os.environ, "ORGPULSE_STATE": str(folder.root)}
        with subprocess.Popen(rollback, env=environment, stderr=subprocess.PIPE, text=True) as waiting:
            with pytest.raises(subprocess.TimeoutExpired):
                waiting.wait(3)
            assert small.current_id() == wrong.id
            other.stdin.close()
            _, told = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, told
    assert small.current_id() == good.id
