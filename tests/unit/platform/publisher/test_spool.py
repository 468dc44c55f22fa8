"""The spool: durable, in order, bounded, private, for one process."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from orgpulse_platform.publisher import (
    Record,
    SpoolError,
    SpoolFullError,
    SpoolInUseError,
    SpoolKeyError,
)
from orgpulse_platform.publisher.spool import Spool

LIMIT = 10_000_000
CANARY = b"Zanzibar"
KEY = bytes(range(32))


def record(number: int, size: int = 100) -> Record:
    value = b"%d %s" % (number, CANARY)
    return Record("raw.training.pr-2", b"key-%s" % CANARY, value.ljust(size, b"."), f"id-{number}")


def numbers(spool: Spool) -> list[int]:
    return [int(item.record.value.split()[0]) for item in spool.oldest(1_000_000, LIMIT)]


def content_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_records_come_out_whole_and_in_order(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", LIMIT)
    for start in (0, 3, 6):
        spool.append([record(start + step) for step in range(3)])
    items = spool.oldest(100, LIMIT)
    assert [item.record for item in items] == [record(number) for number in range(9)]
    assert spool.count == 9


def test_what_leaves_in_the_middle_leaves_the_order_of_the_others(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", LIMIT)
    spool.append([record(number) for number in range(5)])
    items = spool.oldest(100, LIMIT)
    spool.remove([items[1], items[4]])
    spool.append([record(5)])
    assert numbers(spool) == [0, 2, 3, 5]


def test_a_portion_is_bounded_by_records_and_bytes_but_never_empty(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", LIMIT)
    spool.append([record(number, 1_000) for number in range(10)])
    assert len(spool.oldest(4, LIMIT)) == 4
    assert len(spool.oldest(100, 2_500)) == 2
    assert len(spool.oldest(100, 1)) == 1


def test_a_full_spool_takes_nothing_of_a_batch_and_says_what_to_do(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", 1_000)
    spool.append([record(number) for number in range(5)])
    with pytest.raises(SpoolFullError) as caught:
        spool.append([record(5), record(6)])
    assert numbers(spool) == [0, 1, 2, 3, 4]
    assert "5 events take" in caught.value.message
    assert "publish the same again" in caught.value.guidance
    assert "Zanzibar" not in str(caught.value)
    spool.remove(spool.oldest(2, LIMIT))
    spool.append([record(5), record(6)])


def test_a_full_disk_loses_nothing_that_was_accepted(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", LIMIT)
    spool.append([record(0)])
    (pages,) = spool._database.execute("pragma page_count").fetchone()
    spool._database.execute(f"pragma max_page_count = {pages + 2}")
    with pytest.raises(SpoolError, match="SQLITE_FULL") as caught:
        spool.append([record(number, 1_000) for number in range(1, 100)])
    assert "Zanzibar" not in str(caught.value)
    spool.append([record(1)])
    assert numbers(spool) == [0, 1]
    assert spool.count == 2


def test_the_limit_still_counts_what_an_earlier_process_left(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", 1_000)
    spool.append([record(number) for number in range(5)])
    taken = spool.bytes
    spool.close()
    again = Spool(tmp_path / "spool", 1_000)
    assert (again.found, again.count, again.bytes, again.interrupted) == (5, 5, taken, False)
    with pytest.raises(SpoolFullError):
        again.append([record(5), record(6)])


def test_the_files_take_little_more_than_the_limit(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", LIMIT)
    batch = [record(1, 350)] * 1_000
    while spool.bytes + 500 * len(batch) < LIMIT:
        spool.append(batch)
    size = sum(file.stat().st_size for file in (tmp_path / "spool").iterdir())
    assert size < 1.3 * LIMIT + 6_000_000


def test_an_emptied_spool_is_small_and_holds_no_trace_of_what_was_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    spool = Spool(folder, LIMIT)
    for _ in range(10):
        spool.append([record(number, 700) for number in range(100)])
    assert CANARY in content_of(folder)
    while spool.count:
        spool.remove(spool.oldest(77, LIMIT))
    assert CANARY not in content_of(folder)
    assert b"id-" not in content_of(folder)
    assert len(content_of(folder)) < 50_000


def test_only_what_still_waits_can_be_found_in_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    spool = Spool(folder, LIMIT)
    spool.append(
        [Record("t", b"k", b"first Tanga " * 100, "1"), Record("t", b"k", b"second Moshi " * 100, "2")]
    )
    spool.remove(spool.oldest(1, LIMIT))
    assert b"Tanga" not in content_of(folder)
    assert b"Moshi" in content_of(folder)


def test_with_a_key_the_files_hold_no_content(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    spool = Spool(folder, LIMIT, KEY)
    spool.append([record(number) for number in range(50)])
    assert CANARY not in content_of(folder)
    assert b"id-" not in content_of(folder)
    assert numbers(spool) == list(range(50))
    spool.close()
    assert numbers(Spool(folder, LIMIT, KEY)) == list(range(50))


@pytest.mark.parametrize(("first", "second"), [(KEY, None), (None, KEY), (KEY, bytes(32))])
def test_a_spool_opens_under_another_key_only_when_it_is_empty(
    first: bytes | None, second: bytes | None, tmp_path: Path
) -> None:
    folder = tmp_path / "spool"
    spool = Spool(folder, LIMIT, first)
    spool.append([record(1)])
    spool.close()
    with pytest.raises(SpoolKeyError, match="once it is empty"):
        Spool(folder, LIMIT, second)
    spool = Spool(folder, LIMIT, first)
    spool.remove(spool.oldest(1, LIMIT))
    spool.close()
    Spool(folder, LIMIT, second).append([record(1)])


def test_a_key_of_another_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        Spool(tmp_path / "spool", LIMIT, b"short")


@pytest.mark.skipif(os.name != "posix", reason="other permissions")
def test_folder_and_files_are_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "spool"
    Spool(folder, LIMIT).append([record(1)])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert {file.name for file in folder.iterdir()} == {"spool.sqlite", "spool.sqlite-wal"}


@pytest.mark.skipif(os.name != "posix", reason="other permissions")
def test_a_folder_that_others_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir(mode=0o755)
    with pytest.raises(SpoolError, match="can be read by others") as caught:
        Spool(tmp_path / "spool", LIMIT)
    assert "chmod 700" in caught.value.guidance


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SpoolError, match="file/spool"):
        Spool(tmp_path / "file" / "spool", LIMIT)


HOLD = """
import sys
from pathlib import Path
from orgpulse_platform.publisher import Record
from orgpulse_platform.publisher.spool import Spool

