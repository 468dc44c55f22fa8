"""The ledger of what was published."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orgpulse_platform.errors import LedgerError
from orgpulse_platform.ledger import LedgerEntry, append, read


def entry(dataset: str = "seed 1") -> LedgerEntry:
    return LedgerEntry(
        publisher="simulator",
        dataset=dataset,
        finished_at=datetime(2020, 1, 1, tzinfo=UTC),
        published={"hr": 12},
        rejected={"hr": {"wrong_type": 2}},
        duplicates={"hr": 1},
        kept={"hr": 9},
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "published.jsonl"


def test_what_was_appended_is_read_back_in_order(path: Path) -> None:
    append(path, entry("a"))
    append(path, entry("b"))
    assert read(path) == [entry("a"), entry("b")]


def test_no_ledger_yet_means_nothing_was_published(path: Path) -> None:
    assert read(path) == []


def test_a_line_cut_off_at_the_end_is_reported_and_left_out(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    append(path, entry("a"))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:30])
    with caplog.at_level(logging.WARNING):
        assert read(path) == [entry("a")]
    assert "was cut off" in caplog.text


def test_an_entry_after_a_cut_off_line_is_whole(path: Path) -> None:
    append(path, entry("a"))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:30])
    append(path, entry("b"))
    assert read(path) == [entry("a"), entry("b")]


def test_a_last_line_that_lacks_only_its_end_of_line_counts(path: Path) -> None:
    append(path, entry("a"))
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert read(path) == [entry("a")]
    append(path, entry("b"))
    assert read(path) == [entry("a"), entry("b")]


def test_damage_in_the_middle_names_its_line_and_shows_no_content(path: Path) -> None:
    append(path, entry("a"))
    path.write_bytes(path.read_bytes() + b'{"publisher": "Jane Doe"}\n')
    append(path, entry("b"))
    with pytest.raises(LedgerError, match="line 2 is no ledger entry") as caught:
        read(path)
    assert "Jane" not in str(caught.value)
    assert caught.value.__context__ is None or "Jane" not in str(caught.value.__context__)


def test_a_ledger_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    with pytest.raises(LedgerError, match=r"published\.jsonl: "):
        append(tmp_path / "state" / "published.jsonl", entry())


def test_entries_of_two_publishers_at_once_do_not_mix(path: Path) -> None:
    names = [f"dataset {number}" for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: append(path, entry(name)), names))
    assert sorted(found.dataset for found in read(path)) == sorted(names)
