"""Lines beyond what memory may hold go to disk, come back in order, and leave nothing behind."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.simulator.sorting import BLOCK, Sorter


def sorter_of(folder: Path | None, run: int, lines: list[bytes]) -> Sorter:
    sorter = Sorter(folder, run)
    for line in lines:
        sorter.add(line)
        assert sorter.held < run
    return sorter


@contextmanager
def no_more_room() -> Iterator[None]:
    """No file of this process may grow, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_fewer_lines_than_a_run_never_touch_the_disk(tmp_path: Path) -> None:
    sorter = sorter_of(tmp_path / "missing", 4, [b"c", b"a", b"b"])

    assert list(sorter) == [b"a", b"b", b"c"]
    assert sorter.disk == 0


def test_lines_longer_than_what_is_read_at_once_come_back_whole(tmp_path: Path) -> None:
    long = [letter * (BLOCK + 1) for letter in (b"c", b"a", b"b")]

    assert list(sorter_of(tmp_path, 2, long)) == sorted(long)


def test_lines_can_be_read_twice_at_once(tmp_path: Path) -> None:
    sorter = sorter_of(tmp_path, 2, [b"%d" % number for number in (3, 1, 2, 5, 4)])

    assert list(zip(sorter, sorter, strict=True)) == [(line, line) for line in (b"1", b"2", b"3", b"4", b"5")]


def test_what_is_on_disk_has_no_name_that_anybody_could_open(tmp_path: Path) -> None:
    sorter = sorter_of(tmp_path, 2, [b"b", b"a", b"c"])

    assert sorter.disk == len(b"a\nb\n")
    assert list(tmp_path.iterdir()) == []


def test_closing_frees_the_disk(tmp_path: Path) -> None:
    sorter = sorter_of(tmp_path, 2, [b"b", b"a", b"c"])

    sorter.close()

    assert (sorter.disk, sorter.held) == (0, 0)
    assert list(sorter) == []


def test_full_disk_is_said_without_any_content(tmp_path: Path) -> None:
    with no_more_room(), pytest.raises(StateFolderError, match="File too large") as caught:
        sorter_of(tmp_path, 2, [b"Jane Doe", b"John Doe"])

    assert str(tmp_path) in caught.value.detail
    assert "Doe" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(StateFolderError, match="missing: No such file"):
        sorter_of(tmp_path / "missing", 2, [b"b", b"a"])
