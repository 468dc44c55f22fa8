"""Reads indicators from a publication: figures with what their definition says about them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import duckdb

_QUERY: Final = """
    select
      value.indicator_id, definition.pillar, definition.system, definition.title,
      value.version, value.grain, value.period, value.period_start, value.period_end, value.as_of,
      value.dimension, value.member,
      if(value.suppressed, null, value.numerator) as numerator,
      if(value.suppressed, null, value.denominator) as denominator,
      if(value.suppressed, null, value.value) as value,
      value.unit, definition.decimals,
      value.baseline, value.target, value.status, value.suppression, definition.minimum_people,
      value.previous_value, value.year_before_value, value.trend, value.progress, value.publication_id
    from indicators.value as value
    join indicators.definition as definition using (indicator_id, version)
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an indicator as it was published."""

    indicator_id: str
    pillar: str
    system: str
    title: str
    version: int
    grain: str
    period: str
    period_start: date
    period_end: date
    as_of: date
    """Last day that is covered; before the period's end where that is in progress."""
    dimension: str
    member: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    unit: str
    decimals: int
    baseline: Decimal | None
    target: Decimal | None
    status: str
    suppression: str
    minimum_people: int | None
    previous_value: Decimal | None
    year_before_value: Decimal | None
    trend: str | None
    progress: str | None
    publication_id: str | None

    @property
    def suppressed(self) -> bool:
        """Whether the figure is withheld because it counts few people."""
        return self.suppression != "none"


def figures_of(connection: duckdb.DuckDBPyConnection, indicator_id: str) -> list[Figure]:
    """Every figure of an indicator, by period, the whole organisation first."""
    return _read(
        connection,
        f"{_QUERY} where value.indicator_id = ? "
        "order by value.period_end, value.grain, value.dimension, value.member",
        [indicator_id],
    )


def organisation_figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Every figure of the whole organisation, by indicator, kind of period, and period."""
    return _read(
        connection,
        f"{_QUERY} where value.dimension = 'organisation' "
        "order by value.indicator_id, value.grain, value.period_start",
        [],
    )


def yearly_figures(connection: duckdb.DuckDBPyConnection, indicator_id: str, dimension: str) -> list[Figure]:
    """Yearly figures of an indicator for the members of a dimension, oldest first."""
    return _read(
        connection,
        f"{_QUERY} where value.indicator_id = ? and value.dimension = ? and value.grain = 'year' "
        "order by value.period_start, value.member",
        [indicator_id, dimension],
    )


def region_figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Yearly figures, also to date, of every region, by region and indicator, oldest first."""
    return _read(
        connection,
        f"{_QUERY} where value.dimension = 'region' and value.grain in ('year', 'year_to_date') "
        "order by value.member, value.indicator_id, value.grain, value.period_start, value.period_end",
        [],
    )


def scorecard_figures(connection: duckdb.DuckDBPyConnection, period: str | None = None) -> list[Figure]:
    """Figures of the whole organisation: of a period, or of each indicator the newest year that there is.

    Indicators come in the order of their definitions. A year without a figure gives way to an older one,
    never a period that was asked for.
    """
    return _read(
        connection,
        f"""
        {_QUERY}
        where value.dimension = 'organisation'
          and if($period is null, value.grain = 'year', value.period = $period)
        qualify row_number() over (
          partition by value.indicator_id order by value.status = 'no_data', value.period_start desc
        ) = 1
        order by list_position(['principled', 'purposeful', 'prepared'], definition.pillar),
          definition.system, value.indicator_id
        """,
        {"period": period},
    )


def number(value: Decimal | None) -> int | float | None:
    """A figure as JSON holds it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def as_document(figure: Figure) -> dict[str, Any]:
    """A figure as a JSON object."""
    return {
        "id": figure.indicator_id,
        "pillar": figure.pillar,
        "system": figure.system,
        "title": figure.title,
        "version": figure.version,
        "grain": figure.grain,
        "period": figure.period,
        "period_start": figure.period_start.isoformat(),
        "period_end": figure.period_end.isoformat(),
        "as_of": figure.as_of.isoformat(),
        "dimension": figure.dimension,
        "member": figure.member,
        "value": number(figure.value),
        "unit": figure.unit,
        "numerator": number(figure.numerator),
        "denominator": number(figure.denominator),
        "baseline": number(figure.baseline),
        "target": number(figure.target),
        "status": figure.status,
        "suppressed": figure.suppressed,
        "previous_value": number(figure.previous_value),
        "year_before_value": number(figure.year_before_value),
        "trend": figure.trend,
        "progress": figure.progress,
        "publication_id": figure.publication_id,
    }


def _read(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any] | dict[str, Any]
) -> list[Figure]:
    return [Figure(*row) for row in connection.execute(query, parameters).fetchall()]
