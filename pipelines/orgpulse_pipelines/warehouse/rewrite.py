"""Writes a DuckDB file anew: what was overwritten stands in its free blocks until then.

Whoever overwrites pseudonyms marks the warehouse. An erasure and `orgpulse rekey` write it anew at once; what
builds overwrite as retention ends or keys change is gone within a day, since the whole file is written.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

import duckdb

from orgpulse_pipelines.warehouse.catalog import literal
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.settings import Settings

DAY: Final = timedelta(days=1)
"""How long builds may leave what they overwrote in the file."""
REWRITE_DUE: Final = "meta.rewrite_due"
"""Stands in the warehouse from an overwriting until the file is free of what was overwritten."""
_REWRITE_DUE: Final = (Column("since", "TIMESTAMP", "When pseudonyms were overwritten, in UTC."),)
DRAFT: Final = ".partial"
_COPY: Final = "rewritten"


def mark_rewrite_due(connection: duckdb.DuckDBPyConnection) -> None:
    """Note that pseudonyms were overwritten; belongs into the transaction that did it."""
    ensure_table(connection, REWRITE_DUE, _REWRITE_DUE, "Whether this file is to be written anew.")
    connection.execute(f"insert into {REWRITE_DUE} select (now() at time zone 'UTC')")


def is_rewrite_due(connection: duckdb.DuckDBPyConnection, after: timedelta = timedelta()) -> bool:
    """Whether pseudonyms were overwritten so long ago since the file was written as a whole."""
    try:
        row = connection.execute(
            f"select count(*) from {REWRITE_DUE} where since <= (now() at time zone 'UTC') - ?",  # noqa: S608
            [after],
        ).fetchone()
    except duckdb.CatalogException:
        return False
    return bool(row and row[0])


def rewrite_warehouse(settings: Settings, after: timedelta = timedelta()) -> bool:
    """Write the warehouse anew if pseudonyms were overwritten in it so long ago; whether it was.

    The new file takes the old one's place in one step, while the old one is still locked: no build can begin
    on a file that is about to go. A kill leaves the old file, and the next call does it again. Raises
    :class:`WarehouseBusyError`, :class:`DiskFullError` or :class:`StateFolderError`.
    """
    path = settings.folder.warehouse
    draft = path.with_name(path.name + DRAFT)
    _remove(draft)
    with open_warehouse(settings) as connection:
        _empty(path.parent / "spill")
        if not is_rewrite_due(connection, after):
            return False
        with sql_errors("writing the warehouse anew"):
            name = connection.execute("select current_database()").fetchone()
            try:
                _copy(connection, name[0] if name else "", draft, f"delete from {REWRITE_DUE}")  # noqa: S608
                connection.execute("force checkpoint")
            except BaseException:
                _remove(draft)  # it may have filled the disk
                raise
        _put_in_place(draft, path, 0o600)
    return True


def rewrite_publication(path: Path, change: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Write a kept publication anew after a change to a copy of it; its readers keep what they have open."""
    copy, draft = path.with_name(path.name + DRAFT), path.with_name(path.name + DRAFT + "2")
    for leftover in (copy, draft):
        _remove(leftover)
    with _errors(path):
        copy.write_bytes(path.read_bytes())
        copy.chmod(0o600)
    try:
        with sql_errors("writing a publication anew"), duckdb.connect(str(copy)) as connection:
            change(connection)
            name = connection.execute("select current_database()").fetchone()
            _copy(connection, name[0] if name else "", draft, "")
        _put_in_place(draft, path, 0o440)
    finally:
        _remove(copy)


def _copy(connection: duckdb.DuckDBPyConnection, name: str, draft: Path, after: str) -> None:
    """Copy a database into a new file, table by table, and forget there that it was due."""
    connection.execute(f"attach {literal(str(draft))} as {_COPY}")
    try:
        connection.execute(f'copy from database "{name}" to {_COPY}')
        if after:
            connection.execute(after.replace("from ", f"from {_COPY}.", 1))
        connection.execute(f"force checkpoint {_COPY}")
    finally:
        connection.execute(f"detach {_COPY}")


def _put_in_place(draft: Path, path: Path, mode: int) -> None:
    with _errors(path):
        draft.chmod(mode)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + ".wal")):
        with _errors(leftover):
            leftover.unlink(missing_ok=True)


def _empty(spill: Path) -> None:
    """Remove what a killed build put aside on the disk: it holds rows."""
    if spill.is_dir():
        for leftover in spill.iterdir():
            with _errors(leftover):
                leftover.unlink(missing_ok=True)


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StateFolderError(f"{path}: {error.strerror}") from None
