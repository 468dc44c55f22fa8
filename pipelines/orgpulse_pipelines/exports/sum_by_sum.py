"""Suppression for others, sum by sum: of what the publication hides nobody knows how many people it counts.

Cells add up to each other: regions to the organisation, offices to regions, members of a dimension to their
total, months to quarters and years. Wherever a sum is known, a single hidden cell in it is known as well, and
so is the sum of the hidden ones. So further cells are hidden until every sum hides at least two, and not few
people. The publication itself is suppressed by exchange (``indicators/disclosure.py``), which asks for the
numbers behind every hidden figure.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Suppression = Literal["none", "primary", "complementary"]
"""``primary``: counts too few people. ``complementary``: would give such a figure back by subtraction."""
Key = tuple[str, str, str]
"""Period, dimension and member of a cell."""
People = tuple[Decimal, ...]
"""How many people a part holds, counted in one or several ways."""
SEVERAL: Final = 2
"""Fewest hidden cells of a sum: one alone is what the others leave."""


@dataclass(slots=True)
class Cell:
    """What a figure says about how many people."""

    people: tuple[Decimal, ...]
    """People of each protected part."""
    suppression: Suppression = "none"

    @property
    def hidden(self) -> bool:
        """Whether the figure is withheld."""
        return self.suppression != "none"

    def is_small(self, minimum: int) -> bool:
        """Whether a part counts people, and fewer than the minimum."""
        return any(0 < count < minimum for count in self.people)


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that is the sum of others."""

    total: Key
    parts: tuple[Key, ...]


def suppress(cells: dict[Key, Cell], sums: Iterable[Sum], minimum: int) -> None:
    """Mark the cells that must be hidden: small ones, and those that would give them back."""
    for cell in cells.values():
        if cell.is_small(minimum):
            cell.suppression = "primary"
    complete = [one for one in sums if one.total in cells and any(part in cells for part in one.parts)]
    concerned: dict[Key, list[Sum]] = defaultdict(list)
    for one in complete:
        for key in (one.total, *one.parts):
            concerned[key].append(one)
    waiting = {id(one): one for one in complete}
    while waiting:
        _, one = waiting.popitem()
        for key in _complement(cells, one, minimum):
            cells[key].suppression = "complementary"
            waiting |= {id(other): other for other in concerned[key]}


def _complement(cells: dict[Key, Cell], one: Sum, minimum: int) -> list[Key]:
    """The smallest further cells of a sum that must be hidden; those without people protect nobody."""
    parts = [key for key in dict.fromkeys(one.parts) if key in cells]
    hidden = [key for key in (*parts, one.total) if cells[key].hidden]
    if not hidden:
        return []
    spare = [key for key in parts if not cells[key].hidden]
    spare.sort(key=lambda key: (max(cells[key].people) == 0, max(cells[key].people), key))
    if not cells[one.total].hidden:
        spare.append(one.total)
    added: list[Key] = []
    while spare and not _is_safe(cells, [*hidden, *added], one.total, minimum):
        added.append(spare.pop(0))
    return added


def _is_safe(cells: dict[Key, Cell], hidden: list[Key], total: Key, minimum: int) -> bool:
    if len(hidden) < SEVERAL:
        return False
    if total in hidden:
        return True
    sums = tuple(
        sum(people, Decimal(0)) for people in zip(*(cells[key].people for key in hidden), strict=True)
    )
    return not any(0 < people < minimum for people in sums)


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
    added = _complement_parts(counts, hidden, minimum) if hidden and total_is_shown else []
    reasons: dict[str, Suppression] = dict.fromkeys(primary, "primary")
    return reasons | dict.fromkeys((*also, *added), "complementary")


def _is_small(people: People, minimum: int) -> bool:
    return any(0 < count < minimum for count in people)


def _complement_parts(counts: Mapping[str, People], hidden: list[str], minimum: int) -> list[str]:
    """The smallest further parts that must be hidden; parts without people protect nobody and come last."""
    shown = [part for part in counts if part not in hidden]
    shown.sort(key=lambda part: (max(counts[part]) == 0, max(counts[part]), part))
    added: list[str] = []
    while shown and not _parts_are_safe([counts[part] for part in (*hidden, *added)], minimum):
        added.append(shown.pop(0))
    return added


def _parts_are_safe(hidden: list[People], minimum: int) -> bool:
    sums = tuple(sum(people, Decimal(0)) for people in zip(*hidden, strict=True))
    return len(hidden) >= SEVERAL and not _is_small(sums, minimum)
