"""Where the local broker of a state folder runs, and whether it is still that process."""

import os
from pathlib import Path

import psutil
from pydantic import BaseModel, ValidationError

from orgpulse_platform.errors import StateFolderError

CLOCK_TOLERANCE_S = 2.0
"""The start time of a process is computed from the boot time, which moves when the clock is set."""


class Address(BaseModel):
    """A running local broker."""

    kind: str
    """``apache`` or ``embedded``."""
    bootstrap: str
    """``host:port`` that clients connect to."""
    pid: int
    created: float
    """Start of the process in seconds since 1970 (UTC): tells it from a later one with the same number."""
    reason: str = ""
    """Why this kind was chosen."""

    @property
    def port(self) -> int:
        """The port that clients connect to."""
        return int(self.bootstrap.rpartition(":")[2])


def address_file(folder: Path) -> Path:
    """The file that says where the broker of this folder runs."""
    return folder / "address.json"


def write_address(folder: Path, address: Address) -> None:
    """Say where the broker runs; raises :class:`StateFolderError` where the folder cannot be written."""
    path = address_file(folder)
    draft = path.with_suffix(".tmp")
    try:
        draft.write_text(address.model_dump_json(indent=2), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise StateFolderError(f"{path}: {error.strerror}") from None


def last_address(folder: Path) -> Address | None:
    """What the folder says about its broker, which may have ended since."""
    try:
        return Address.model_validate_json(address_file(folder).read_bytes())
    except (OSError, ValidationError):
        return None


def running_address(folder: Path) -> Address | None:
    """The broker of this folder if it runs."""
    address = last_address(folder)
    return address if address is not None and process_of(address) is not None else None


def process_of(address: Address) -> psutil.Process | None:
    """The process at this address, or nothing if it ended, even if its number was given to another."""
    try:
        process = psutil.Process(address.pid)
        if abs(process.create_time() - address.created) > CLOCK_TOLERANCE_S:
            return None
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
    except psutil.NoSuchProcess:
        return None
    return process


def created_at(pid: int) -> float:
    """Start of a process in seconds since 1970 (UTC); 0 if it has ended."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return 0.0


def forget_address(folder: Path) -> None:
    """Mark the broker as stopped; the file stays, so that the next start takes the same port."""
    address = last_address(folder)
    if address is not None and os.access(folder, os.W_OK):
        write_address(folder, address.model_copy(update={"pid": 0, "created": 0.0}))
