"""Figures of different indicators that count the same people: what one hides, the others must not show.

The staff at the end of a year are a figure of their own and the denominator of several shares. Were each
suppressed by itself, one would show the part that the other needs to hide, and a hidden part would follow.
Which of them count the same is read from the figures, as somebody who wants to know would do: they are the
same wherever both are shown.
"""

from collections.abc import Iterator
from typing import Final

from orgpulse_pipelines.exports.shown_figures import UNKNOWN, ShownFigures
from orgpulse_pipelines.exports.sum_by_sum import Cell, Key, suppress
from orgpulse_pipelines.indicators.definition import Part

_SIDES: Final[tuple[Part, ...]] = ("numerator", "denominator")
Counted = tuple[ShownFigures, Part]
"""One side of an indicator."""


def counted_alike(figures: list[ShownFigures]) -> list[list[Counted]]:
    """Groups of sides that count the same people, each of several."""
    groups: list[list[Counted]] = []
    for one in _sides(figures):
        found = next((group for group in groups if any(_alike(one, other) for other in group)), None)
        if found is None:
            groups.append([one])
        else:
            found.append(one)
    return [group for group in groups if len(group) > 1]


def _sides(figures: list[ShownFigures]) -> Iterator[Counted]:
    for one in figures:
        for side in _SIDES:
            if side in one.definition.measures:
                yield one, side


def _alike(one: Counted, other: Counted) -> bool:
    (first, side), (second, other_side) = one, other
    common = (first.values.keys() - first.hidden) & (second.values.keys() - second.hidden)
    return any(first.people(key, side) for key in common) and all(
        first.people(key, side) == second.people(key, other_side) for key in common
    )


def hide_alike(group: list[Counted], threshold: int) -> None:
    """Suppress the number that the sides have in common, and hide in all of them what it takes."""
    cells: dict[Key, Cell] = {}
    for figures, side in group:
        for key in figures.values:
            people = figures.people(key, side)
            if key not in cells or cells[key].people == (UNKNOWN,):
                cells[key] = Cell((people,))
    suppress(cells, [one for figures, _ in group for one in figures.sums], threshold)
    for figures, _ in group:
        for key, cell in figures.cells.items():
            if cells[key].hidden and not cell.hidden:
                cell.suppression = "complementary"
