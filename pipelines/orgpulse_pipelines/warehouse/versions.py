"""Which content each table has, by a number that grows with it, and from which content a table was built.

A table is built anew only where its code or the content of a table that it reads is another one than when it
was built last. Staging grows with every new event; a model that comes out as it was before keeps its number,
and what reads it is left alone.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import duckdb

from orgpulse_pipelines.warehouse.changes import drop_changes
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table

VERSIONS: Final = "meta.table_version"
BUILT_FROM: Final = "meta.built_from"
FOLLOWS: Final = "follows"
"""Code version of what is made again at every build."""
_VERSIONS: Final = (
    Column("table_name", "VARCHAR", "Schema and name of the table."),
    Column("version", "BIGINT", "Grows whenever the table's content changes."),
    Column("fingerprint", "VARCHAR", "Rows and sum of their hashes; empty for tables that only grow."),
)
_BUILT_FROM: Final = (
    Column("table_name", "VARCHAR", "Schema and name of the table that was built."),
    Column("code_version", "VARCHAR", "Version of the code that built it."),
    Column("inputs", "VARCHAR", "Version of every table that it read, in JSON."),
)


def create_version_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the two tables where they are missing."""
    ensure_table(connection, VERSIONS, _VERSIONS, "Content of the tables. Grain: one row per table.")
    ensure_table(
        connection, BUILT_FROM, _BUILT_FROM, "What tables were last built from. Grain: one row per table."
    )


def versions_of(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> dict[str, int]:
    """The version of each table's content; 0 where nothing has been recorded yet."""
    # All of them are read: DuckDB takes longer for a list of names than for a few hundred rows.
    known = dict(connection.execute(f"select table_name, version from {VERSIONS}").fetchall())  # noqa: S608
    return {table: known.get(table, 0) for table in sorted(tables)}


def grow(
    connection: duckdb.DuckDBPyConnection, table: str, fingerprint: str | None = None, *, told: bool = False
) -> int:
    """Record that a table's content changed; belongs into the transaction that changes it.

    ``told`` says that the rows that came and went are kept as its changes.
    """
    if not told:
        drop_changes(connection, table)
    version = versions_of(connection, [table])[table] + 1
    connection.execute(f"delete from {VERSIONS} where table_name = ?", [table])  # noqa: S608
    connection.execute(f"insert into {VERSIONS} values (?, ?, ?)", [table, version, fingerprint])  # noqa: S608
    return version


def settle(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """The version of a table that was just written: a new one only if its rows are others than before."""
    found = str(content_of(connection, table))
    before = connection.execute(
        f"select version, fingerprint from {VERSIONS} where table_name = ?",  # noqa: S608
        [table],
    ).fetchone()
    if before is not None and before[1] == found:
        return int(before[0])
    return grow(connection, table, found)


@dataclass(frozen=True, slots=True)
class Content:
    """What tells the content of a table from another: parts of it are added and subtracted."""

    rows: int
    hashes: int
    """Sum of the hashes of the rows."""

    def __str__(self) -> str:
        return f"{self.rows} {self.hashes}"

    def __add__(self, other: "Content") -> "Content":
        return Content(self.rows + other.rows, self.hashes + other.hashes)

    def __sub__(self, other: "Content") -> "Content":
        return Content(self.rows - other.rows, self.hashes - other.hashes)


def content_of(connection: duckdb.DuckDBPyConnection, table: str) -> Content:
    """The content of a table, read to its end."""
    row = connection.execute(
        f"select count(*), coalesce(sum(hash(columns)), 0) from {table} as columns"  # noqa: S608
    ).fetchone()
    return Content(*row) if row else Content(0, 0)


def content_settled(connection: duckdb.DuckDBPyConnection, table: str) -> Content | None:
    """The content that was found when the table was settled last, if it was."""
    row = connection.execute(
        f"select fingerprint from {VERSIONS} where table_name = ?",  # noqa: S608
        [table],
    ).fetchone()
    return Content(*map(int, row[0].split())) if row and row[0] else None


def follow(connection: duckdb.DuckDBPyConnection, table: str, inputs: Collection[str]) -> int:
    """The version of a view or table that was just made again from its inputs, which say if it changed.

    One without inputs is compared row by row.
    """
    create_version_tables(connection)
    if not inputs:
        return settle(connection, table)
    if is_current(connection, table, FOLLOWS, inputs):
        return versions_of(connection, [table])[table]
    record_built(connection, table, FOLLOWS, versions_of(connection, inputs))
    return grow(connection, table)


def built_from(connection: duckdb.DuckDBPyConnection, table: str, code_version: str) -> dict[str, int] | None:
    """The versions of what the table was built from, if this code built it and the table exists."""
    try:
        connection.execute(f"select 1 from {table} limit 0")  # noqa: S608
    except duckdb.CatalogException:
        return None
    return inputs_of(connection, table, code_version)


def inputs_of(connection: duckdb.DuckDBPyConnection, name: str, code_version: str) -> dict[str, int] | None:
    """The versions of what was made under this name was made of, if this code made it."""
    row = connection.execute(
        f"select inputs from {BUILT_FROM} where table_name = ? and code_version = ?",  # noqa: S608
        [name, code_version],
    ).fetchone()
    found: dict[str, int] | None = json.loads(row[0]) if row else None
    return found


def is_current(
    connection: duckdb.DuckDBPyConnection, table: str, code_version: str, inputs: Iterable[str]
) -> bool:
    """Whether the table exists as this code would build it from what its inputs hold now."""
    return built_from(connection, table, code_version) == versions_of(connection, inputs)


def record_built(
    connection: duckdb.DuckDBPyConnection, table: str, code_version: str, inputs: dict[str, int]
) -> None:
    """Remember what a table was built from; belongs into the transaction that builds it."""
    forget_built(connection, [table])
    connection.execute(
        f"insert into {BUILT_FROM} values (?, ?, ?)",  # noqa: S608
        [table, code_version, json.dumps(inputs)],
    )


def forget_built(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    """Let the next build make these tables anew, whatever changed."""
    for table in tables:
        connection.execute(f"delete from {BUILT_FROM} where table_name = ?", [table])  # noqa: S608
