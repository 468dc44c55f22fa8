"""The spool: events on disk, in order, that wait for Kafka.

It holds personal data, therefore: a folder and a file for their owner only, optional encryption, and records
that are overwritten when they have left, also in the write-ahead log.
"""

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orgpulse_platform.publisher.errors import SpoolError, SpoolFullError, SpoolKeyError
from orgpulse_platform.publisher.record import Record
from orgpulse_platform.publisher.seal import Seal
from orgpulse_platform.publisher.spool_file import open_file, spool_error

ROW_BYTES: Final = 64
"""What a row costs beside its content, in bytes, about."""
_LENGTHS: Final = struct.Struct(">II")
SEAL_CHECK: Final = b"this key opens the spool"
"""Stands in every spool, sealed with its key."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """A record that waits."""

    sequence: int
    record: Record
    size: int
    """Bytes that it counts for."""


class Spool:
    """A bounded queue on disk; for one process, and for one thread at a time.

    Whatever :meth:`append` returned from is there after a crash of the process or of the machine.
    """

    def __init__(self, folder: Path, limit_bytes: int, key: bytes | None = None) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._seal = Seal(key)
        self.count = 0
        """Records that wait."""
        self.bytes = 0
        """What they take of the limit."""
        self._database = open_file(folder)
        try:
            with self._errors():
                self._begin()
        except SpoolError:
            self._database.close()
            raise

    def _begin(self) -> None:
        self.count, self.bytes = self._database.execute(
            "select count(*), coalesce(sum(length(content) + ?), 0) from waiting", (ROW_BYTES,)
        ).fetchone()
        self.found = self.count
        """Records that an earlier process left."""
        about = dict(self._database.execute("select name, value from about"))
        self.interrupted = "in_use" in about
        """Whether that process ended without closing the spool; of its last batch all or nothing is there."""
        if self.count and self._seal.open(about.get("check", b"")) != SEAL_CHECK:
            raise SpoolKeyError(str(self._folder))
        with self._transaction():
            self._database.executemany(
                "insert or replace into about values (?, ?)",
                [("check", self._seal.close(SEAL_CHECK)), ("in_use", b"")],
            )

    def append(self, records: Sequence[Record]) -> None:
        """Put records behind all others; when this returns the disk has them, all or none.

        Raises :class:`SpoolFullError` if there is no room for all of them.
        """
        rows = [(record.topic, self._seal.close(_packed(record))) for record in records]
        size = sum(len(content) + ROW_BYTES for _, content in rows)
        if self.bytes + size > self._limit_bytes:
            raise SpoolFullError(
                f"{self._folder}: {self.count:,} events take {self.bytes:,} of {self._limit_bytes:,} bytes, "
                f"{size:,} more do not fit"
            )
        with self._errors(), self._transaction():
            self._database.executemany("insert into waiting (topic, content) values (?, ?)", rows)
        self.count += len(rows)
        self.bytes += size

    def oldest(self, most_records: int, most_bytes: int) -> list[Spooled]:
        """The records that are next, at least one if any waits."""
        found: list[Spooled] = []
        size = 0
        with self._errors():
            rows = self._database.execute("select * from waiting order by sequence limit ?", (most_records,))
            for sequence, topic, content in rows:
                size += len(content)
                if found and size > most_bytes:
                    break
                found.append(Spooled(sequence, self._unpacked(topic, content), len(content) + ROW_BYTES))
            rows.close()
        return found

    def remove(self, delivered: Sequence[Spooled]) -> None:
        """Take out what Kafka has, so that no trace of its content stays in the files."""
        with self._errors():
            with self._transaction():
                self._database.executemany(
                    "delete from waiting where sequence = ?", [(item.sequence,) for item in delivered]
                )
            self.count -= len(delivered)
            self.bytes -= sum(item.size for item in delivered)
            self._database.execute("pragma wal_checkpoint(truncate)").fetchall()

    def close(self) -> None:
        """Leave the spool to the next process."""
        try:
            with self._errors(), self._transaction():
                self._database.execute("delete from about where name = 'in_use'")
        finally:
            self._database.close()

    def _unpacked(self, topic: str, stored: bytes) -> Record:
        content = self._seal.open(stored)
        if content is None:
            raise SpoolError(f"{self._folder} holds a record that its key does not open")
        return unpacked(topic, content)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("begin immediate")
        try:
            yield
            self._database.execute("commit")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("rollback")
            raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise spool_error(self._folder, error) from None


def _packed(record: Record) -> bytes:
    id_ = record.id.encode()
    return _LENGTHS.pack(len(record.key), len(id_)) + record.key + id_ + record.value


def unpacked(topic: str, content: bytes) -> Record:
    """The record of a content that is open."""
    key_length, id_length = _LENGTHS.unpack_from(content)
    start = _LENGTHS.size + key_length
    value_start = start + id_length
    key, id_ = content[_LENGTHS.size : start], content[start:value_start].decode()
    return Record(topic, key, content[value_start:], id_)
