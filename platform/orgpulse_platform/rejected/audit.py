"""The audit trail: who opened originals of rejected events, written before they are opened."""

import fcntl
import os
import pwd
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict

from orgpulse_platform.errors import StateFolderError


class Opening(BaseModel):
    """One line: somebody opened originals."""

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


def record_opening(path: Path, command: str, *, origin: str | None = None, replay: str | None = None) -> None:
    """Write who opens what, on disk when this returns; raises :class:`StateFolderError`, and then nothing may
    be opened.
    """
    opening = Opening(at=datetime.now(UTC), who=_user(), command=command, origin=origin, replay=replay)
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
