"""What the warehouse itself knows about each family's events, from offsets to staging."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_schemas.contract import Family
from orgpulse_schemas.registry import all_families


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts of one family."""

    family: str
    published: int
    """Records on its raw topics, those included that retention has removed since."""
    waiting: int
    """At most so many records were not through the streams when the load began."""
    rejected: dict[str, int]
    """Distinct originals that were rejected, by reason code."""
    landed: int
    """Distinct originals that came through protection."""
    redelivered: int
    """Deliveries of an original beyond the first: streams deliver at least once."""
    events: int
    """Distinct events among what was landed."""
    kept: int
    """Events in staging."""
    quarantined: int
    """Records on the protected topics that are no event of a known contract."""

    @property
    def all_rejected(self) -> int:
        """Distinct originals that were rejected, for whatever reason."""
        return sum(self.rejected.values())

    @property
    def duplicates(self) -> int:
        """Landed originals that repeat an event: the same source and id."""
        return self.landed - self.events

    @property
    def unaccounted(self) -> int:
        """Published records that were neither rejected nor landed."""
        return self.published - self.all_rejected - self.landed


def measure(connection: duckdb.DuckDBPyConnection) -> tuple[Measured, ...]:
    """Count every family; raises :class:`ModelBuildError` if nothing was loaded yet."""
    with sql_errors("reconciliation"):
        return tuple(_measure(connection, family) for family in all_families().values())


def _measure(connection: duckdb.DuckDBPyConnection, family: Family) -> Measured:
    published, waiting = _row(
        connection,
        """
        select coalesce(sum(end_offset - begin_offset), 0), coalesce(sum(end_offset - processed_offset), 0)
        from landing.raw_watermarks
        where split_part(topic, '.', 2) = ?
        """,
        [family.name],
    )
    names = [about.name for about in family.contracts.values()]
    everything = " union all ".join(f"select origin, event_id from landing.{name}" for name in names)  # noqa: S608
    deliveries, landed, events = _row(
        connection,
        f"select count(*), count(distinct origin), count(distinct event_id) from ({everything})",  # noqa: S608
        [],
    )
    tables = [staging_table(about) for about in staged_contracts(family.name)]
    (kept,) = _row(
        connection,
        "select " + " + ".join(f"(select count(*) from {table})" for table in tables),  # noqa: S608
        [],
    )
    (quarantined,) = _row(
        connection,
        "select count(*) from landing.quarantine where split_part(topic, '.', 2) = ?",
        [family.name],
    )
    return Measured(
        family=family.name,
        published=published,
        waiting=waiting,
        rejected=_rejected(connection, family.name),
        landed=landed,
        redelivered=deliveries - landed,
        events=events,
        kept=kept,
        quarantined=quarantined,
    )


def _rejected(connection: duckdb.DuckDBPyConnection, family: str) -> dict[str, int]:
    rows = connection.execute(
        """
        with originals as (
            select origin, min(reason) as reason from landing.rejected where family = ? group by origin
        )
        select reason, count(*) from originals group by reason order by reason
        """,
        [family],
    ).fetchall()
    return {reason: int(count) for reason, count in rows}


def _row(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[object]) -> tuple[int, ...]:
    row = connection.execute(sql, parameters).fetchone()
    return tuple(int(value) for value in row or ())
