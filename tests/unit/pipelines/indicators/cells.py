"""Cells for tests of suppression and judgement."""

from datetime import date
from decimal import Decimal

from orgpulse_pipelines.indicators.cell import Cell, Period
from orgpulse_pipelines.indicators.definition import Definition, load_definitions

DEFINITIONS = {one.id: one for one in load_definitions()}
RATIO = DEFINITIONS["women_among_staff"]
COUNT = DEFINITIONS["staff_at_year_end"]
THINGS = DEFINITIONS["facility_inventory_coverage"]


def period(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), str(year))


def cell(
    numerator: int | str | None,
    denominator: int | str | None = None,
    region: str | None = None,
    year: int = 2019,
    definition: Definition = RATIO,
) -> Cell:
    """A cell of a region, or without one of the whole organisation."""
    return Cell(
        definition=definition,
        period=period(year),
        dimension="organisation" if region is None else "region",
        member=region or "all",
        numerator=None if numerator is None else Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
    )


def with_total(regions: dict[str, tuple[int, int]], definition: Definition = RATIO) -> list[Cell]:
    """Cells of regions and their total."""
    total = (sum(n for n, _ in regions.values()), sum(d for _, d in regions.values()))
    return [
        cell(*total, definition=definition),
        *(cell(*parts, region=region, definition=definition) for region, parts in regions.items()),
    ]
