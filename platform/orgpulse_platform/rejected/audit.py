"""The audit trail: who opened originals of rejected events, when, why and how many; never what they hold."""

import fcntl
import os
import pwd
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict

from orgpulse_platform.errors import StateFolderError


class Why(StrEnum):
    """Why an original is opened. A code, since a text of one's own might name somebody."""

    FIX = "fix"
    """The cause of the rejection is mended: the event is to be accepted."""
    DIAGNOSIS = "diagnosis"
    """Nobody can tell from reason and place what is wrong."""
    SUBJECT_REQUEST = "subject-request"
    """A person asks for access to their data or for their erasure."""
    INCIDENT = "incident"
    """A breach or an incident is looked into."""


class Opening(BaseModel):
    """One line: somebody is about to open originals, or has opened so many."""

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    who: str
    """Name of the operating system's user, by the number that the system knows and not by an environment
    variable that anybody can set."""
    command: str
    origin: str | None = None
    """The original that was opened, where it is one."""
    replay: str | None = None
    """Id of the replay that opened originals; ``replays.jsonl`` names those that it sent."""
    why: Why | None = None
    """None in lines of versions that did not ask."""
    opened: int | None = None
    """How many were opened, in the line that ends it; a replay without such a line was killed."""


def record_opening(  # noqa: PLR0913
    path: Path,
    command: str,
    *,
    why: Why,
    origin: str | None = None,
    replay: str | None = None,
    opened: int | None = None,
) -> None:
    """Write who opens what, on disk when this returns; raises :class:`StateFolderError`, and then nothing may
    be opened.
    """
    opening = Opening(
        at=datetime.now(UTC),
        who=_user(),
        command=command,
        origin=origin,
        replay=replay,
        why=why,
        opened=opened,
    )
    line = opening.model_dump_json(exclude_none=True).encode() + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not _ends_a_line(file.fileno()):
                line = b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StateFolderError(f"{path}: {error.strerror}") from None


def _ends_a_line(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def _user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a user without a name, as in some containers
        return f"uid {os.getuid()}"
