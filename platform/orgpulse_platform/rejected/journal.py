"""Which rejected events were replayed: one JSON document a line, on disk before and after each send.

``sending`` is written before a record goes to Kafka and ``sent`` once Kafka has it. Whoever is killed in
between leaves ``sending``: that event counts as not replayed, and sending it again is harmless, since its
identity removes the duplicate.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.rejected.errors import RecordsDamagedError, ReplayRunningError

_MODE: Final = 0o600


class State(StrEnum):
    """How far the replay of an event is known to have come."""

    SENDING = "sending"
    """About to be sent; whether Kafka has it is unknown until another line says so."""
    SENT = "sent"
    """Kafka has it. Whether it is accepted this time shows on the topics and in the reconciliation."""
    REFUSED = "refused"
    """Kafka does not take it."""


class ReplayLine(BaseModel):
    """One line: what happened to one event in one replay."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    origin: str
    """Where the record stood that was sent again."""
    first: str
    """Where the event was rejected for the first time; another place if it was replayed before."""
    run: str
    """Id of the replay."""
    state: State
    at: AwareDatetime


class Journal:
    """The lines of an open journal; one process at a time has it."""

    def __init__(self, lines: Iterable[ReplayLine], file: BinaryIO | None = None) -> None:
        self._states: dict[str, set[State]] = {}
        self._file = file
        for line in lines:
            self._note(line)

    def replayed(self, first: str) -> bool:
        """Whether an event was replayed, given where it was rejected for the first time."""
        return State.SENT in self._states.get(first, ())

    def knows(self, first: str) -> bool:
        """Whether a replay of an event was begun at least."""
        return first in self._states

    def write(self, run: str, state: State, events: Iterable[tuple[str, str]]) -> None:
        """Add a line for each (origin, first) and return when all are on disk; raises StateFolderError."""
        if self._file is None:
            raise RuntimeError("this journal is open for reading only")
        now = datetime.now(UTC)
        lines = [ReplayLine(origin=at, first=first, run=run, state=state, at=now) for at, first in events]
        try:
            self._file.write(b"".join(line.model_dump_json().encode() + b"\n" for line in lines))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise StateFolderError(f"{self._file.name}: {error.strerror}") from None
        for line in lines:
            self._note(line)

    def _note(self, line: ReplayLine) -> None:
        self._states.setdefault(line.first, set()).add(line.state)


def read_journal(path: Path) -> Journal:
    """The journal as it is now, for looking only; raises :class:`RecordsDamagedError`."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Journal([])
    except OSError as error:
        raise StateFolderError(f"{path}: {error.strerror}") from None
    return Journal(_lines(path, content))


@contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """The journal for a replay, which nobody else can begin meanwhile.

    Raises :class:`ReplayRunningError`, :class:`RecordsDamagedError` or :class:`StateFolderError`.
    """
    with _locked(path) as file:
        file.seek(0)
        content = file.read()
        whole = content.rpartition(b"\n")[0]
        # A last line without its end was cut off while it was written: what it says was not done yet.
        file.truncate(len(whole) + 1 if whole else 0)
        yield Journal(_lines(path, content), file)


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, _MODE)
    except OSError as error:
        raise StateFolderError(f"{path}: {error.strerror}") from None
    with os.fdopen(descriptor, "a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ReplayRunningError(str(path)) from None
        yield file


def _lines(path: Path, content: bytes) -> Iterator[ReplayLine]:
    for number, line in enumerate(content.split(b"\n")[:-1], start=1):
        try:
            yield ReplayLine.model_validate_json(line)
        except ValidationError:
            raise RecordsDamagedError(f"{path}: line {number}") from None
