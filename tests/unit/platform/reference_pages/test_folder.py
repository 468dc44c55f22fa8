"""The folder of the reference holds what the code says, and nothing else is touched."""

from pathlib import Path

import pytest

from orgpulse_platform.reference_pages.errors import NotGeneratedError, ReferenceFolderError
from orgpulse_platform.reference_pages.folder import Difference, State, differences, write
from orgpulse_platform.reference_pages.page import MARK, Page

RULES = Page("rules.md", "Rules", "What holds.", ("- one", ""))
CASES = Page("more/cases.md", "Cases", "What happens.", ())
PAGES = [RULES, CASES]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "reference", PAGES)
    return tmp_path / "reference"


def test_page_says_first_that_it_is_generated_and_by_which_command() -> None:
    lines = RULES.content.decode().splitlines()
    assert "Generated" in lines[0]
    assert "`orgpulse docs build`" in lines[0]
    assert lines[1] == "# Rules"
    assert RULES.content.endswith(b"- one\n")


def test_written_pages_are_no_different(folder: Path) -> None:
    assert differences(folder, PAGES) == []
    assert write(folder, PAGES) == []
    assert (folder / "more" / "cases.md").read_bytes() == CASES.content


def test_missing_folder_lacks_every_page(tmp_path: Path) -> None:
    assert [difference.state for difference in differences(tmp_path / "none", PAGES)] == [State.MISSING] * 2


def test_stale_missing_and_surplus_pages_are_named_and_mended(folder: Path) -> None:
    (folder / "rules.md").write_text(f"{MARK}\nof yesterday\n")
    (folder / "more" / "cases.md").rename(folder / "more" / "old.md")
    found = [
        Difference("more/cases.md", State.MISSING),
        Difference("more/old.md", State.SURPLUS),
        Difference("rules.md", State.STALE),
    ]
    assert differences(folder, PAGES) == found
    assert write(folder, PAGES) == found
    assert differences(folder, PAGES) == []
    assert not (folder / "more" / "old.md").exists()


@pytest.mark.parametrize("name", ["rules.md", "written-by-hand.md"])
def test_page_that_was_not_generated_is_neither_overwritten_nor_removed(folder: Path, name: str) -> None:
    (folder / "more" / "cases.md").unlink()
    (folder / name).write_text("# By hand\n")
    with pytest.raises(NotGeneratedError) as refused:
        write(folder, PAGES)
    assert name in refused.value.detail
    assert (folder / name).read_text() == "# By hand\n"
    assert not (folder / "more" / "cases.md").exists()


def test_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReferenceFolderError):
        write(tmp_path / "file", PAGES)
