"""What retention has done and has to do, contract by contract, as of any moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb

from orgpulse_pipelines.retention.subjects import LAST_SEEN, Kept, kept_contracts, see_everybody
from orgpulse_pipelines.retention.surrogate import UNLINKED, is_linked
from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_pipelines.warehouse.catalog import identifier


@dataclass(frozen=True, slots=True)
class Held:
    """Where the events of one contract stand."""

    event_type: str
    days: int
    """How long its rows may name somebody, after the last event about the same person or case."""
    linked: int
    """Events that still lead to somebody."""
    due: int
    """Events among them whose time has ended."""
    unlinked: int
    """Events that led to somebody once."""
    next_due: datetime | None
    """When the time of the next event ends (UTC); empty if none is linked."""


def holdings(connection: duckdb.DuckDBPyConnection, now: datetime) -> tuple[Held, ...]:
    """Every contract that names somebody; reads the warehouse and changes nothing in it."""
    as_of = now.astimezone(UTC).replace(tzinfo=None)
    contracts = kept_contracts(connection)
    see_everybody(connection, contracts)
    return tuple(_held(connection, kept, as_of) for kept in contracts)


def _held(connection: duckdb.DuckDBPyConnection, kept: Kept, as_of: datetime) -> Held:
    table = staging_table(kept.contract)
    names = [identifier(column) for one, column in kept.columns if one == table]
    if not names:
        return Held(kept.contract.event_type, kept.days, 0, 0, 0, None)
    events = " union all ".join(f"select event_id, {name} as pseudonym from {table}" for name in names)  # noqa: S608
    row = connection.execute(
        f"""
        select
          count(distinct event_id) filter ({is_linked("pseudonym")}),
          count(distinct event_id) filter (seen.arrived_at <= $last),
          count(distinct event_id) filter (starts_with(pseudonym, '{UNLINKED}')),
          min(seen.arrived_at)
        from ({events}) as event
        left join {LAST_SEEN} as seen using (pseudonym)
        """,  # noqa: S608 - names that contracts declare
        {"last": as_of - timedelta(days=kept.days)},
    ).fetchone()
    linked, due, unlinked, oldest = row or (0, 0, 0, None)
    next_due = oldest.replace(tzinfo=UTC) + timedelta(days=kept.days) if oldest else None
    return Held(kept.contract.event_type, kept.days, linked, due, unlinked, next_due)
