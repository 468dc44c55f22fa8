"""Reads from a publication what the pages say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import duckdb

from orgpulse_pipelines.indicators.figures import Figure, organisation_figures

PILLARS: Final = ("principled", "purposeful", "prepared")
GRAINS: Final = ("month", "quarter", "year", "year_to_date")
_PLACES: Final = ("organisation", "region", "regional_office", "office")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as its definition in force says, in English."""

    id: str
    version: int
    effective_from: date
    pillar: str
    system: str
    title: str
    definition: str
    numerator_meaning: str
    numerator_sql: str
    denominator_meaning: str | None
    denominator_sql: str | None
    factor: Decimal
    unit: str
    decimals: int
    direction: str
    places: tuple[str, ...]
    dimensions: tuple[str, ...]
    owner: str
    standard: str
    events: tuple[str, ...]
    minimum_people: int | None
    limitations: str
    target_source: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office as it is now or was last."""

    unit_id: str
    name: str
    unit_type: str
    region: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Period:
    """A period that has figures."""

    grain: str
    label: str
    start: date
    end: date
    complete: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the organisation that figures are for: the whole, a region, an office, a gender, a theme."""

    key: int
    """Names the slice in the files of figures."""
    dimension: str
    member: str

    @property
    def is_place(self) -> bool:
        """Whether it is a part by place; every indicator that knows offices has figures for it."""
        return self.dimension in _PLACES


@dataclass(frozen=True, slots=True)
class Version:
    """What an indicator's yearly figure said from a publication on."""

    period: str
    published_in: str
    version: int
    value: Decimal | None
    status: str


@dataclass(frozen=True)
class Content:
    """What the pages are made of."""

    publication_id: str
    published_at: datetime
    events: int
    indicators: tuple[Indicator, ...]
    offices: dict[str, Office]
    periods: dict[str, tuple[Period, ...]]
    """By kind of period, oldest first."""
    slices: tuple[Slice, ...]
    """The whole organisation first."""
    headline: dict[str, Figure]
    """By indicator: the figure that cards and overview show; none where an indicator has no figure at all."""
    series: dict[str, tuple[Figure, ...]]
    """By indicator: the figures of the whole organisation in the headline's kind of period, oldest first."""
    versions: dict[str, tuple[Version, ...]]
    """By indicator, newest first."""

    def by_system(self) -> dict[str, list[Indicator]]:
        """The indicators of each source system, by pillar."""
        found = groupby(self.indicators, key=lambda one: one.system)
        return {system: list(group) for system, group in found}


def read_content(connection: duckdb.DuckDBPyConnection) -> Content:
    """Read a publication; people's figures come suppressed, as they were published."""
    publication_id, published_at, events = connection.execute(
        "select publication_id, published_at, events from meta.publication"
    ).fetchall()[0]
    figures = organisation_figures(connection)
    headline: dict[str, Figure] = {}
    series: dict[str, tuple[Figure, ...]] = {}
    for indicator, group in groupby(figures, key=lambda figure: figure.indicator_id):
        of_indicator = list(group)
        chosen = headline_of(of_indicator)
        headline[indicator] = chosen
        series[indicator] = tuple(figure for figure in of_indicator if figure.grain == chosen.grain)
    return Content(
        publication_id,
        published_at,
        events,
        tuple(_indicators(connection)),
        {office.unit_id: office for office in _offices(connection)},
        _periods(connection),
        tuple(_slices(connection)),
        headline,
        series,
        _versions(connection),
    )


def headline_of(figures: Iterable[Figure]) -> Figure:
    """The figure that stands for an indicator: the newest complete year to date, else the newest year.

    A year to date is compared with the same months of the year before, which no season disturbs. A period
    without data gives way to an older one, one in progress to one that is over.
    """

    def rank(figure: Figure) -> tuple[bool, bool, bool, date]:
        return (
            figure.status != "no_data",
            figure.as_of == figure.period_end,
            figure.grain == "year_to_date",
            figure.period_end,
        )

    candidates = [figure for figure in figures if figure.grain in ("year", "year_to_date")]
    return max(candidates, key=rank)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterable[dict[str, Any]]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    return (dict(zip(names, row, strict=True)) for row in found.fetchall())


def _indicators(connection: duckdb.DuckDBPyConnection) -> Iterable[Indicator]:
    """The newest version of each, by pillar and system."""
    rows = _rows(
        connection,
        """
        select
          indicator_id as id, version, effective_from, pillar, system, title, definition, numerator_meaning,
          numerator_sql, denominator_meaning, denominator_sql, factor, unit, decimals, direction, places,
          dimensions, owner, standard, events, minimum_people, limitations, target_source
        from indicators.definition
        qualify row_number() over (partition by indicator_id order by version desc) = 1
        order by list_position(['principled', 'purposeful', 'prepared'], pillar), system, id
        """,
    )
    lists = ("places", "dimensions", "events")
    return [Indicator(**row | {name: tuple(row[name] or ()) for name in lists}) for row in rows]


def _offices(connection: duckdb.DuckDBPyConnection) -> Iterable[Office]:
    query = "select unit_id, name, unit_type, region, country from answers.offices order by name, unit_id"
    return [Office(**row) for row in _rows(connection, query)]


def _periods(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Period, ...]]:
    rows = _rows(
        connection,
        """
        select
          grain, period as label, period_start as start, period_end as end,
          bool_or(as_of = period_end) as complete
        from indicators.value
        group by all
        order by grain, period_start, period_end
        """,
    )
    found = groupby((Period(**row) for row in rows), key=lambda period: period.grain)
    by_grain = {grain: tuple(group) for grain, group in found}
    return {grain: by_grain[grain] for grain in GRAINS if grain in by_grain}


def _slices(connection: duckdb.DuckDBPyConnection) -> Iterable[Slice]:
    rows = connection.execute(
        """
        select dimension, member
        from (select distinct dimension, member from indicators.value)
        order by
          coalesce(list_position(['organisation', 'region', 'regional_office', 'office'], dimension), 9),
          dimension, member
        """
    ).fetchall()
    return [Slice(key, dimension, member) for key, (dimension, member) in enumerate(rows)]


def _versions(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Version, ...]]:
    rows = connection.execute(
        """
        select
          indicator_id, period, first_published_in, version, if(status = 'suppressed', null, value), status
        from indicators.history
        order by indicator_id, period desc, first_published_in desc
        """
    ).fetchall()
    by_indicator = groupby(rows, key=lambda row: row[0])
    return {id_: tuple(Version(*row[1:]) for row in group) for id_, group in by_indicator}
