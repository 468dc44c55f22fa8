"""The log of exports beside the warehouse: what was handed out, one JSON document a line.

It is a file because a build may hold the warehouse; each build takes its lines into ``meta.export``. A line
is on disk before the files are put where they can be taken from, so that whoever is killed in between leaves
a line too many and never one too few. It names no person.
"""

import fcntl
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, NonNegativeInt, ValidationError

from orgpulse_pipelines.exports.errors import ExportLogError

INTERNAL_USE: Final = "internal_use"
"""Stands in the place of a definition for an answer that an analyst of the organisation saves as a file."""


class ExportedFile(BaseModel):
    """A file that was handed out."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    content: str
    """What it holds: ``figures``, the name of a table, or ``answer``."""
    rows: NonNegativeInt
    sha256: str


class ExportRecord(BaseModel):
    """One line: an export was made."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    id: str
    """Random identity of this export."""
    at: AwareDatetime
    export: str
    version: NonNegativeInt
    definition_sha256: str
    """Digest of the definition by which it was made; empty for internal use."""
    publication: str
    recipient: str
    place: str
    threshold: NonNegativeInt
    format: str
    files: tuple[ExportedFile, ...]

    @property
    def at_utc(self) -> datetime:
        """When, in UTC, without its time zone."""
        return self.at.replace(tzinfo=None)


def record(path: Path, made: ExportRecord) -> None:
    """Add an export to the log, on disk when this returns; raises :class:`ExportLogError`, and then nothing
    may be handed out.
    """
    line = made.model_dump_json().encode() + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            size = os.fstat(file.fileno()).st_size
            torn = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
            file.write(b"\n" + line if torn else line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ExportLogError(f"{path}: {error.strerror}") from None


def read_records(path: Path) -> tuple[list[ExportRecord], int]:
    """Every export, oldest first, and how many lines are damaged; raises :class:`ExportLogError`."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return [], 0
    except OSError as error:
        raise ExportLogError(f"{path}: {error.strerror}") from None
    found = [_parsed(line) for line in lines if line]
    records = [one for one in found if one is not None]
    return records, len(found) - len(records)


def _parsed(line: bytes) -> ExportRecord | None:
    try:
        return ExportRecord.model_validate_json(line)
    except ValidationError:
        return None
