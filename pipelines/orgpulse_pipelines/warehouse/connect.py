"""Opens the warehouse for its one writer, and says clearly why it cannot be opened."""

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import duckdb

from orgpulse_pipelines.errors import (
    DiskFullError,
    WarehouseBusyError,
    WarehouseDamagedError,
    WarehouseVersionError,
)
from orgpulse_pipelines.warehouse.catalog import comment_on, transaction
from orgpulse_pipelines.warehouse.failures import is_disk_full
from orgpulse_platform.errors import SettingsError, StateFolderError
from orgpulse_platform.settings import Settings

SCHEMA_VERSION: Final = 1
"""Grows when the tables that the platform itself keeps change in a way that older code cannot write."""


def open_warehouse(settings: Settings) -> duckdb.DuckDBPyConnection:
    """The one connection that writes the warehouse, its file created where it is missing.

    Raises :class:`WarehouseBusyError` if another process writes it, :class:`WarehouseVersionError` if another
    version wrote it, :class:`WarehouseDamagedError` if it cannot be read, :class:`StateFolderError` if the
    folder cannot be used, :class:`SettingsError` if the memory limit is none.
    """
    path = settings.folder.warehouse
    settings.folder.prepare(path.parent)
    connection = _connect(path, settings)
    try:
        _require_version(connection, path)
    except duckdb.Error as error:
        connection.close()
        raise _explained(path, str(error)) from None
    except WarehouseVersionError:
        connection.close()
        raise
    return connection


def _connect(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.warehouse.memory_limit,
        "threads": settings.warehouse.threads,
        "temp_directory": str(path.parent / "spill"),
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,  # nothing is fetched while a build runs
    }
    try:
        return duckdb.connect(str(path), config=config)
    except (duckdb.ParserException, duckdb.InvalidInputException):
        raise SettingsError("ORGPULSE_WAREHOUSE__MEMORY_LIMIT is no size such as 2GB") from None
    except duckdb.Error as error:
        raise _explained(path, str(error)) from None


def _explained(path: Path, message: str) -> Exception:
    """What DuckDB's message about a file means; these name the file and block numbers, never contents."""
    text = message.lower()
    if "could not set lock" in text:
        return WarehouseBusyError(str(path))
    if "version number" in text or "newer version" in text or "older version" in text:
        return WarehouseVersionError(f"{path} was written by another version of DuckDB")
    if is_disk_full(text):
        return DiskFullError(str(path))
    if "permission denied" in text or "read-only file system" in text or "cannot open file" in text:
        return StateFolderError(str(path))
    return WarehouseDamagedError(str(path))


def _require_version(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Mark a new file as ours, and refuse one that another version of the platform marked."""
    found = connection.execute(
        "select count(*) from duckdb_tables() where schema_name = 'meta' and table_name = 'warehouse'"
    ).fetchone()
    if not found or not found[0]:
        _mark(connection)
        return
    row = connection.execute("select schema_version, created_by from meta.warehouse").fetchone()
    stored, created_by = row or (0, "nobody")
    if stored != SCHEMA_VERSION:
        raise WarehouseVersionError(
            f"{path} has layout {stored}, made by {created_by}; this version knows layout {SCHEMA_VERSION}"
        )


def _mark(connection: duckdb.DuckDBPyConnection) -> None:
    with transaction(connection):
        connection.execute("create schema if not exists meta")
        connection.execute(
            "create table meta.warehouse (schema_version integer, created_by varchar, created_at timestamp)"
        )
        connection.execute(
            "insert into meta.warehouse values (?, ?, ?)",
            [SCHEMA_VERSION, f"orgpulse {version('orgpulse')}", datetime.now(UTC).replace(tzinfo=None)],
        )
        comment_on(
            connection,
            "meta.warehouse",
            "Which version of the platform keeps this file.",
            {
                "schema_version": "Layout of the tables that the platform itself keeps.",
                "created_by": "Version of the platform that created the file.",
                "created_at": "When the file was created, in UTC.",
            },
        )
