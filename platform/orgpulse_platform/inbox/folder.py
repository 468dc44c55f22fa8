"""The folders of an inbox, and the lock that gives them to one process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orgpulse_platform.inbox.errors import InboxBusyError, InboxFolderError

LOCK_NAME: Final = ".orgpulse-inbox.lock"


@dataclass(frozen=True, slots=True)
class InboxFolder:
    """A folder into which systems put files."""

    root: Path

    @property
    def processing(self) -> Path:
        """Files that were taken and have not ended yet."""
        return self.root / "processing"

    @property
    def done(self) -> Path:
        """Files of which every row was published, with their reports."""
        return self.root / "done"

    @property
    def failed(self) -> Path:
        """Files with a row that was refused, or that could not be read, with their reports."""
        return self.root / "failed"

    @property
    def own(self) -> tuple[Path, Path, Path]:
        """The folders that the inbox makes for itself."""
        return self.processing, self.done, self.failed

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Make the folders and keep other inboxes out.

        Raises :class:`InboxFolderError`, and :class:`InboxBusyError` if another process has the folder.
        """
        self._prepare()
        try:
            lock = os.open(
                self.root / LOCK_NAME, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
            )
        except OSError as error:
            raise InboxFolderError(f"{self.root}: {error.strerror}") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise InboxBusyError(str(self.root)) from None
        try:
            yield
        finally:
            os.close(lock)

    def _prepare(self) -> None:
        if not self.root.is_dir():
            raise InboxFolderError(f"{self.root}: there is no such folder")
        if not _is_usable(self.root):
            raise InboxFolderError(f"{self.root}: Permission denied")
        for folder in self.own:
            make_folder(folder)


def make_folder(folder: Path) -> None:
    """Make a folder of the inbox, for its owner only, as files with personal data come to lie in it.

    One that exists stays as it is. Raises :class:`InboxFolderError`, also for a link in its place.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise InboxFolderError(f"{folder}: {error.strerror}") from None
    if folder.is_symlink():
        raise InboxFolderError(f"{folder}: it is a link")
    if not _is_usable(folder):
        raise InboxFolderError(f"{folder}: Permission denied")


def _is_usable(folder: Path) -> bool:
    return os.access(
        folder, os.R_OK | os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids
    )
