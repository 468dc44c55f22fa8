"""The folder of publications: their names, which one is current, and who may change that."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.state import StateFolder

_ID_FORMAT: Final = "%Y%m%dT%H%M%S%fZ"
_PREFIX: Final = "publication-"
_PARTIAL: Final = ".partial"


@dataclass(frozen=True, slots=True)
class Publication:
    """A published warehouse."""

    id: str
    """When it was written, in UTC: sorts by time."""
    path: Path

    @property
    def published_at(self) -> datetime:
        """When it was written, in UTC."""
        return published_at(self.id)


def published_at(id_: str) -> datetime:
    """When the publication of this id was written, in UTC; raises :class:`ValueError` if it is no id."""
    return datetime.strptime(id_, _ID_FORMAT).replace(tzinfo=UTC)


def new_publication(folder: StateFolder) -> Publication:
    """Name of the next publication; what killed builds left behind is removed."""
    shelf = folder.prepare(folder.publications)
    for leftover in shelf.glob(f"{_PREFIX}*{_PARTIAL}*"):
        leftover.unlink(missing_ok=True)
    id_ = datetime.now(UTC).strftime(_ID_FORMAT)
    return Publication(id_, shelf / f"{_PREFIX}{id_}.duckdb")


def draft_path(publication: Publication) -> Path:
    """Where a publication is written until it is verified; never a name that readers open."""
    return publication.path.with_name(publication.path.name + _PARTIAL)


@contextmanager
def only_one(folder: StateFolder) -> Iterator[None]:
    """Wait until nobody else changes which publications there are and which one is current.

    Raises :class:`StateFolderError` if there is no such folder.
    """
    with locked(folder.publications):
        yield


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until nobody else has a folder locked, and lock it; the lock ends with the process.

    Raises :class:`StateFolderError` if there is no such folder.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise StateFolderError(f"{folder}: {error.strerror}") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def shelve(publication: Publication) -> None:
    """Put a verified draft on the shelf under its name; raises :class:`StateFolderError`."""
    draft = draft_path(publication)
    try:
        draft.chmod(0o440)
        _flush(draft)
        draft.replace(publication.path)
        _flush(publication.path.parent)
    except OSError as error:
        raise StateFolderError(f"{publication.path}: {error.strerror}") from None


def point_to(folder: StateFolder, publication: Publication) -> None:
    """Make a publication the current one, in one step for whoever opens it next.

    Raises :class:`StateFolderError`. Readers that have the one before open keep it.
    """
    link = folder.published.with_name(f".{publication.id}")
    try:
        link.unlink(missing_ok=True)  # left behind by a process that was killed
        link.symlink_to(publication.path.name)  # relative: the state folder can be moved
        link.replace(folder.published)
        _flush(folder.publications)
    except OSError as error:
        raise StateFolderError(f"{publication.path}: {error.strerror}") from None


def publications(folder: StateFolder) -> list[Publication]:
    """The publications that are kept, newest first; files of other names are none of them."""
    paths = folder.publications.glob(f"{_PREFIX}*.duckdb")
    found = (_named(path) for path in paths)
    return sorted((one for one in found if one is not None), key=lambda one: one.id, reverse=True)


def current(folder: StateFolder) -> Publication | None:
    """The publication that analysts open, if there is one."""
    if not folder.published.exists():
        return None
    return _named(folder.published.resolve())


def _named(path: Path) -> Publication | None:
    id_ = path.stem.removeprefix(_PREFIX)
    try:
        published_at(id_)
    except ValueError:
        return None
    return Publication(id_, path)


def _flush(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
