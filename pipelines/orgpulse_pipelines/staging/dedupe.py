"""Moves new landings into staging and drops events that are there already; stages anew what was asked for."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_pipelines.staging.versions import (
    ARRIVED_AS,
    landed_as_newest,
    staged_contracts,
    staging_columns,
    staging_table,
    versions,
)
from orgpulse_pipelines.warehouse.catalog import identifier, literal, transaction
from orgpulse_pipelines.warehouse.changes import keep_changes
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.requests import EVER, HAPPENED_IN, Span, fulfil, requested
from orgpulse_pipelines.warehouse.versions import grow
from orgpulse_schemas.contract import About


@dataclass(frozen=True, slots=True)
class Staged:
    """What one step of staging did to a table."""

    contract: str
    """The newest version, after which the table is named."""
    landed: int
    """Rows landed since the step before, of all versions."""
    kept: int
    """Rows among them whose event was not there yet."""
    total: int
    """Rows of the table afterwards."""
    restaged: int = 0
    """Rows that were made anew, because somebody asked for it."""


def stage_family(connection: duckdb.DuckDBPyConnection, family: str) -> tuple[Staged, ...]:
    """Bring every staging table of a family up to date, in one transaction.

    An event that stands several times, under whichever version of its contract, is kept as it was landed
    first: by load, then partition, then offset. The cost grows with what was landed since, not with what is
    there.
    """
    contracts = staged_contracts(family)
    with sql_errors(f"staging of {family}"), transaction(connection):
        create_staging_tables(connection, contracts)
        return tuple(_stage(connection, about) for about in contracts)


def _stage(connection: duckdb.DuckDBPyConnection, about: About) -> Staged:
    table = staging_table(about)
    done = {version: _done(connection, version) for version in versions(about)}
    span = requested(connection, table)
    restaged = _restage(connection, about, done, span) if span else 0
    landed = {version: _landed_since(connection, version, after) for version, after in done.items()}
    new = {version: done[version] for version, (rows, _) in landed.items() if rows}
    kept = _insert_new(connection, about, new) if new else 0
    for version in new:
        connection.execute("delete from staging.progress where contract = ?", [version.name])
        connection.execute(
            "insert into staging.progress values (?, ?, ?)", [version.name, landed[version][1], table]
        )
    total = _number(connection, f"select count(*) from {table}", [])  # noqa: S608
    if kept or span:
        told = span is None and kept < total  # of a table that was empty everything is new
        if told:
            keep_changes(connection, table, _rows_of(about, new))
        grow(connection, table, told=told)
    return Staged(about.name, sum(rows for rows, _ in landed.values()), kept, total, restaged)


def _restage(connection: duckdb.DuckDBPyConnection, about: About, done: dict[About, int], span: Span) -> int:
    """Make the rows of the events of a span anew from what was landed; the number of these rows."""
    table = staging_table(about)
    connection.execute(
        f"delete from {table} where {HAPPENED_IN}",  # noqa: S608
        [span.first, span.before],
    )
    landed = " union all ".join(
        f"select * from ({landed_as_newest(version)}) where batch_id <= {loaded}"  # noqa: S608
        for version, loaded in done.items()
    )
    fulfil(connection, table)
    return _insert(connection, about, landed, span)


def _done(connection: duckdb.DuckDBPyConnection, about: About) -> int:
    """The newest load of a contract that is in its staging table; none if another table held it."""
    return _number(
        connection,
        "select coalesce(max(last_batch_id), 0) from staging.progress where contract = ? and staged_in = ?",
        [about.name, staging_table(about)],
    )


def _landed_since(connection: duckdb.DuckDBPyConnection, about: About, done: int) -> tuple[int, int]:
    row = connection.execute(
        f"select count(*), coalesce(max(batch_id), 0) from landing.{about.name} where batch_id > ?",  # noqa: S608
        [done],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _insert_new(connection: duckdb.DuckDBPyConnection, about: About, new: dict[About, int]) -> int:
    landed = " union all ".join(
        f"select * from ({landed_as_newest(version)}) where batch_id > {done}"  # noqa: S608
        for version, done in new.items()
    )
    return _insert(connection, about, landed, EVER)


def _rows_of(about: About, new: dict[About, int]) -> str:
    """A select of the staged rows that came with the newest loads, by what each version had before."""
    came = (
        f"batch_id > {done}"
        + (f" and {ARRIVED_AS.name} = {literal(version.name)}" if len(versions(about)) > 1 else "")
        for version, done in new.items()
    )
    return f"select * from {staging_table(about)} where {' or '.join(came)}"  # noqa: S608


def _insert(connection: duckdb.DuckDBPyConnection, about: About, landed: str, span: Span) -> int:
    """Insert the first delivery of every event that happened in the span and is not there yet."""
    columns = ", ".join(identifier(column.name) for column in staging_columns(about))
    return _number(
        connection,
        f"""
        insert into {staging_table(about)} ({columns})
        with first_delivery as (
            select {columns}
            from ({landed})
            qualify row_number() over (
                partition by event_id order by batch_id, "partition", "offset"
            ) = 1
        )
        select {columns}
        from first_delivery
        where {HAPPENED_IN} and not exists (
            select 1 from {staging_table(about)} as kept where kept.event_id = first_delivery.event_id
        )
        order by batch_id, "partition", "offset"
        """,  # noqa: S608
        [span.first, span.before],
    )


def _number(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[object]) -> int:
    row = connection.execute(sql, parameters).fetchone()
    return int(row[0]) if row else 0
