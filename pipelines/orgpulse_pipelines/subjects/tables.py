"""The person in the tables of the warehouse: where, how often, and how the tables let go of them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import duckdb

from orgpulse_pipelines.landing.unlinked import new_surrogate
from orgpulse_pipelines.subjects.index import IdentifierColumn
from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_pipelines.warehouse.catalog import identifier, literal, transaction
from orgpulse_pipelines.warehouse.changes import SCHEMA
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.rewrite import mark_rewrite_due
from orgpulse_pipelines.warehouse.versions import create_version_tables, grow

CHANGES: Final = f"{SCHEMA}."
_WIDE: Final = ("STRUCT", "MAP", "UNION", "[]", "VARCHAR", "JSON", "BLOB")
"""Types of columns that can hold text."""


def rows_by_table(
    connection: duckdb.DuckDBPyConnection, subject: Subject, columns: Iterable[IdentifierColumn]
) -> dict[str, int]:
    """How many rows of each table name the person; tables without any are left out."""
    found = dict[str, int]()
    for table, names in _by_table(columns).items():
        rows = _number(connection, f"select count(*) from {table} where {_named(names)}", subject)  # noqa: S608
        if rows:
            found[table] = rows
    return found


def rows_about(
    connection: duckdb.DuckDBPyConnection, subject: Subject, columns: Iterable[IdentifierColumn]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of each table that name the person, by column name."""
    for table, names in _by_table(columns).items():
        cursor = connection.execute(
            f"select * from {table} where {_named(names)}",  # noqa: S608 - names that contracts declare
            {"pseudonyms": sorted(subject.pseudonyms)},
        )
        header = [column[0] for column in cursor.description]
        rows = [dict(zip(header, row, strict=True)) for row in cursor.fetchall()]
        if rows:
            yield table, rows


def unlink(
    connection: duckdb.DuckDBPyConnection, subject: Subject, columns: Iterable[IdentifierColumn]
) -> dict[str, int]:
    """Put one surrogate in the place of each pseudonym, in all tables or in none; rows by table.

    The surrogates are known to nobody afterwards. The next build makes what reads the changed tables anew.
    """
    surrogates = {pseudonym: new_surrogate() for pseudonym in sorted(subject.pseudonyms)}
    columns = tuple(columns)
    with sql_errors("unlinking"), transaction(connection):
        create_version_tables(connection)
        forgotten = _forget_changes(connection, subject, columns)
        changed = dict[str, int]()
        for one in columns:
            if one.table.startswith(CHANGES):
                continue
            rows = _unlink_column(connection, subject, one, surrogates)
            if rows:
                changed[one.table] = changed.get(one.table, 0) + rows
        for table in changed:
            grow(connection, table)
        if changed or forgotten:
            mark_rewrite_due(connection)
    return changed


def _unlink_column(
    connection: duckdb.DuckDBPyConnection,
    subject: Subject,
    one: IdentifierColumn,
    surrogates: dict[str, str],
) -> int:
    name = identifier(one.column)
    cases = " ".join(f"when {literal(old)} then {literal(new)}" for old, new in surrogates.items())
    return _number(
        connection,
        f"update {one.table} set {name} = case {name} {cases} end "  # noqa: S608
        f"where {name} in (select unnest($pseudonyms))",
        subject,
    )


def _forget_changes(
    connection: duckdb.DuckDBPyConnection, subject: Subject, columns: Iterable[IdentifierColumn]
) -> bool:
    """Forget which rows came and went where they name the person: the next build makes these tables whole."""
    told = [one for one in columns if one.table.startswith(CHANGES)]
    found = rows_by_table(connection, subject, told)
    for table in found:
        connection.execute(f"drop table {table}")
    return bool(found)


def sweep(connection: duckdb.DuckDBPyConnection, subject: Subject, database: str) -> dict[str, int]:
    """Rows that name the person in any column of any table, whatever the index says; by table."""
    rows = connection.execute(
        "select schema_name, table_name, list(column_name) from duckdb_columns() "
        "where database_name = ? and not internal "
        "and list_bool_or(list_transform(?, lambda kind: contains(data_type, kind))) "
        "and (schema_name, table_name) in "
        "(select (schema_name, table_name) from duckdb_tables() where database_name = ? and not temporary) "
        "group by all order by all",
        [database, list(_WIDE), database],
    ).fetchall()
    found = dict[str, int]()
    for schema, table, names in rows:
        condition = " or ".join(_holds(f"{identifier(name)}::varchar", subject) for name in names)
        row = connection.execute(
            f"select count(*) from {identifier(database)}.{identifier(schema)}.{identifier(table)} "  # noqa: S608
            f"where {condition}"
        ).fetchone()
        if row and row[0]:
            found[f"{schema}.{table}"] = int(row[0])
    return found


def _holds(text: str, subject: Subject) -> str:
    """An SQL condition: whether a text holds a pseudonym, or the identifier as a word."""
    word = f"(^|[^A-Za-z0-9]){re.escape(subject.identifier)}($|[^A-Za-z0-9])"
    pseudonyms = (f"contains({text}, {literal(one)})" for one in sorted(subject.pseudonyms))
    clear = f"contains({text}, {literal(subject.identifier)}) and regexp_matches({text}, {literal(word)})"
    return " or ".join([*pseudonyms, f"({clear})"])


def _by_table(columns: Iterable[IdentifierColumn]) -> dict[str, list[str]]:
    tables = dict[str, list[str]]()
    for one in columns:
        tables.setdefault(one.table, []).append(one.column)
    return tables


def _named(columns: list[str]) -> str:
    return " or ".join(f"{identifier(name)} in (select unnest($pseudonyms))" for name in columns)


def _number(connection: duckdb.DuckDBPyConnection, sql: str, subject: Subject) -> int:
    row = connection.execute(sql, {"pseudonyms": sorted(subject.pseudonyms)}).fetchone()
    return int(row[0]) if row else 0
