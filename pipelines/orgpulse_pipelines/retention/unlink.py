"""One step of retention: whose time has ended is unlinked, in landing and staging, in one transaction."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.retention.subjects import (
    LAST_SEEN,
    Kept,
    has_old_events,
    kept_contracts,
    see_everybody,
)
from orgpulse_pipelines.retention.surrogate import UNLINKED, is_linked, new_surrogate
from orgpulse_pipelines.staging.versions import column_origins, staging_table
from orgpulse_pipelines.warehouse.catalog import identifier, transaction
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.requests import landing_of
from orgpulse_pipelines.warehouse.rewrite import mark_rewrite_due
from orgpulse_pipelines.warehouse.versions import create_version_tables, grow

RETENTION: Final = "meta.retention"
COMMENT: Final = "What retention did. Grain: one row per step and contract of which rows were unlinked."
COLUMNS: Final = (
    Column("done_at", "TIMESTAMP", "When it was done, in UTC."),
    Column("as_of", "TIMESTAMP", "The moment at which the time of the rows was judged, in UTC."),
    Column("contract", "VARCHAR", "Name of the contract, the newest version."),
    Column("retention_days", "INTEGER", "How long its rows may name somebody. Unit: days."),
    Column("rows", "BIGINT", "Rows of landing and staging that no longer lead to anybody."),
)
_SURROGATES: Final = "retention_surrogate"


@dataclass(frozen=True, slots=True)
class Unlinked:
    """What one step did with the events of one contract."""

    contract: str
    days: int
    rows: int


def unlink_due(connection: duckdb.DuckDBPyConnection, now: datetime) -> tuple[Unlinked, ...]:
    """Unlink everybody whose time has ended at ``now``; tells of contracts that had any.

    One surrogate takes the place of each pseudonym in all rows whose time ends in this step, so that what
    belongs together stays together and every figure stays what it was. The surrogate is kept nowhere else.
    Done again, it finds nothing; killed, it has done nothing.
    """
    as_of = now.astimezone(UTC).replace(tzinfo=None)
    with sql_errors("retention"), transaction(connection):
        create_version_tables(connection)
        ensure_table(connection, RETENTION, COLUMNS, COMMENT)
        contracts = kept_contracts(connection)
        old = [kept for kept in contracts if has_old_events(connection, kept, as_of)]
        if not old:  # as on nearly every day: nothing is to be looked for
            return ()
        repeated = {kept: _unlink_repeated(connection, kept) for kept in old}
        see_everybody(connection, contracts)
        _draw_surrogates(connection, as_of, min(kept.days for kept in old))
        done = [
            Unlinked(kept.contract.name, kept.days, repeated[kept] + _unlink(connection, kept, as_of))
            for kept in old
        ]
        found = tuple(one for one in done if one.rows)
        for one in found:
            connection.execute(
                f"insert into {RETENTION} values (?, ?, ?, ?, ?)",  # noqa: S608
                [datetime.now(UTC).replace(tzinfo=None), as_of, one.contract, one.days, one.rows],
            )
        if found:
            mark_rewrite_due(connection)
        for table in (LAST_SEEN, _SURROGATES):
            connection.execute(f"drop table if exists temp.{table}")
    return found


def _draw_surrogates(connection: duckdb.DuckDBPyConnection, as_of: datetime, shortest: int) -> None:
    """A surrogate for everybody whose time may have ended, by the shortest retention in days."""
    rows = connection.execute(
        f"select pseudonym from {LAST_SEEN} where arrived_at <= ?",  # noqa: S608
        [as_of - timedelta(days=shortest)],
    ).fetchall()
    pseudonyms = pa.array([pseudonym for (pseudonym,) in rows], pa.string())
    surrogates = pa.array([new_surrogate() for _ in rows], pa.string())
    connection.register("drawn", pa.table({"pseudonym": pseudonyms, "surrogate": surrogates}))
    try:
        connection.execute(
            f"create or replace temp table {_SURROGATES} as "  # noqa: S608
            f"select * from drawn join {LAST_SEEN} using (pseudonym)"
        )
    finally:
        connection.unregister("drawn")


def _unlink(connection: duckdb.DuckDBPyConnection, kept: Kept, as_of: datetime) -> int:
    """Put surrogates into the rows of a contract whose time has ended; how many rows."""
    last = as_of - timedelta(days=kept.days)
    return sum(
        _changed(
            connection,
            kept,
            table,
            f"update {table} as row set {identifier(column)} = drawn.surrogate from {_SURROGATES} as drawn "  # noqa: S608
            f"where row.{identifier(column)} = drawn.pseudonym and drawn.arrived_at <= ?",
            [last],
        )
        for table, column in kept.columns
    )


def _unlink_repeated(connection: duckdb.DuckDBPyConnection, kept: Kept) -> int:
    """Unlink events that were unlinked before and came again: a replay links nobody anew."""
    staged = staging_table(kept.contract)
    rows = 0
    for column in (column for table, column in kept.columns if table == staged):
        known = f"staged.{identifier(column)}"
        for about, source in column_origins(column, kept.contract):
            table, name = f"landing.{about.name}", identifier(source)
            rows += _changed(
                connection,
                kept,
                table,
                f"update {table} as row set {name} = {known} from {staged} as staged "  # noqa: S608
                f"where row.event_id = staged.event_id and starts_with({known}, '{UNLINKED}') "
                f"and {is_linked(f'row.{name}')}",
                [],
            )
    return rows


def _changed(
    connection: duckdb.DuckDBPyConnection, kept: Kept, table: str, update: str, parameters: list[datetime]
) -> int:
    """Run an update; whatever is made of the table is then made anew."""
    row = connection.execute(update, parameters).fetchone()
    rows = int(row[0]) if row else 0
    if rows:
        landed = table.startswith("landing.")
        grow(connection, landing_of(kept.contract.family) if landed else table)
    return rows
