"""The ledger: what publishers say they published, so that a run can be reconciled. Counts, no contents."""

import fcntl
import logging
import os
from pathlib import Path
from typing import BinaryIO

from pydantic import AwareDatetime, BaseModel, ConfigDict, NonNegativeInt, ValidationError

from orgpulse_platform.errors import LedgerError

log = logging.getLogger(__name__)

Count = NonNegativeInt


class LedgerEntry(BaseModel):
    """One finished publication of a dataset, counted by the publisher."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    publisher: str
    """Who published: ``simulator``, ``file`` or ``replay``."""
    dataset: str
    """Stable id of what was published: a second entry with the same id is the same dataset again."""
    finished_at: AwareDatetime
    """When Kafka had acknowledged everything (UTC)."""
    published: dict[str, Count] = {}
    """Records acknowledged, by family."""
    rejected: dict[str, dict[str, Count]] = {}
    """Records that the publisher expects to be rejected, by family and reason code."""
    duplicates: dict[str, Count] = {}
    """Records that the publisher knows to repeat an earlier one of the dataset, by family."""
    kept: dict[str, Count] = {}
    """Distinct good events, by family."""
    undetermined: dict[str, Count] = {}
    """Records among the published that may be rejected, duplicates or kept, the publisher cannot say which,
    by family: replays, whose outcome shows what a fix is worth."""


def append(path: Path, entry: LedgerEntry) -> None:
    """Add an entry at the end, on disk when this returns; raises :class:`LedgerError`.

    What an earlier writer left of a line when it was cut off was never an entry, and is removed.
    """
    line = entry.model_dump_json().encode() + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            _end_last_line(file, path)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}") from None


def read(path: Path) -> list[LedgerEntry]:
    """Every entry, oldest first; none if there is no ledger yet.

    A last line that was cut off while it was written is reported in the log and left out. Raises
    :class:`LedgerError` for damage anywhere else, naming the line.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}") from None
    *lines, rest = content.split(b"\n")
    entries = [_parse(path, number, line) for number, line in enumerate(lines, start=1)]
    if rest:
        last = _parsed(rest)
        if last is None:
            _report_torn(path)
        else:
            entries.append(last)
    return entries


def _end_last_line(file: BinaryIO, path: Path) -> None:
    """Let the next entry begin on a line of its own."""
    file.seek(0)
    content = file.read()
    _, _, rest = content.rpartition(b"\n")
    if not rest:
        return
    if _parsed(rest) is not None:
        file.write(b"\n")
        return
    _report_torn(path)
    file.truncate(len(content) - len(rest))


def _report_torn(path: Path) -> None:
    log.warning("The last line of %s was cut off while it was written; it is left out.", path)


def _parse(path: Path, number: int, line: bytes) -> LedgerEntry:
    entry = _parsed(line)
    if entry is None:
        raise LedgerError(f"{path}: line {number} is no ledger entry")
    return entry


def _parsed(line: bytes) -> LedgerEntry | None:
    try:
        return LedgerEntry.model_validate_json(line)
    except ValidationError:
        return None
