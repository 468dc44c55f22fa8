"""The file of a spool: a SQLite database for one process, private to its owner, safe against power cuts."""

import os
import sqlite3
from pathlib import Path
from typing import Final

from orgpulse_platform.publisher.errors import SpoolError, SpoolInUseError

FILE_NAME: Final = "spool.sqlite"
FORMAT: Final = 1

_SETTINGS: Final = (
    "pragma locking_mode = exclusive",  # before WAL: one process only, and no shared-memory file
    "pragma auto_vacuum = full",  # before the first table: the file shrinks as the spool empties
    "pragma journal_mode = wal",
    "pragma synchronous = full",  # a commit returns once the disk has it
    "pragma fullfsync = on",  # macOS needs to be told that it is meant
    "pragma secure_delete = on",  # what was removed is overwritten with zeros
)
_TABLES: Final = """
    create table if not exists waiting (
        sequence integer primary key, topic text not null, content blob not null
    );
    create table if not exists about (name text primary key, value blob not null) without rowid;
"""


def open_file(folder: Path) -> sqlite3.Connection:
    """The database in ``folder``, both made if they are missing, held by this process until it is closed.

    Raises :class:`SpoolInUseError` if another process holds it, :class:`SpoolError` if it cannot be used.
    """
    file = _private_file(folder)
    connection = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        for setting in _SETTINGS:
            connection.execute(setting).fetchall()
        connection.execute("begin exclusive")
        connection.execute("commit")
        _prepare(connection, folder)
    except sqlite3.Error as error:
        connection.close()
        raise spool_error(folder, error) from None
    except SpoolError:
        connection.close()
        raise
    return connection


def spool_error(folder: Path, error: sqlite3.Error) -> SpoolError:
    """What a database error means; its own text can quote what was to be stored."""
    name = getattr(error, "sqlite_errorname", None) or type(error).__name__
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return SpoolInUseError(str(folder))
    return SpoolError(f"{folder} ({name})")


def _prepare(connection: sqlite3.Connection, folder: Path) -> None:
    (found,) = connection.execute("pragma user_version").fetchone()
    if found not in {0, FORMAT}:
        raise SpoolError(f"{folder} has format {found}, this version of OrgPulse writes {FORMAT}")
    connection.executescript(f"begin;{_TABLES}pragma user_version = {FORMAT};commit;")


def _private_file(folder: Path) -> Path:
    """The path of the file, which exists from then on and which its owner alone may read."""
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, mode=0o700)
            _sync(folder.parent)
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            raise SpoolError(f"{folder} can be read by others")
        file = folder / FILE_NAME
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        _sync(folder)
    except OSError as error:
        raise SpoolError(f"{folder}: {error.strerror}") from None
    return file


def _sync(folder: Path) -> None:
    """Make the entries of a folder survive a power cut."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
