"""The record of rollbacks and releases beside the publications: when readers were moved, where and why.

It is written before the link that readers follow is moved, so that whoever is killed in between leaves what
the next build completes. Its last line says whether readers are held at a publication.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from orgpulse_pipelines.publication.errors import MovesError
from orgpulse_platform.state import StateFolder


class Move(BaseModel):
    """One line: readers were moved from one publication to another."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    action: Literal["rollback", "release"]
    """A rollback holds readers where it moved them; a release lets builds move them again."""
    at: AwareDatetime
    """When, in UTC."""
    left: str | None
    """The publication that readers left; nothing if there was none."""
    entered: str | None
    """The publication they were moved to; nothing if they stayed."""
    reason: str = ""


def read_moves(folder: StateFolder) -> list[Move]:
    """Every move, oldest first; raises :class:`MovesError`."""
    path = folder.publication_moves
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise MovesError(f"{path}: {error.strerror}") from None
    return [_move(path, number, line) for number, line in enumerate(lines, start=1)]


def add_move(
    folder: StateFolder,
    action: Literal["rollback", "release"],
    left: str | None,
    entered: str | None,
    reason: str = "",
) -> Move:
    """Record a move before it is made, on disk when this returns; raises :class:`MovesError`.

    The file is replaced as a whole: it is small, and a line that was cut off would leave open whether readers
    are held.
    """
    move = Move(action=action, at=datetime.now(UTC), left=left, entered=entered, reason=reason)
    moves = [*read_moves(folder), move]
    path = folder.publication_moves
    draft = path.with_suffix(".partial")
    try:
        with draft.open("wb") as file:
            file.writelines(one.model_dump_json().encode() + b"\n" for one in moves)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise MovesError(f"{path}: {error.strerror}") from None
    return move


def hold(moves: list[Move]) -> Move | None:
    """The rollback at which readers are held, if they are."""
    return moves[-1] if moves and moves[-1].action == "rollback" else None


def _move(path: Path, number: int, line: bytes) -> Move:
    try:
        return Move.model_validate_json(line)
    except ValidationError:
        raise MovesError(f"{path}: line {number} is damaged") from None
