"""The person in files: inboxes, spools and saved exports in named folders, and the state folder."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orgpulse_pipelines.subjects.contents import holds
from orgpulse_pipelines.subjects.finding import Finding
from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.inbox.folder import LOCK_NAME
from orgpulse_platform.publisher.errors import SpoolError
from orgpulse_platform.publisher.spool_file import FILE_NAME
from orgpulse_platform.publisher.spool_search import forget, waiting_about
from orgpulse_platform.settings import Settings
from orgpulse_platform.state import StateFolder

ROWS: Final = frozenset({".csv", ".tsv", ".txt", ".ndjson", ".jsonl", ".log"})
"""Endings of files with one row a line: the person's rows leave, the others stay."""
FOLDERS: Final = "folders"
STATE: Final = "state folder"
_DRAFT: Final = ".orgpulse-erasing"
_SPOOL: Final = "takes the person's waiting events out"
_IN_ROWS: Final = "removes the person's rows"
_WHOLE: Final = "removes the file"
_UNEXPECTED: Final = "has to be cleared by hand"


@dataclass(frozen=True, slots=True)
class FileHit:
    """A file that holds the person, and what lets go of it."""

    finding: Finding
    erase: Callable[[], None] | None
    """Nothing where a person has to do it."""


def find_in_files(settings: Settings, folders: Iterable[Path], subject: Subject) -> Iterator[FileHit]:
    """The files that hold the person.

    Raises :class:`StateFolderError` for a folder that is not there, or that has to do with the state folder:
    nobody removes the warehouse as if it were an export.
    """
    for folder in folders:
        _require_outside(folder, settings.folder.root, subject)
        for path in _files(folder):
            yield from _in_folder(path, folder, subject)
    for path in _files(settings.folder.root):
        if not _searched_elsewhere(settings.folder, path):
            yield from _in_state(path, settings.folder.root, subject)


def _require_outside(folder: Path, state: Path, subject: Subject) -> None:
    place, root = folder.resolve(), state.resolve()
    if not place.is_dir():
        raise StateFolderError(f"{subject.masked(str(folder))}: there is no such folder")
    if place == root or place in root.parents or root in place.parents:
        raise StateFolderError(f"{subject.masked(str(folder))}: the state folder is searched anyway")


def _in_folder(path: Path, folder: Path, subject: Subject) -> Iterator[FileHit]:
    place = subject.masked(f"{folder.name}/{path.relative_to(folder)}")
    if path.name == FILE_NAME:
        yield from _in_spool(path.parent, place, subject)
        return
    if path.name.startswith(FILE_NAME):
        return  # what SQLite keeps beside a spool
    named = subject.named_in(path.name)
    try:
        held = named or holds(path, subject)
    except Exception as error:
        yield _hit(FOLDERS, place, -1, _UNEXPECTED, None, f"it cannot be read ({type(error).__name__})")
        return
    if not held:
        return
    if path.parent.name == "processing" and (path.parent.parent / LOCK_NAME).exists():
        yield _hit(FOLDERS, place, 1, _WHOLE, None, "an inbox is publishing it: wait until it is done")
    elif path.suffix in ROWS and not named and _is_plain(path):
        rows = sum(subject.named_in(row) for row in _rows(path))
        yield _hit(FOLDERS, place, max(rows, 1), _IN_ROWS, lambda: _without(path, subject))
    else:
        yield _hit(FOLDERS, place, 1, _WHOLE, lambda: _remove(path))


def _in_state(path: Path, root: Path, subject: Subject) -> Iterator[FileHit]:
    """Nothing there may hold a person: what does is a fault, and only logs are cleared without asking."""
    place = subject.masked(str(path.relative_to(root)))
    try:
        held = subject.named_in(path.name) or holds(path, subject)
    except FileNotFoundError:
        return  # a running service has removed it
    except Exception as error:
        yield _hit(STATE, place, -1, _UNEXPECTED, None, f"it cannot be read ({type(error).__name__})")
        return
    if held and path.suffix == ".log" and not subject.named_in(path.name):
        yield _hit(STATE, place, 1, _IN_ROWS, lambda: _without(path, subject), "no log may hold a person")
    elif held:
        yield _hit(STATE, place, 1, _UNEXPECTED, None, "this file may hold nobody")


def _in_spool(folder: Path, place: str, subject: Subject) -> Iterator[FileHit]:
    action = "has to wait until the publisher has sent what waits"
    try:
        waiting = waiting_about(folder, subject.named_in)
    except SpoolError as error:
        yield _hit(FOLDERS, place, -1, action, None, type(error).__doc__ or "")
        return
    if waiting:
        yield _hit(FOLDERS, place, waiting, _SPOOL, lambda: _forgotten(folder, subject))


def _forgotten(folder: Path, subject: Subject) -> None:
    with suppress(SpoolError):  # a publisher took it meanwhile: the last search says so
        forget(folder, subject.named_in)


def _hit(  # noqa: PLR0913, PLR0917 - the parts of a finding
    store: str, place: str, entries: int, action: str, erase: Callable[[], None] | None, note: str = ""
) -> FileHit:
    return FileHit(Finding(store, place, entries, action, note), erase)


def _files(root: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(root):
        names.sort()
        yield from (
            path for name in sorted(files) if (path := Path(folder, name)).is_file() and not path.is_symlink()
        )


def _searched_elsewhere(folder: StateFolder, path: Path) -> bool:
    """The broker's data, the keys, the warehouse and the publications; and the register, of keyed hashes."""
    own = (folder.broker, folder.keyring, folder.warehouse.parent, folder.publications, folder.erasures)
    return any(path == one or one in path.parents for one in own)


def _is_plain(path: Path) -> bool:
    """Whether rows can be told apart by their bytes: not in UTF-16."""
    with path.open("rb") as file:
        return b"\x00" not in file.read(4096)


def _rows(path: Path) -> Iterator[bytes]:
    """The rows of a text file; a line break inside of quotes ends none where quotes come in pairs."""
    quoted = path.suffix in {".csv", ".tsv"}
    row = b""
    with path.open("rb") as file:
        for line in file:
            row += line
            if not quoted or row.count(b'"') % 2 == 0:
                yield row
                row = b""
    if row:
        yield row


def _without(path: Path, subject: Subject) -> None:
    """Write the file anew without the person's rows; a kill leaves it as it was."""
    draft = path.with_name(path.name + _DRAFT)
    try:
        with draft.open("wb") as file:
            os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
            file.writelines(row for row in _rows(path) if not subject.named_in(row))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StateFolderError(f"{subject.masked(path.name)}: {error.strerror}") from None


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StateFolderError(f"a file that names the person: {error.strerror}") from None
