"""A folder that cannot serve as an inbox says so at the start."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from orgpulse_platform.inbox.arrivals import Arrivals
from orgpulse_platform.inbox.errors import InboxBusyError, InboxFolderError
from orgpulse_platform.inbox.folder import InboxFolder

NOBODY = 65534


@contextmanager
def without_privileges() -> Iterator[None]:
    """No permission counts for root, so a test run by root becomes nobody for a while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may enter, unlike pytest's own."""
    with TemporaryDirectory() as found:
        path = Path(found)
        path.chmod(0o755)
        yield path
        path.chmod(0o755)


def test_folders_are_made_for_their_owner_only(folder: InboxFolder) -> None:
    with folder.opened():
        assert {path.stat().st_mode & 0o777 for path in folder.own} == {0o700}


def test_second_inbox_on_the_same_folder_is_turned_away(folder: InboxFolder) -> None:
    with folder.opened(), pytest.raises(InboxBusyError, match="watches this folder"), folder.opened():
        pass
    with folder.opened():
        pass


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InboxFolderError, match="no such folder"), InboxFolder(tmp_path / "x").opened():
        pass


def test_link_in_place_of_an_own_folder_is_an_error(folder: InboxFolder, tmp_path: Path) -> None:
    folder.done.symlink_to(tmp_path)
    with pytest.raises(InboxFolderError, match="it is a link"), folder.opened():
        pass


@pytest.mark.parametrize("mode", [0o555, 0o333, 0o000])
def test_folder_without_permission_is_an_error(public: Path, mode: int) -> None:
    inbox = public / "inbox"
    inbox.mkdir()
    inbox.chmod(mode)
    with (
        without_privileges(),
        pytest.raises(InboxFolderError, match="Permission denied"),
        InboxFolder(inbox).opened(),
    ):
        pass


def test_sub_folder_that_may_not_be_read_stops_no_other(public: Path) -> None:
    for name in ("open", "closed"):
        (public / name).mkdir()
        (public / name / "a.csv").write_text("site\n")
    (public / "closed").chmod(0o000)
    with without_privileges():
        look = Arrivals(InboxFolder(public), 0).look()
    assert look.whole == (Path("open/a.csv"),)
    assert look.remarks() == ["1 sub-folders that this user may not read"]
