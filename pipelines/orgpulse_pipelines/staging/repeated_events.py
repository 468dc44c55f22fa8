"""Records that repeat an event: what staging left out, since each event is kept once."""

from typing import Final

import duckdb

from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_pipelines.warehouse.catalog import comment_on, literal, transaction
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_schemas.contract import About
from orgpulse_schemas.registry import all_contracts

REPEATED_EVENTS: Final = "core.repeated_event"
COMMENT: Final = (
    "Records that repeat an event under the same source and id, and are left out for it. "
    "Grain: one row per origin. Owner: Information management."
)
_FOUND: Final = "staging.repeated_event"
_PROGRESS: Final = "staging.repeated_progress"
COLUMNS: Final = (
    Column("origin", "VARCHAR", "Where the record stood: topic/partition/offset@arrival in ms since 1970."),
    Column("event_id", "UUID", "Identity of the event that it repeats."),
    Column("system", "VARCHAR", "Source system that published it."),
    Column("event_type", "VARCHAR", "CloudEvents type."),
    Column("day", "DATE", "Day on which the event happened, in UTC."),
)
_PROGRESS_COLUMNS: Final = (
    Column("contract", "VARCHAR", "Name of the contract."),
    Column("last_batch_id", "BIGINT", "The newest load that was looked through."),
)


def create_repeated_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Look through what was landed since the last time, and make the view over all that was found.

    A record that the streams delivered twice is one record: it repeats nothing.
    """
    with sql_errors(REPEATED_EVENTS), transaction(connection):
        ensure_table(connection, _FOUND, COLUMNS, COMMENT)
        ensure_table(connection, _PROGRESS, _PROGRESS_COLUMNS, "How far repeated events were looked for.")
        done = dict(connection.execute(f"select contract, last_batch_id from {_PROGRESS}").fetchall())  # noqa: S608
        for about, newest in _landed(connection):
            if newest > done.get(about.name, 0):
                _look_through(connection, about, done.get(about.name, 0), newest)
        _create_view(connection)


def forget_repeated_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the next build look through everything that was landed."""
    for table in (_FOUND, _PROGRESS):
        connection.execute(f"drop table if exists {table}")


def _landed(connection: duckdb.DuckDBPyConnection) -> list[tuple[About, int]]:
    """The contracts of which anything was landed, with the newest load of each."""
    contracts = {about.name: about for about in all_contracts().values()}
    rows = connection.execute(
        "select table_name from duckdb_tables() "
        "where database_name = current_database() and schema_name = 'landing'"
    ).fetchall()
    parts = [
        f"select {literal(name)} as contract, max(batch_id) as newest from landing.{name}"  # noqa: S608
        for (name,) in rows
        if name in contracts
    ]
    if not parts:
        return []
    newest = f"from ({' union all '.join(parts)}) where newest is not null"
    return [(contracts[name], int(batch)) for name, batch in connection.execute(newest).fetchall()]


def _look_through(connection: duckdb.DuckDBPyConnection, about: About, done: int, newest: int) -> None:
    _insert(connection, about, done)
    connection.execute(f"delete from {_PROGRESS} where contract = ?", [about.name])  # noqa: S608
    connection.execute(f"insert into {_PROGRESS} values (?, ?)", [about.name, newest])  # noqa: S608


def _insert(connection: duckdb.DuckDBPyConnection, about: About, done: int) -> None:
    """Of what was landed since: the records that are neither in staging nor delivered before."""
    kept = staging_table(about)
    connection.execute(
        f"""
        insert into {_FOUND}
        with surplus as (
            select landed.origin, landed.event_id, landed.occurred_at::date as day
            from landing.{about.name} as landed
            anti join (select batch_id, "partition", "offset" from {kept} where batch_id > {done}) as staged
                using (batch_id, "partition", "offset")
            where landed.batch_id > {done}
        ),
        delivered as (
            select origin from surplus inner join {kept} as staged using (event_id, origin)
            union all
            select origin from {_FOUND}
        )
        select origin, any_value(event_id), {literal(about.system.id)}, {literal(about.event_type)},
            any_value(day)
        from surplus
        anti join delivered using (origin)
        group by origin
        """  # noqa: S608 - made of names that contracts declare
    )


def _create_view(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema if not exists core")
    connection.execute(f"create or replace view {REPEATED_EVENTS} as from {_FOUND}")
    comment_on(
        connection,
        REPEATED_EVENTS,
        COMMENT,
        {column.name: column.comment for column in COLUMNS},
        kind="view",
    )
