"""Which files of an inbox are whole, and may be taken.

A file is whole when it was the same at two looks and no process of this machine has it open for writing. One
that was renamed or moved into the folder after its last writing is whole at once. Passed over: names that
begin with a dot or end in ``.tmp`` or ``.part``, links, and all that is no regular file.
"""

import fcntl
import os
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from orgpulse_platform.inbox.errors import InboxFolderError
from orgpulse_platform.inbox.folder import InboxFolder

UNFINISHED: Final = (".tmp", ".part")


class Stamp(NamedTuple):
    """What changes when a file is written to; the time of its last change cannot be set by a program."""

    inode: int
    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> "Stamp":
        """The stamp of a file, or of a link itself; raises :class:`OSError`."""
        found = path.lstat()
        return cls(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)

    def same_content(self, other: "Stamp") -> bool:
        """Whether nothing was written between the two, a renaming set aside."""
        return self[:3] == other[:3]


@dataclass(frozen=True, slots=True)
class Look:
    """What one look into the inbox found."""

    whole: tuple[Path, ...]
    """Files to take, the oldest first, relative to the inbox."""
    unfinished: int
    """Files that may still be written."""
    links: int
    """Links, which are not followed."""
    closed_folders: int
    """Sub-folders that may not be read."""

    def remarks(self) -> list[str]:
        """What people should know; counts, no names."""
        counts = (
            (self.unfinished, "still written, or too new to tell"),
            (self.links, "passed over as links, which are not followed"),
            (self.closed_folders, "sub-folders that this user may not read"),
        )
        return [f"{count:,} {what}" for count, what in counts if count]


NOTHING: Final = Look((), 0, 0, 0)


@dataclass
class _Finds:
    files: list[Path] = field(default_factory=list[Path])
    links: int = 0
    closed_folders: int = 0


class Arrivals:
    """Looks into an inbox again and again."""

    def __init__(self, folder: InboxFolder, quiet_s: float) -> None:
        self._folder = folder
        self._quiet_s = quiet_s
        self._seen: dict[Path, tuple[Stamp, float]] = {}

    def look(self) -> Look:
        """What is there now; raises :class:`InboxFolderError` if the folder can no longer be read."""
        finds = _Finds()
        try:
            self._find(self._folder.root, finds, below=False)
        except OSError as error:
            raise InboxFolderError(f"{self._folder.root}: {error.strerror}") from None
        whole: list[tuple[int, Path]] = []
        seen: dict[Path, tuple[Stamp, float]] = {}
        for path in finds.files:
            with suppress(FileNotFoundError):  # taken away by its owner
                stamp = Stamp.of(path)
                seen[path] = self._since(path, stamp)
                if self._is_whole(path, stamp, seen[path][1]):
                    whole.append((stamp.modified_ns, path.relative_to(self._folder.root)))
        self._seen = seen
        return Look(
            tuple(path for _, path in sorted(whole)),
            len(finds.files) - len(whole),
            finds.links,
            finds.closed_folders,
        )

    def _find(self, folder: Path, finds: _Finds, *, below: bool) -> None:
        for entry in _entries(folder):
            path = Path(entry.path)
            if entry.is_symlink():
                finds.links += 1
            elif entry.is_file(follow_symlinks=False):
                finds.files.append(path)
            elif not below and entry.is_dir(follow_symlinks=False) and path not in self._folder.own:
                try:
                    self._find(path, finds, below=True)
                except OSError:
                    finds.closed_folders += 1

    def _since(self, path: Path, stamp: Stamp) -> tuple[Stamp, float]:
        """The stamp, and since when it is known to be this one."""
        before = self._seen.get(path)
        return before if before and before[0] == stamp else (stamp, time.monotonic())

    def _is_whole(self, path: Path, stamp: Stamp, since: float) -> bool:
        written = open_for_writing(path)
        if written is True:
            return False
        moved_in = stamp.modified_ns < stamp.changed_ns
        return (written is False and moved_in) or time.monotonic() - since >= self._quiet_s


def open_for_writing(path: Path) -> bool | None:
    """Whether a process has the file open for writing; nothing where the system cannot tell.

    Linux grants a read lease on a file only while nobody writes it; network file systems grant none.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return None
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        # If someone opens the file in this instant, Linux sends a signal: by default one that ends us.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(file)
    return False


def is_regular(path: Path) -> bool:
    """Whether it is a file itself, not a link to one."""
    return stat.S_ISREG(path.lstat().st_mode)


def _entries(folder: Path) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith(".") and not entry.name.lower().endswith(UNFINISHED):
                yield entry
