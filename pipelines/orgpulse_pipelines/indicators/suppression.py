"""Suppression of small numbers: cells that count few people lose their figures, also those derivable.

The step stands alone between evaluation and judgement, so that status and trend are judged on what may be
shown and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from orgpulse_pipelines.indicators.cell import Cell, Period
from orgpulse_pipelines.indicators.definition import Part


def suppress(cells: Iterable[Cell], threshold: int) -> list[Cell]:
    """The cells of one indicator, with those suppressed that count fewer people than the threshold.

    Where parts of the organisation are hidden and their total is shown, further parts are hidden until what
    is missing adds up to at least two parts and the threshold: subtraction then gives no small number back.
    """
    by_period: dict[Period, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_period[cell.period].append(cell)
    return [cell for group in by_period.values() for cell in _suppress_period(group, threshold)]


def _suppress_period(cells: list[Cell], threshold: int) -> list[Cell]:
    rule = cells[0].definition.small_number
    if rule is None:
        return cells
    minimum = rule.minimum or threshold
    primary = [cell for cell in cells if _is_small(cell, rule.protects, minimum)]
    hidden = [cell for cell in primary if not cell.is_total]
    total_is_shown = not any(cell.is_total for cell in primary)
    complementary: list[Cell] = []
    if hidden and total_is_shown:
        complementary = _complement(cells, hidden, rule.protects, minimum)
    return [
        cell.suppressed("primary")
        if cell in primary
        else cell.suppressed("complementary")
        if cell in complementary
        else cell
        for cell in cells
    ]


def _is_small(cell: Cell, parts: tuple[Part, ...], minimum: int) -> bool:
    return any(0 < cell.people(part) < minimum for part in parts)


def _complement(cells: list[Cell], hidden: list[Cell], parts: tuple[Part, ...], minimum: int) -> list[Cell]:
    """The smallest further parts that must be hidden; parts without people protect nobody and come last."""
    shown = [cell for cell in cells if not cell.is_total and cell not in hidden]
    shown.sort(key=lambda cell: (_size(cell, parts) == 0, _size(cell, parts), cell.member))
    added: list[Cell] = []
    while shown and not _is_safe([*hidden, *added], parts, minimum):
        added.append(shown.pop(0))
    return added


def _size(cell: Cell, parts: tuple[Part, ...]) -> Decimal:
    return max(cell.people(part) for part in parts)


def _is_safe(hidden: list[Cell], parts: tuple[Part, ...], minimum: int) -> bool:
    sums = [sum(cell.people(part) for cell in hidden) for part in parts]
    return len(hidden) >= 2 and not any(0 < people < minimum for people in sums)
