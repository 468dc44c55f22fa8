"""The folder of publications: their names, which one is current, and how many are kept."""

import os
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
        return datetime.strptime(self.id, _ID_FORMAT).replace(tzinfo=UTC)


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


def put_in_place(folder: StateFolder, publication: Publication) -> None:
    """Make a verified draft the current publication, in one step for whoever opens it next.

    Raises :class:`StateFolderError`. Readers that have the one before open keep it.
    """
    draft = draft_path(publication)
    link = folder.published.with_name(f".{publication.id}")
    try:
        draft.chmod(0o440)
        _flush(draft)
        draft.replace(publication.path)
        link.symlink_to(publication.path.name)  # relative: the state folder can be moved
        link.replace(folder.published)
        _flush(folder.publications)
    except OSError as error:
        raise StateFolderError(f"{publication.path}: {error.strerror}") from None


def publications(folder: StateFolder) -> list[Publication]:
    """The publications that are kept, newest first."""
    paths = folder.publications.glob(f"{_PREFIX}*.duckdb")
    found = [Publication(path.stem.removeprefix(_PREFIX), path) for path in paths]
    return sorted(found, key=lambda publication: publication.id, reverse=True)


def current(folder: StateFolder) -> Publication | None:
    """The publication that analysts open, if there is one."""
    if not folder.published.exists():
        return None
    path = folder.published.resolve()
    return Publication(path.stem.removeprefix(_PREFIX), path)


def prune(folder: StateFolder, keep: int) -> None:
    """Remove all but the newest publications; the current one always stays."""
    used = current(folder)
    for publication in publications(folder)[keep:]:
        if used is None or publication.path != used.path:
            publication.path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
