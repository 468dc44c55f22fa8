"""Verifies a draft as a reader would see it, before anybody can."""

from pathlib import Path

import duckdb

from orgpulse_pipelines.errors import PublicationError
from orgpulse_pipelines.publication.contents import SCHEMAS


def verify(path: Path, expected: dict[str, int]) -> None:
    """Open the draft read-only and compare it with what was written; raises :class:`PublicationError`."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            _require_schemas(connection)
            _require_documented(connection)
            for table, rows in expected.items():
                _require_rows(connection, table, rows)
    except duckdb.Error as error:
        raise PublicationError(f"it cannot be read back ({type(error).__name__})") from None


def _require_schemas(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "select distinct schema_name from duckdb_tables() where database_name = current_database()"
    ).fetchall()
    surplus = {schema for (schema,) in rows} - set(SCHEMAS)
    if surplus:
        raise PublicationError(f"it holds {', '.join(sorted(surplus))}, which is never published")


def _require_documented(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        'select "schema", "table", "column" from meta.columns '
        "where coalesce(comment, '') = '' or coalesce(table_comment, '') = '' order by all limit 1"
    ).fetchall()
    for schema, table, column in rows:
        raise PublicationError(f"{schema}.{table} or its column {column} has no comment")


def _require_rows(connection: duckdb.DuckDBPyConnection, table: str, expected: int) -> None:
    row = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
    found = row[0] if row else 0
    if found != expected:
        raise PublicationError(f"{table} has {found} rows, not {expected}")
