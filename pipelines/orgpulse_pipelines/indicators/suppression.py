"""Suppression of small numbers: cells that count few people lose their figures, also those derivable.

The step stands alone between evaluation and judgement, so that status and trend are judged on what may be
shown and nothing else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Final

from orgpulse_pipelines.indicators.cell import Cell, Period, Suppression

People = tuple[Decimal, ...]
"""How many people a part holds, counted in one or several ways."""
SEVERAL: Final = 2
"""Fewest hidden parts of a shown total: one alone is the total less the others."""


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
    counts = {_part(cell): tuple(map(cell.people, rule.protects)) for cell in cells}
    total = next((counts.pop(_part(cell)) for cell in cells if cell.is_total), ())
    total_is_shown = not _is_small(total, minimum)
    reasons = suppressed_parts(counts, minimum, total_is_shown=total_is_shown)
    return [
        cell.suppressed(reason) if (reason := _reason(cell, reasons, total_is_shown)) != "none" else cell
        for cell in cells
    ]


def _reason(cell: Cell, reasons: Mapping[str, Suppression], total_is_shown: bool) -> Suppression:
    if cell.is_total:
        return "none" if total_is_shown else "primary"
    return reasons.get(_part(cell), "none")


def _part(cell: Cell) -> str:
    return f"{cell.dimension}/{cell.member}"


def suppressed_parts(
    counts: Mapping[str, People],
    minimum: int,
    *,
    total_is_shown: bool,
    hidden_elsewhere: Collection[str] = (),
) -> dict[str, Suppression]:
    """Which parts of a total must be hidden and why; ``counts`` says how many people each part holds.

    A part may count its people in several ways, such as women and men: all of them are hidden together, and
    each adds up to a total of its own. Parts that another table hides stay hidden: two tables that hide
    different parts of the same people give each other's parts back.
    """
    primary = [part for part, people in counts.items() if _is_small(people, minimum)]
    also = [part for part in counts if part in hidden_elsewhere and part not in primary]
    hidden = [*primary, *also]
    added = _complement(counts, hidden, minimum) if hidden and total_is_shown else []
    reasons: dict[str, Suppression] = dict.fromkeys(primary, "primary")
    return reasons | dict.fromkeys((*also, *added), "complementary")


def _is_small(people: People, minimum: int) -> bool:
    return any(0 < count < minimum for count in people)


def _complement(counts: Mapping[str, People], hidden: list[str], minimum: int) -> list[str]:
    """The smallest further parts that must be hidden; parts without people protect nobody and come last."""
    shown = [part for part in counts if part not in hidden]
    shown.sort(key=lambda part: (max(counts[part]) == 0, max(counts[part]), part))
    added: list[str] = []
    while shown and not _is_safe([counts[part] for part in (*hidden, *added)], minimum):
        added.append(shown.pop(0))
    return added


def _is_safe(hidden: list[People], minimum: int) -> bool:
    sums = tuple(sum(people, Decimal(0)) for people in zip(*hidden, strict=True))
    return len(hidden) >= SEVERAL and not _is_small(sums, minimum)
