"""Moves new landings into staging and drops events that are there already."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_pipelines.staging.versions import (
    landed_as_newest,
    staged_contracts,
    staging_columns,
    staging_table,
    versions,
)
from orgpulse_pipelines.warehouse.catalog import identifier, transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
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
    done = {version: _done(connection, version) for version in versions(about)}
    landed = {version: _landed_since(connection, version, after) for version, after in done.items()}
    new = {version: done[version] for version, (rows, _) in landed.items() if rows}
    kept = _insert_new(connection, about, new) if new else 0
    for version in new:
        connection.execute("delete from staging.progress where contract = ?", [version.name])
        connection.execute(
            "insert into staging.progress values (?, ?, ?)",
            [version.name, landed[version][1], staging_table(version)],
        )
    total = _number(connection, f"select count(*) from {staging_table(about)}", [])  # noqa: S608
    return Staged(about.name, sum(rows for rows, _ in landed.values()), kept, total)


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
    columns = ", ".join(identifier(column.name) for column in staging_columns(about))
    landed = " union all ".join(
        f"select {columns} from ({landed_as_newest(version)}) where batch_id > {done}"  # noqa: S608
        for version, done in new.items()
    )
    return _number(
        connection,
        f"""
        insert into {staging_table(about)} ({columns})
        with arrived as (
            select {columns}
            from ({landed})
            qualify row_number() over (
                partition by event_id order by batch_id, "partition", "offset"
            ) = 1
        )
        select {columns}
        from arrived
        where not exists (
            select 1 from {staging_table(about)} as kept where kept.event_id = arrived.event_id
        )
        order by batch_id, "partition", "offset"
        """,  # noqa: S608
        [],
    )


def _number(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[object]) -> int:
    row = connection.execute(sql, parameters).fetchone()
    return int(row[0]) if row else 0
