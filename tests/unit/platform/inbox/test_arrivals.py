"""Which files are whole: a half-written file is not taken."""

import os
import time
from pathlib import Path

import pytest

from orgpulse_platform.inbox.arrivals import Arrivals, Stamp, open_for_writing
from orgpulse_platform.inbox.folder import InboxFolder

SOON_S = 0.05
NEVER_S = 3600.0
TICK_S = 0.02
"""Longer than the steps in which the system counts the times of files."""


def moved_in(target: Path, content: str = "site\n") -> None:
    """Write a file under another name, and rename it into its place."""
    draft = target.with_name(f"{target.name}.part")
    draft.write_text(content)
    time.sleep(TICK_S)
    draft.rename(target)


def test_file_that_is_open_for_writing_is_not_taken_however_long_it_rests(folder: InboxFolder) -> None:
    arrivals = Arrivals(folder, 0)
    with (folder.root / "export.csv").open("w") as file:
        file.write("site\nF00")
        file.flush()
        for _ in range(3):
            look = arrivals.look()
            assert (look.whole, look.unfinished) == ((), 1)
        file.write("01\n")
    assert arrivals.look().whole == (Path("export.csv"),)


def test_file_is_taken_when_it_was_the_same_for_the_interval(folder: InboxFolder) -> None:
    (folder.root / "export.csv").write_text("site\n")
    arrivals = Arrivals(folder, SOON_S)
    assert arrivals.look().unfinished == 1
    time.sleep(SOON_S)
    assert arrivals.look().whole == (Path("export.csv"),)


def test_file_that_grows_starts_its_interval_anew(folder: InboxFolder) -> None:
    file = folder.root / "export.csv"
    file.write_text("site\n")
    arrivals = Arrivals(folder, SOON_S)
    arrivals.look()
    time.sleep(SOON_S)
    with file.open("a") as more:
        more.write("F0001\n")
    assert arrivals.look().unfinished == 1


def test_writing_that_hides_behind_an_old_date_is_seen(folder: InboxFolder) -> None:
    file = folder.root / "export.csv"
    stamps = []
    for name in ("Lima", "Rome"):
        file.write_text(f"site,name\nF0001,{name}\n")
        os.utime(file, (1_000, 1_000))
        stamps.append(Stamp.of(file))
        time.sleep(TICK_S)
    assert stamps[0] != stamps[1]
    assert stamps[0].same_content(stamps[1])


def test_file_renamed_into_its_place_is_taken_at_once(folder: InboxFolder) -> None:
    moved_in(folder.root / "export.csv")
    assert Arrivals(folder, NEVER_S).look().whole == (Path("export.csv"),)


@pytest.mark.parametrize("name", [".export.csv", "export.csv.part", "export.TMP"])
def test_names_of_unfinished_files_are_passed_over(folder: InboxFolder, name: str) -> None:
    (folder.root / name).write_text("site\n")
    look = Arrivals(folder, 0).look()
    assert (look.whole, look.unfinished) == ((), 0)


def test_links_are_counted_and_not_followed(folder: InboxFolder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.csv").write_text("site\n")
    (folder.root / "link.csv").symlink_to(elsewhere / "secret.csv")
    (folder.root / "visitors").symlink_to(elsewhere)
    look = Arrivals(folder, 0).look()
    assert (look.whole, look.links) == ((), 2)
    assert look.remarks() == ["2 passed over as links, which are not followed"]


def test_pipes_are_no_files(folder: InboxFolder) -> None:
    os.mkfifo(folder.root / "export.csv")
    assert Arrivals(folder, 0).look().whole == ()


def test_sub_folders_of_one_level_are_looked_into_but_those_of_the_inbox_itself(folder: InboxFolder) -> None:
    for place in (
        "visitors/a.csv",
        "visitors/deeper/b.csv",
        "done/c.csv",
        "failed/d.csv",
        "processing/e.csv",
    ):
        path = folder.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("site\n")
    assert Arrivals(folder, 0).look().whole == (Path("visitors/a.csv"),)


def test_oldest_file_comes_first(folder: InboxFolder) -> None:
    for name, age in (("a.csv", 10), ("b.csv", 30), ("c.csv", 20)):
        (folder.root / name).write_text("site\n")
        os.utime(folder.root / name, (10_000 - age, 10_000 - age))
    assert [path.name for path in Arrivals(folder, 0).look().whole] == ["b.csv", "c.csv", "a.csv"]


def test_file_that_is_gone_is_not_open_for_writing(tmp_path: Path) -> None:
    assert open_for_writing(tmp_path / "gone.csv") is None
