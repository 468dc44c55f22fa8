"""Identities of events made from rows: publishing a file again gives the same ones."""

import sqlite3
import uuid
from collections.abc import Mapping as Values
from datetime import datetime
from typing import Final

import orjson

from orgpulse_platform.mapping.convert import read
from orgpulse_platform.mapping.errors import WorkspaceError
from orgpulse_platform.mapping.model import Mapping
from orgpulse_platform.mapping.readers.row import Cell
from orgpulse_platform.mapping.refusal import RefusedError, RowReason
from orgpulse_platform.mapping.values import text_of

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:orgpulse:mapping")


CACHE_KIB: Final = 32 * 1024
"""Memory for the identities of a file; those of larger files are in a temporary file that only this process
sees and that ends with it."""


class Occurrences:
    """Counts how often each identity has come, in bounded memory."""

    def __init__(self) -> None:
        self._seen = sqlite3.connect("", isolation_level=None)  # no name: private, and on disk when it must
        for pragma in (f"cache_size=-{CACHE_KIB}", "journal_mode=OFF", "synchronous=OFF"):
            self._seen.execute(f"PRAGMA {pragma}")
        self._seen.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID")
        self._seen.execute("BEGIN")

    def earlier(self, identity: bytes) -> int:
        """How often it came before this time; raises :class:`WorkspaceError` if the disk is full."""
        try:
            found = self._seen.execute(
                "INSERT INTO seen VALUES (?, 0) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times",
                (identity,),
            ).fetchone()
        except sqlite3.OperationalError as error:
            raise WorkspaceError(error.sqlite_errorname) from None
        return int(found[0])


class Identities:
    """Gives each row of one file its event id, and knows the repeated ones.

    The id is a UUID of version 5 (RFC 9562) over the mapping's name, its contract, the time of the event and
    the identity columns. Who knows all of them can tell the id: it belongs on raw topics only, not in logs.
    """

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._occurrences = Occurrences()

    def of(self, cells: Values[str, Cell], time: datetime) -> str:
        """The id of a row's event; raises :class:`RefusedError` for a row that is not told from others.

        Every row counts, also one that is refused for another reason: so mending a row moves no identity.
        """
        texts = [
            text_of(read(cells, column, self._mapping.format.empty_cells))
            for column in self._mapping.identity
        ]
        if not any(texts):
            raise RefusedError(RowReason.NO_IDENTITY)
        identity = self._uuid(texts, time, 0)
        earlier = self._occurrences.earlier(identity.bytes)
        if not earlier:
            return str(identity)
        if self._mapping.repeats == "refused":
            raise RefusedError(RowReason.REPEATED_IDENTITY)
        return str(self._uuid(texts, time, earlier))

    def _uuid(self, texts: list[str], time: datetime, earlier: int) -> uuid.UUID:
        parts = [self._mapping.name, self._mapping.contract, time.isoformat(), texts, earlier]
        return uuid.uuid5(_NAMESPACE, orjson.dumps(parts).decode())
