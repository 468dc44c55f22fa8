"""The yearly figures of an indicator that a topic compares."""

from collections.abc import Iterable
from datetime import date

import duckdb

from orgpulse_pipelines.indicators.figures import Figure, yearly_figures

__all__ = ["last_day", "newest", "yearly_figures"]


def newest(figures: Iterable[Figure]) -> list[Figure]:
    """The figures of the newest year that is over and has data, or else of the year in progress."""
    listed = list(figures)
    known = [one for one in listed if one.status != "no_data"]
    if not known:
        return []
    chosen = max(known, key=lambda one: (one.as_of == one.period_end, one.period_start))
    return [one for one in listed if one.period_start == chosen.period_start]


def last_day(connection: duckdb.DuckDBPyConnection) -> date:
    """The last day that the figures cover; a day before all others where there are no figures."""
    found: tuple[date] = connection.execute(
        "select coalesce(max(as_of), date '0001-01-01') from indicators.value"
    ).fetchall()[0]
    return found[0]
