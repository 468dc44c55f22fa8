"""A warehouse in memory: what a test gives, and what lies between that and the tables that it asks for."""

import uuid
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

import duckdb

from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.modelling.dependencies import tables_read
from orgpulse_pipelines.modelling.model import GENERATED, MODELS, SCHEMAS, Model, load_model
from orgpulse_pipelines.reconciliation.rejected_events import create_rejected_events
from orgpulse_pipelines.staging.code_lists import create_code_tables
from orgpulse_pipelines.staging.contract_fields import create_contract_fields
from orgpulse_pipelines.staging.lineage import create_lineage
from orgpulse_pipelines.staging.repeated_events import create_repeated_events
from orgpulse_pipelines.staging.tables import create_staging_tables

ENVELOPE = {"occurred_at": "2020-01-02 00:00:00", "arrived_at": "2021-01-01 00:00:00"}
Row = dict[str, Any]
Given = dict[str, list[Row]]
"""Rows by table, ``schema.table``. An ``event_id`` may be any word; columns that a row leaves out are empty,
but for the envelope."""


def fill(connection: duckdb.DuckDBPyConnection, wanted: Iterable[str], given: Given) -> None:
    """Put in what is given and build the wanted tables and what they read, except what is given itself."""
    connection.execute("create schema if not exists core; create schema if not exists marts;")
    connection.execute("create schema if not exists staging")
    wanted = set(wanted)
    models = needed(wanted, given.keys())
    read = wanted.union(*(read_by(model) for model in models.values())) - models.keys()
    for table in sorted({*read, *given}):
        columns = ", ".join(f'"{name}" {type_}' for name, type_ in columns_of(table).items())
        connection.execute(f"create table {table} ({columns})")
        insert(connection, table, given.get(table, []))
    for model in models.values():
        connection.execute(f"create table {model.name} as {model.sql}")


def needed(wanted: Iterable[str], given: Iterable[str] = ()) -> dict[str, Model]:
    """The models of these names and all that they read, near and far, each after those that it reads.

    What is given is not built, nor is anything that only it reads.
    """
    found: dict[str, Model] = {}
    known = set(given)

    def find(name: str) -> None:
        if name in found or name in known or not is_model(name):
            return
        one = model(name)
        for other in sorted(one.depends_on):
            find(other)
        found[name] = one

    for name in sorted(wanted):
        find(name)
    return found


@cache
def model(name: str) -> Model:
    """The model of a table, read once."""
    return load_model(MODELS / name.replace(".", "/"))


def is_model(table: str) -> bool:
    """Whether a model makes the table, rather than staging or the platform itself."""
    return table.partition(".")[0] in SCHEMAS and table not in GENERATED


def read_by(one: Model) -> frozenset[str]:
    """The tables that a model and its checks read."""
    checks = (tables_read(check.sql, one.name) for check in one.metadata.checks)
    return one.depends_on.union(*checks)


@cache
def columns_of(table: str) -> dict[str, str]:
    """Columns of a table with their types, as they are without any rows."""
    connection = _empty()
    for name, one in needed({table}).items():
        if not _exists(connection, name):
            build_table(connection, one)
    rows = connection.execute(f"describe {table}").fetchall()
    return {row[0]: row[1] for row in rows}


@cache
def _empty() -> duckdb.DuckDBPyConnection:
    """A warehouse without events, to which models are added as they are asked for."""
    connection = duckdb.connect()
    create_own_tables(connection)
    return connection


def create_own_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Staging without events, and what the platform makes of it without a model."""
    create_staging_tables(connection)
    create_lineage(connection)
    create_rejected_events(connection)
    create_repeated_events(connection)
    create_contract_fields(connection)
    create_code_tables(connection)


def _exists(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    schema, name = table.split(".")
    row = connection.execute(
        "select 1 from duckdb_tables() where schema_name = ? and table_name = ?", [schema, name]
    ).fetchone()
    return row is not None


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows; the envelope is filled in where the table has it and the row does not."""
    columns = columns_of(table)
    filled = [
        {name: value for name, value in ENVELOPE.items() if name in columns}
        | ({"event_id": f"{table}#{number}"} if "event_id" in columns else {})
        | row
        for number, row in enumerate(rows)
    ]
    for names, group in groupby(filled, key=tuple):
        values = [[event(row[name]) if is_event(name) else row[name] for name in names] for row in group]
        listed = ", ".join(f'"{name}"' for name in names)
        marks = f"({', '.join('?' * len(names))})"
        connection.execute(
            f"insert into {table} ({listed}) values {', '.join([marks] * len(values))}",
            [value for row in values for value in row],
        )


def is_event(column: str) -> bool:
    """Whether a column holds the identity of an event."""
    return column == "event_id" or column.endswith("_event_id")


def event(name: Any) -> uuid.UUID | None:
    """The identity that stands for a word."""
    return None if name is None else uuid.uuid5(uuid.NAMESPACE_OID, str(name))


def rows_of(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """The rows of a query by column name."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def periods_of(year: int) -> Iterator[Row]:
    """The rows of core.dim_period for a year: months, quarters, the year, and the year to date by month."""
    january = date(year, 1, 1)
    for month in range(1, 13):
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        yield _period("month", first, last, f"{first:%Y-%m}")
        yield _period("year_to_date", january, last, f"{first:%Y-%m} YTD")
        if month % 3 == 0:
            yield _period("quarter", date(year, month - 2, 1), last, f"{year}-Q{month // 3}")
    yield _period("year", january, date(year, 12, 31), str(year))


def _period(grain: str, start: date, end: date, label: str) -> Row:
    return {"grain": grain, "period_start": start, "period_end": end, "label": label}
