"""Which figures of an indicator add up to which: along the organisation, the dimensions, and time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

import duckdb

from orgpulse_pipelines.exports.sum_by_sum import Key, Sum
from orgpulse_pipelines.indicators.calendar import PERIOD, PLACE, UNKNOWN
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.measuring import ORGANISATION

_ABOVE: Final = ("region", "regional_office")
"""Levels that offices add up to, besides the whole organisation."""


class Calendar:
    """The periods and the places of offices in them, read once for all indicators."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._label: dict[tuple[str, int, int], str] = {}
        self._ends: dict[str, list[str]] = defaultdict(list)
        rows = connection.execute(
            f"select grain, label, year, number, as_of::varchar from {PERIOD} order by as_of, grain"  # noqa: S608
        ).fetchall()
        for grain, label, year, number, end in rows:
            self._label[grain, year, number] = label
            self._ends[end].append(label)
        self._offices = connection.execute(
            f"select distinct year(month_start)::varchar, office, region, regional_office from {PLACE}"  # noqa: S608
        ).fetchall()

    @cached_property
    def same_end(self) -> tuple[tuple[str, list[str]], ...]:
        """A period and another that ends on the same day: a stock is the same in both."""
        return tuple((first, [other]) for first, *others in self._ends.values() for other in others)

    @cached_property
    def flows(self) -> tuple[tuple[str, list[str]], ...]:
        """A period and others that it is made of."""
        return tuple(self._flows())

    def _flows(self) -> Iterator[tuple[str, list[str]]]:
        for (grain, year, number), label in self._label.items():
            parts: list[tuple[str, int, int]] = []
            match grain:
                case "quarter":
                    parts = [("month", year, 3 * number - back) for back in range(3)]
                case "year":
                    parts = [("quarter", year, quarter) for quarter in range(1, 5)]
                case "year_to_date":
                    parts = [("year_to_date", year, number - 1), ("month", year, number)]
            if parts:
                yield label, [self._label[part] for part in parts if part in self._label]
        for (grain, year, _), label in self._label.items():
            to_date = self._label.get(("year_to_date", year, 12))
            if grain == "year" and to_date is not None:
                yield label, [to_date]

    def offices_in(self) -> Iterator[tuple[str, str, str, list[str]]]:
        """Year, level, member of the level, and the offices that it held in some month of the year."""
        held: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for year, office, *above in self._offices:
            for level, member in zip(_ABOVE, above, strict=True):
                held[year, level, member or UNKNOWN].append(office)
        for (year, level, member), offices in held.items():
            yield year, level, member, offices


def sums_of(definition: Definition, keys: Iterable[Key], calendar: Calendar) -> list[Sum]:
    """Every sum between the figures of an indicator; counts of different things are taken to add up, too."""
    return [*_along_parts(keys, calendar), *_along_time(definition, keys, calendar)]


def _along_parts(keys: Iterable[Key], calendar: Calendar) -> Iterator[Sum]:
    parts: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in keys:
        label, dimension, _ = key
        if dimension != ORGANISATION[0]:
            parts[label, dimension].append(key)
    for (label, _), members in parts.items():
        yield Sum((label, *ORGANISATION), tuple(members))
    for label, level, member, offices in calendar.offices_in():
        yield Sum((label, level, member), tuple((label, "office", office) for office in offices))


def _along_time(definition: Definition, keys: Iterable[Key], calendar: Calendar) -> Iterator[Sum]:
    counts = {measure.counts for measure in definition.measures.values()}
    known = (
        *(calendar.flows if "flow" in counts else ()),
        *(calendar.same_end if counts != {"flow"} else ()),
    )
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for label, dimension, member in keys:
        labels[dimension, member].add(label)
    for (dimension, member), shown in labels.items():
        for total, parts in known:
            if total in shown and not shown.isdisjoint(parts):
                yield Sum((total, dimension, member), tuple((part, dimension, member) for part in parts))
