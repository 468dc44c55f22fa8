"""Which figures of people add up to which: along the organisation, the dimensions, and time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.calendar import PERIOD, PLACE, UNKNOWN
from orgpulse_pipelines.indicators.disclosure import Cell, Crossing, Sum, Within
from orgpulse_pipelines.indicators.measuring import ORGANISATION

Place = tuple[str, str]
"""Dimension and member."""
Shown = dict[str, tuple[float, ...]]
"""People of each part by label of the period."""
_ABOVE: Final = ("region", "regional_office")
"""Levels that offices add up to, besides the whole organisation."""
_MONTHS: Final = 3
"""Months of a quarter."""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period."""

    label: str
    grain: str
    year: int
    number: int
    """Month, quarter or, of a year to date, its last month; 1 for a year."""
    before: str
    """Last day before it."""
    end: str
    """Last day that it covers."""


@dataclass(slots=True)
class Counted:
    """All figures of one subject: an indicator, or the people that several indicators count."""

    id: str
    flows: bool
    """Whether months add up to quarters and years; else figures of the same last day are the same."""
    split: bool
    """Whether its two parts add up to a base: those of whom something is true, and the others."""
    minimum: int
    """Fewest people that may be shown."""
    shown: dict[Place, Shown]
    small: frozenset[tuple[Place, str]]
    """Places and labels of figures that count few people."""
    widths: dict[tuple[Place, str], float] = field(default_factory=dict)
    """How far figures must stay unknown, where that is not for the minimum to say."""
    at: dict[tuple[Place, str], Cell] = field(default_factory=dict)
    """The cell of each figure."""
    sums: list[Sum] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    groups: dict[tuple[Cell, tuple[str, str]], Cell] = field(default_factory=dict)
    """What the offices of a region and a regional office have in common, by each of them."""
    by_block: dict[tuple[str, ...], dict[Place, Cell]] = field(default_factory=lambda: defaultdict(dict))
    """Cells of the same time, by place."""

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells of figures."""
        for cells in self.by_block.values():
            yield from cells.values()


class Calendar:
    """The periods and the places of offices in them, read once for all indicators."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        rows = connection.execute(
            "select label, grain, year, number, (period_start - 1)::varchar, as_of::varchar "  # noqa: S608
            f"from {PERIOD} order by as_of, grain"
        ).fetchall()
        self.periods = {row[0]: Period(*row) for row in rows}
        self._offices = connection.execute(
            f"select distinct year(month_start), office, region, regional_office from {PLACE} order by all"  # noqa: S608
        ).fetchall()

    @cached_property
    def offices(self) -> dict[int, dict[str, list[tuple[str, str]]]]:
        """By year and office, the regions and regional offices that it belonged to in some month."""
        held: dict[int, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        for year, office, *above in self._offices:
            region, regional_office = (member or UNKNOWN for member in above)
            held[year][office].append((region, regional_office))
        return held

    def count(self, counted: Counted) -> None:
        """Make the cells of a subject, and the sums between them."""
        for place, shown in counted.shown.items():
            (_flow_cells if counted.flows else _stock_cells)(counted, place, shown, self.periods)
        for block, cells in counted.by_block.items():
            counted.sums += self._along_parts(counted, block, cells)

    def _along_parts(
        self, counted: Counted, block: tuple[str, ...], cells: Mapping[Place, Cell]
    ) -> Iterator[Sum]:
        total = cells.get(ORGANISATION)
        if total is None:
            return
        if total.within:
            # Only of a whole time is nothing known that bounds the parts of a hidden total.
            total.implies += [cell for cell in cells.values() if cell is not total]
        dimensions: dict[str, list[Cell]] = defaultdict(list)
        for (dimension, _), cell in cells.items():
            dimensions[dimension].append(cell)
        for dimension, parts in dimensions.items():
            if dimension not in (ORGANISATION[0], "office"):
                yield Sum(total, tuple(parts), counted.minimum, is_whole=True)
        if "office" in dimensions:
            yield from self._offices_of(counted, block, cells)

    def _offices_of(
        self, counted: Counted, block: tuple[str, ...], cells: Mapping[Place, Cell]
    ) -> Iterator[Sum]:
        """Offices add up to a region and to a regional office, first to what the two have in common."""
        places = self.offices[int(block[0][:4])]
        shared: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        for (dimension, member), cell in cells.items():
            if dimension == "office":
                for common in places.get(member, [(UNKNOWN, UNKNOWN)]):
                    shared[common].append(cell)
        above: dict[Place, list[Cell]] = defaultdict(list)
        crossed: list[tuple[Cell, Cell | None, Cell | None]] = []
        for common, offices in shared.items():
            group = _group(counted, block, common, offices)
            yield Sum(group, tuple(offices), counted.minimum)
            levels = tuple(zip(_ABOVE, common, strict=True))
            crossed.append((group, cells.get(levels[0]), cells.get(levels[1])))
            for level in levels:
                above[level].append(group)
        for level, parts in above.items():
            if level in cells:
                yield Sum(cells[level], tuple(parts), counted.minimum)
        counted.crossings.append(Crossing(tuple(crossed), counted.minimum))


def _group(counted: Counted, block: tuple[str, ...], common: tuple[str, str], offices: list[Cell]) -> Cell:
    """What offices have in common is not published, but known if it is not hidden."""
    counts = tuple((sum(cell.counts[part][0] for cell in offices),) for part in range(len(offices[0].counts)))
    small = any(0 < people < counted.minimum for (people,) in counts)
    group = Cell((counted.id, *block, *common), counts, small, split=counted.split)
    counted.groups |= {(cell, common): group for cell in offices}
    return group


def _stock_cells(counted: Counted, place: Place, shown: Shown, periods: Mapping[str, Period]) -> None:
    """One cell a day: a stock is the same in all periods that end with it."""
    ends: dict[str, list[str]] = defaultdict(list)
    for label in shown:
        ends[periods[label].end].append(label)
    for end, labels in ends.items():
        _cell(counted, (place, (end,)), labels, tuple((people,) for people in shown[labels[0]]))


def _flow_cells(counted: Counted, place: Place, shown: Shown, periods: Mapping[str, Period]) -> None:
    """For each year one cell for itself, one for its quarters, and one a quarter for its months."""
    years: dict[int, list[Period]] = defaultdict(list)
    for label in shown:
        years[periods[label].year].append(periods[label])
    for year, held in years.items():
        of = {(period.grain, period.number): period.label for period in held}
        _of_year(counted, place, str(year), of, shown)


def _of_year(
    counted: Counted, place: Place, year: str, of: Mapping[tuple[str, int], str], shown: Shown
) -> None:
    within: tuple[Within, ...] = ()
    parts = range(len(next(iter(shown.values()))))

    def people(grain: str, number: int, part: int) -> float:
        return shown[of[grain, number]][part] if (grain, number) in of else 0.0

    if ("year", 1) in of:
        label = of["year", 1]
        whole = _cell(counted, (place, (year, "year")), [label], tuple((one,) for one in shown[label]))
        within = (Within(whole, shown[label]),)
    quarters = [("quarter", number) for number in range(1, 5) if ("quarter", number) in of]
    to_date = [("year_to_date", 3 * number) for number in range(1, 5) if ("year_to_date", 3 * number) in of]
    detail = None
    if quarters:
        # Every quarter has its place, also one without figures, so that all members have the same ones.
        counts = tuple(
            (
                *(people("quarter", number, part) for number in range(1, 5)),
                *(people("year_to_date", 3 * number, part) for number in range(1, 5)),
            )
            for part in parts
        )
        labels = [of[one] for one in (*quarters, *to_date)]
        detail = _cell(counted, (place, (year, "quarters")), labels, counts, within)
    for quarter in range(1, 5):
        months = range(_MONTHS * quarter - 2, _MONTHS * quarter + 1)
        held = [
            (grain, month)
            for month in months
            for grain in ("month", "year_to_date")
            if (grain, month) in of and not (grain == "year_to_date" and detail and month == months[-1])
        ]
        if not held:
            continue
        around = within
        if detail is not None:
            totals = tuple(people("quarter", quarter, part) for part in parts)
            around = (Within(detail, totals), *within)
        counts = tuple(_of_quarter([people("month", month, part) for month in months]) for part in parts)
        _cell(counted, (place, (year, f"Q{quarter}")), [of[one] for one in held], counts, around)


def _of_quarter(months: list[float]) -> tuple[float, ...]:
    """The months, and what the year to date adds to the quarter before."""
    return (*months, months[0] + months[1])


def _cell(
    counted: Counted,
    at: tuple[Place, tuple[str, ...]],
    labels: list[str],
    counts: tuple[tuple[float, ...], ...],
    within: tuple[Within, ...] = (),
) -> Cell:
    place, block = at
    small = any((place, label) in counted.small for label in labels)
    cell = Cell((counted.id, *block, *place), counts, small, within, counted.split)
    cell.width = max((counted.widths.get((place, label), 0.0) for label in labels), default=0.0)
    for longer in within:
        longer.cell.implies.append(cell)
    counted.by_block[block][place] = cell
    for label in labels:
        counted.at[place, label] = cell
    return cell
