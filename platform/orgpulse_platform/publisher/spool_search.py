"""Looks for a person in a spool that nobody uses, and takes their events out of it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from orgpulse_platform.publisher.errors import SpoolKeyError
from orgpulse_platform.publisher.seal import Seal
from orgpulse_platform.publisher.spool import SEAL_CHECK, unpacked
from orgpulse_platform.publisher.spool_file import open_file, spool_error

Names = Callable[[bytes], bool]
"""Whether bytes name the person."""


def waiting_about(folder: Path, names: Names) -> int:
    """How many events that wait name the person; raises what :func:`forget` raises."""
    with closing(open_file(folder)) as database:
        return len(_sequences(database, folder, names))


def forget(folder: Path, names: Names) -> int:
    """Remove the events that name the person, which then never reach Kafka; their number.

    Raises :class:`SpoolInUseError` while a publisher has the spool, :class:`SpoolKeyError` for an encrypted
    one, which only its publisher can open, and :class:`SpoolError` if it cannot be used.
    """
    with closing(open_file(folder)) as database:
        found = _sequences(database, folder, names)
        try:
            database.execute("begin immediate")
            database.executemany("delete from waiting where sequence = ?", [(one,) for one in found])
            database.execute("commit")
            database.execute("pragma wal_checkpoint(truncate)").fetchall()
        except sqlite3.Error as error:
            raise spool_error(folder, error) from None
    return len(found)


def _sequences(database: sqlite3.Connection, folder: Path, names: Names) -> list[int]:
    try:
        about = dict(database.execute("select name, value from about"))
        rows = database.execute("select sequence, topic, content from waiting")
        found = list[int]()
        for sequence, topic, content in rows:
            if Seal(None).open(about.get("check", b"")) != SEAL_CHECK:
                raise SpoolKeyError(str(folder))
            record = unpacked(topic, content)
            if names(record.key) or names(record.value) or names(record.id.encode()):
                found.append(sequence)
    except sqlite3.Error as error:
        raise spool_error(folder, error) from None
    return found
