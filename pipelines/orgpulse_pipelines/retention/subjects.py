"""The tables whose rows name somebody, how long they may, and when each one's time ends."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final

import duckdb

from orgpulse_pipelines.landing.pseudonyms import pseudonym_columns
from orgpulse_pipelines.retention.surrogate import is_linked
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table, versions
from orgpulse_pipelines.warehouse.catalog import identifier
from orgpulse_schemas.contract import About

LAST_SEEN: Final = "retention_last_seen"
"""Temporary table: every pseudonym that is still linked, and when the last event about it arrived."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The tables of one event, whatever its version, and the columns in them that name somebody."""

    contract: About
    """The newest version."""
    days: int
    """How long its rows may name somebody, in days: the shortest of all versions."""
    columns: tuple[tuple[str, str], ...]
    """Table and column, landing before staging."""


def kept_contracts(connection: duckdb.DuckDBPyConnection) -> tuple[Kept, ...]:
    """Every event that names somebody and has a table by now; no other row says anything about anybody."""
    tables = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where database_name = current_database() and schema_name in ('landing', 'staging')"
    ).fetchall()
    present = {name for (name,) in tables}
    return tuple(
        replace(kept, columns=columns)
        for kept in _stated()
        if (columns := tuple(one for one in kept.columns if one[0] in present))
    )


@cache
def _stated() -> tuple[Kept, ...]:
    """The same as the contracts state it, whatever tables there are."""
    columns = [(one.table, one.name) for one in pseudonym_columns()]
    found: list[Kept] = []
    for newest in staged_contracts():
        tables = {f"landing.{about.name}" for about in versions(newest)} | {staging_table(newest)}
        own = tuple(dict.fromkeys(one for one in columns if one[0] in tables))
        if own:
            days = min(about.retention_days for about in versions(newest))
            found.append(Kept(newest, days, own))
    return tuple(found)


def has_old_events(connection: duckdb.DuckDBPyConnection, kept: Kept, as_of: datetime) -> bool:
    """Whether any event is older than its retention: DuckDB knows the oldest without reading the rows."""
    last = as_of - timedelta(days=kept.days)
    tables = dict.fromkeys(table for table, _ in kept.columns if table.startswith("landing."))
    oldest = (connection.execute(f"select min(arrived_at) from {table}").fetchone() for table in tables)  # noqa: S608
    return any(row and row[0] and row[0] <= last for row in oldest)


def see_everybody(connection: duckdb.DuckDBPyConnection, contracts: Iterable[Kept]) -> None:
    """Fill ``LAST_SEEN`` from all landed events.

    The time of what is known about somebody runs from the last event about the same person or case: all rows
    that belong together end together, and figures over them stay what they were.
    """
    parts = ["select null::varchar as pseudonym, null::timestamp as arrived_at limit 0"]
    parts += [
        f"select {name} as pseudonym, arrived_at from {table} where {is_linked(name)}"  # noqa: S608
        for kept in contracts
        for table, name in ((table, identifier(column)) for table, column in kept.columns)
        if table.startswith("landing.")
    ]
    seen = " union all ".join(f"({part})" for part in parts)
    connection.execute(
        f"create or replace temp table {LAST_SEEN} as "  # noqa: S608
        f"select pseudonym, max(arrived_at) as arrived_at from ({seen}) group by pseudonym"
    )