spool = Spool(Path(sys.argv[1]), 10_000_000)
spool.append([Record("raw.training.pr-2", b"k", b"%d ." % number, "") for number in range(3)])
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_and_a_killed_one_leaves_what_it_had_appended(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(SpoolInUseError, match="folder of its own"):
            Spool(folder, LIMIT)
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
        holder.communicate()
    spool = Spool(folder, LIMIT)
    assert spool.interrupted
    assert (spool.found, numbers(spool)) == (3, [0, 1, 2])
    spool.close()
    assert not Spool(folder, LIMIT).interrupted


def test_a_second_opening_in_the_same_process_is_refused(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", LIMIT)
    with pytest.raises(SpoolInUseError):
        Spool(tmp_path / "spool", LIMIT)
    spool.append([record(1)])
    assert numbers(spool) == [1]


def test_a_commit_waits_for_the_disk_and_a_removal_overwrites(tmp_path: Path) -> None:
    database = Spool(tmp_path / "spool", LIMIT)._database

    def pragma(name: str) -> object:
        return database.execute(f"pragma {name}").fetchone()[0]

    assert (pragma("synchronous"), pragma("journal_mode"), pragma("secure_delete")) == (2, "wal", 1)


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 8_000])
def test_a_damaged_file_is_named_and_left_alone(damage: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    folder.mkdir(mode=0o700)
    (folder / "spool.sqlite").write_bytes(damage)
    with pytest.raises(SpoolError) as caught:
        Spool(folder, LIMIT)
    assert str(folder) in caught.value.message
    assert "move the folder aside" in caught.value.guidance
    assert (folder / "spool.sqlite").read_bytes() == damage


def test_the_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    Spool(folder, LIMIT).close()
    with sqlite3.connect(folder / "spool.sqlite") as database:
        database.execute("pragma user_version = 7")
    database.close()
    with pytest.raises(SpoolError, match="format 7"):
        Spool(folder, LIMIT)


def test_a_torn_tail_costs_the_batch_that_was_being_written_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    spool = Spool(folder, LIMIT)
    ends = []
    for start in range(0, 30, 3):
        spool.append([record(start + step, 900) for step in range(3)])
        ends.append((folder / "spool.sqlite-wal").stat().st_size)
    for cut in range(ends[0], ends[-1] + 1, 701):
        torn = tmp_path / f"torn-{cut}"
        shutil.copytree(folder, torn)
        os.truncate(torn / "spool.sqlite-wal", cut)
        found = Spool(torn, LIMIT)
        assert found.interrupted
        assert numbers(found) == list(range(3 * sum(end <= cut for end in ends)))
        found.close()
