"""Moves new landings into staging and drops events that are there already."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_pipelines.warehouse.catalog import identifier, transaction
from orgpulse_pipelines.warehouse.contract_tables import contract_columns
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_schemas.contract import About
from orgpulse_schemas.registry import all_families


@dataclass(frozen=True, slots=True)
class Staged:
    """What one step of staging did to a contract's table."""

    contract: str
    landed: int
    """Rows landed since the step before."""
    kept: int
    """Rows among them whose event was not there yet."""
    total: int
    """Rows of the table afterwards."""


def stage_family(connection: duckdb.DuckDBPyConnection, family: str) -> tuple[Staged, ...]:
    """Bring every contract of a family up to date, in one transaction.

    An event that stands several times is kept as it was landed first: by load, then partition, then offset.
    The cost grows with what was landed since, not with what is there.
    """
    contracts = tuple(all_families()[family].contracts.values())
    with sql_errors(f"staging of {family}"), transaction(connection):
        create_staging_tables(connection, contracts)
        return tuple(_stage(connection, about) for about in contracts)


def _stage(connection: duckdb.DuckDBPyConnection, about: About) -> Staged:
    done = _number(
        connection,
        "select coalesce(max(last_batch_id), 0) from staging.progress where contract = ?",
        [about.name],
    )
    landed, newest = _landed_since(connection, about, done)
    kept = _insert_new(connection, about, done) if landed else 0
    if landed:
        connection.execute("delete from staging.progress where contract = ?", [about.name])
        connection.execute("insert into staging.progress values (?, ?)", [about.name, newest])
    total = _number(connection, f"select count(*) from staging.{about.name}", [])  # noqa: S608
    return Staged(about.name, landed, kept, total)


def _landed_since(connection: duckdb.DuckDBPyConnection, about: About, done: int) -> tuple[int, int]:
    row = connection.execute(
        f"select count(*), coalesce(max(batch_id), 0) from landing.{about.name} where batch_id > ?",  # noqa: S608
        [done],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _insert_new(connection: duckdb.DuckDBPyConnection, about: About, done: int) -> int:
    columns = ", ".join(identifier(column.name) for column in contract_columns(about))
    return _number(
        connection,
        f"""
        insert into staging.{about.name} ({columns})
        with arrived as (
            select {columns}
            from landing.{about.name}
            where batch_id > ?
            qualify row_number() over (
                partition by event_id order by batch_id, "partition", "offset"
            ) = 1
        )
        select {columns}
        from arrived
        where not exists (
            select 1 from staging.{about.name} as kept where kept.event_id = arrived.event_id
        )
        order by batch_id, "partition", "offset"
        """,  # noqa: S608
        [done],
    )


def _number(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[object]) -> int:
    row = connection.execute(sql, parameters).fetchone()
    return int(row[0]) if row else 0
