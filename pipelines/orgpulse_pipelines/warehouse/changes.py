"""What changed in a table with its newest version: the rows that came and those that went.

Kept in the schema ``changes`` until the table changes again, so that a table that is made of it can be
brought up to date from these rows alone. A table whose change was not told apart row by row has none.
"""

from typing import Final

import duckdb

SCHEMA: Final = "changes"


def changes_of(table: str) -> str:
    """The table that holds the rows that came to ``schema.table`` or went from it with its newest version."""
    return f"{SCHEMA}.{table.replace('.', '__')}"


def keep_changes(connection: duckdb.DuckDBPyConnection, table: str, rows: str) -> None:
    """Keep the rows of a query as what changed; belongs into the transaction that changes the table."""
    connection.execute(f"create schema if not exists {SCHEMA}")
    connection.execute(f"create or replace table {changes_of(table)} as {rows}")


def drop_changes(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Forget what changed: the table changed in a way that nobody told apart."""
    connection.execute(f"drop table if exists {changes_of(table)}")


def tells_changes(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether it is known which rows came and went with the newest version of the table."""
    try:
        connection.execute(f"select 1 from {changes_of(table)} limit 0")  # noqa: S608
    except duckdb.CatalogException:
        return False
    return True
