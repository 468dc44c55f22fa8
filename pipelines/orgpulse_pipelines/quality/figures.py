"""What the published tables say about each source system."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from orgpulse_pipelines.quality.errors import NoQualityTablesError

Row = Mapping[str, Any]

_EVENTS: Final = """
    select system, sum(kept)::bigint as kept, sum(duplicates)::bigint as duplicates,
        sum(rejected)::bigint as rejected
    from marts.completeness
    group by system
"""
_COMPLETENESS: Final = """
    with counted as (
        select *, min(month) filter (where reported is not null) over contract as first
        from marts.completeness
        window contract as (partition by system, event_type)
    )
    select
        system,
        sum(reported)::bigint as reported,
        coalesce(sum(missing), 0)::bigint as missing,
        coalesce(sum(extra), 0)::bigint as extra,
        coalesce(sum(unreported_days) filter (where month >= first), 0)::bigint as unreported_days,
        arg_max(event_type || ' in ' || strftime(month, '%Y-%m'), missing) as most_missing,
        arg_max(event_type || ' in ' || strftime(month, '%Y-%m'), extra) as most_extra
    from counted
    group by system
"""
_LATE: Final = """
    select system, sum(events)::bigint as events, sum(late)::bigint as late,
        arg_max(event_type || ' in ' || strftime(month, '%Y-%m'), late) as worst
    from marts.late_arrivals
    group by system
"""
_ORPHANS: Final = """
    select
        system,
        sum(rows)::bigint as rows,
        arg_max(table_name || '.' || column_name, rows) as worst
    from marts.orphans
    group by system
"""
_REJECTIONS: Final = """
    select system, mode(family) as family, mode(reason) as worst
    from core.rejected_event
    group by system
"""
_FRESHNESS: Final = """
    select
        system,
        max(newest_arrival) as newest_arrival,
        count(*) filter (where status <> 'unknown') as judged,
        count(*) filter (where status = 'silent') as silent,
        arg_max(event_type, silent_days) filter (where status = 'silent') as worst
    from marts.source_freshness
    group by system
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows by source system; a system that a table does not name is not in it."""

    events: Mapping[str, Row]
    completeness: Mapping[str, Row]
    late: Mapping[str, Row]
    orphans: Mapping[str, Row]
    rejections: Mapping[str, Row]
    freshness: Mapping[str, Row]


def read_figures(connection: duckdb.DuckDBPyConnection) -> Figures:
    """The figures of a publication; raises :class:`NoQualityTablesError` if it does not hold them."""
    try:
        return Figures(
            events=_by_system(connection, _EVENTS),
            completeness=_by_system(connection, _COMPLETENESS),
            late=_by_system(connection, _LATE),
            orphans=_by_system(connection, _ORPHANS),
            rejections=_by_system(connection, _REJECTIONS),
            freshness=_by_system(connection, _FRESHNESS),
        )
    except duckdb.CatalogException:
        raise NoQualityTablesError from None


def _by_system(connection: duckdb.DuckDBPyConnection, sql: str) -> Mapping[str, Row]:
    found = connection.execute(sql)
    names = [column[0] for column in found.description or ()]
    rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
    return {row["system"]: row for row in rows}
