"""Suppression of small numbers: cells that count few people lose their figures, also those derivable.

Cells add up to each other: regions to the organisation, offices to regions, members of a dimension to their
total, months to quarters and years. Wherever a sum is known, a single hidden cell in it is known as well, and
so is the sum of the hidden ones. So further cells are hidden until every sum hides at least two, and not few
people.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Suppression = Literal["none", "primary", "complementary"]
"""``primary``: counts too few people. ``complementary``: would give such a figure back by subtraction."""
Key = tuple[str, str, str]
"""Period, dimension and member of a cell."""
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
