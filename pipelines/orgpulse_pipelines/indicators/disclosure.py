"""Suppression of small numbers: cells that count few people lose their figures, also those derivable.

Wherever a sum is known, a hidden cell in it is known but for what the other hidden ones can take from it or
give to it. So further cells are hidden until, in every sum, people could as well have been counted in another
hidden cell: so many that the small number may be any of at least ``minimum`` numbers beside its own. Such an
exchange changes no figure that is shown, whatever else is published. That is why every exchange stays within
what is known of the cells besides: within their own totals over a longer time where these are shown, and
within their base where another indicator shows it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Final

Counts = tuple[tuple[float, ...], ...]
"""People of each part: in a cell, one number for each of the figures that are hidden together with it."""
SEVERAL: Final = 2
"""Fewest hidden cells of a sum: one alone is what the others leave."""


@dataclass(slots=True, eq=False)
class Cell:
    """Figures that are hidden together, and how many people they count."""

    key: tuple[str, ...]
    """What orders cells that count the same."""
    counts: Counts
    small: bool
    """Whether a figure counts people, and fewer than the minimum."""
    within: tuple["Within", ...] = ()
    """The longer times that hold this one, the next one first: the quarter and the year."""
    split: bool = False
    """Whether the two parts add up to a base that may be known from elsewhere unless ``base`` is hidden."""
    width: float = 0.0
    """How far its figures must stay unknown if they are no numbers of people, but amounts; else nothing."""
    base: "Cell | None" = None
    implies: list["Cell"] = field(default_factory=list)
    """Cells that show the same people, and are hidden with this one."""
    hidden: bool = False
    """Whether the figures are withheld."""

    @property
    def size(self) -> float:
        """Most people that one of its figures counts."""
        return max((max(part, default=0) for part in self.counts), default=0)

    @property
    def base_is_hidden(self) -> bool:
        """Whether both parts may change, each for itself."""
        return not self.split or (self.base is not None and self.base.hidden)

    def total(self, depth: int, part: int) -> float:
        """People of a part in a longer time; endless beyond the last one."""
        return self.within[depth].totals[part] if depth < len(self.within) else inf


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """The longer time that a cell is a part of."""

    cell: Cell
    """The cell that shows the longer time."""
    totals: tuple[float, ...]
    """People of each part in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A cell whose figures are the sums of those of others; the order of the figures is the same."""

    total: Cell
    parts: tuple[Cell, ...]
    minimum: int
    """Fewest people that may be shown."""
    is_whole: bool = False
    """Whether the total is part of nothing else: hidden, it is bounded by nothing that is shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """Cells that add up in two ways at once, each to one cell of both."""

    cells: tuple[tuple[Cell, Cell | None, Cell | None], ...]
    """A cell and the two that it is a part of; nothing where such a one is not published."""
    minimum: int

    def exposed(self) -> Cell | None:
        """What must be hidden so that every small cell can exchange people with another one unseen.

        Two cells can if they have both totals in common, where hidden totals are as good as one: people who
        change between them change no figure that is shown.
        """
        alike: dict[tuple[Cell | None, Cell | None], list[Cell]] = defaultdict(list)
        for cell, *totals in self.cells:
            first, second = (None if total is None or total.hidden else total for total in totals)
            alike[first, second].append(cell)
        for common, cells in alike.items():
            hidden = [cell for cell in cells if cell.hidden]
            if any(cell.small for cell in hidden) and _exposed_among(hidden, self.minimum):
                spare = [cell for cell in cells if not cell.hidden and cell.size]
                around = [total for total in common if total is not None] or self._shown_totals()
                return min(spare or around, key=lambda cell: (cell.size, cell.key), default=None)
        return None

    def _shown_totals(self) -> list[Cell]:
        return [total for _, *totals in self.cells for total in totals if total and not total.hidden]


def suppress(
    cells: Iterable[Cell],
    sums: Iterable[Sum],
    crossings: Iterable[Crossing] = (),
    withheld: Iterable[Cell] = (),
) -> None:
    """Mark the cells that must be hidden: small ones, and those that would give them back.

    What is ``withheld`` already stays hidden, and need not be protected itself. Long times come before short
    ones: the more of them is hidden, the less must be hidden in the short ones.
    """
    concerned: dict[Cell, list[Sum]] = defaultdict(list)
    for addition in sums:
        for cell in (addition.total, *addition.parts):
            concerned[cell].append(addition)
    waiting = _Waiting(concerned)
    for cell in (*withheld, *(cell for cell in cells if cell.small)):
        waiting.hide(cell)
    crossings = tuple(crossings)
    while True:
        while (one := waiting.next()) is not None:
            for partner in _complement(one):
                waiting.hide(partner)
        found = [exposed for crossing in crossings if (exposed := crossing.exposed())]
        if not found:
            return
        for exposed in found:
            waiting.hide(exposed)


class _Waiting:
    """Sums in which something was hidden, by the number of longer times that hold them."""

    def __init__(self, concerned: Mapping[Cell, list[Sum]]) -> None:
        self._concerned = concerned
        self._sums: dict[int, dict[Sum, None]] = defaultdict(dict)

    def hide(self, cell: Cell) -> None:
        """Hide a cell and whatever shows the same people."""
        reached = [cell]
        while reached:
            one = reached.pop()
            if not one.hidden:
                one.hidden = True
                for concerned in self._concerned.get(one, ()):
                    self._sums[len(concerned.total.within)][concerned] = None
                reached += one.implies

    def next(self) -> Sum | None:
        """The sum to look at, of the longest time that there is; nothing once all are safe."""
        for depth in sorted(self._sums):
            if self._sums[depth]:
                return self._sums[depth].popitem()[0]
        return None


def _complement(one: Sum) -> Iterator[Cell]:
    """The cells that must be hidden for a sum to be safe; whoever asks for the next has hidden the last."""
    spare = sorted(one.parts, key=lambda cell: (cell.size == 0, cell.size, cell.key))
    while exposed := _exposed([part for part in one.parts if part.hidden], one):
        cell = _partner(exposed, spare) or next((part for part in spare if not part.hidden), None)
        if cell is None:
            if one.total.hidden:
                return
            cell = one.total
        yield cell


def _exposed(hidden: list[Cell], one: Sum) -> Cell | None:
    """A cell of the sum of which too much can be known; nothing if it is safe."""
    if not hidden:
        return one.total if one.total.hidden and one.total.size else None
    if one.is_whole and one.total.hidden and not one.total.within:
        return None
    if len(hidden) + one.total.hidden < SEVERAL:
        return hidden[0]
    return _exposed_among(hidden, one.minimum)


def _exposed_among(hidden: list[Cell], minimum: int) -> Cell | None:
    for people in zip(*(sum(cell.counts, ()) for cell in hidden), strict=True):
        if 0 < sum(people) < minimum:
            return hidden[0]
    return next((cell for cell in hidden if cell.small and not _is_open(cell, hidden, minimum)), None)


def _partner(exposed: Cell, parts: list[Cell]) -> Cell | None:
    """The longer time of another part, where that of the exposed one is hidden: then they exchange more."""
    for depth in reversed(range(len(exposed.within))):
        if exposed.within[depth].cell.hidden:
            longer = (part.within[depth].cell for part in parts if part.size)
            return next((cell for cell in longer if not cell.hidden), None)
    return None


def _is_open(cell: Cell, hidden: list[Cell], minimum: int) -> bool:
    others = [other for other in hidden if other is not cell]
    return all(
        _width(cell, others, part, figure) >= (cell.width or minimum)
        for part, counts in enumerate(cell.counts)
        for figure, people in enumerate(counts)
        if people > 0 and (cell.width or people < minimum)
    )


def _width(cell: Cell, others: list[Cell], part: int, figure: int) -> float:
    """How far a number of people can go up and down together by exchange with other hidden cells.

    Within the quarter first, then within the year if the quarters are hidden, then without a bound if the
    years are hidden, too.
    """
    widest = 0.0
    for depth in range(len(cell.within) + 1):
        if depth:
            if not cell.within[depth - 1].cell.hidden:
                break
            others = [other for other in others if other.within[depth - 1].cell.hidden]
        here = _Place(part, figure, depth)
        widest = max(widest, here.exchange(cell, others, split=cell.split))
        if cell.split and cell.base_is_hidden:
            free = [other for other in others if other.base_is_hidden]
            widest = max(widest, here.exchange(cell, free, split=False))
    return widest


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure of a part, and how long the time is within which people can be exchanged."""

    part: int
    figure: int
    depth: int

    def exchange(self, cell: Cell, others: list[Cell], *, split: bool) -> float:
        """How far people of the part can go up and down; of a split cell the other part moves against it."""
        people, rest = self._here_and_elsewhere([cell])
        theirs, their_rest = self._here_and_elsewhere(others)
        up, down = min(theirs, rest), min(people, their_rest)
        if split:
            against = _Place(1 - self.part, self.figure, self.depth)
            people, rest = against._here_and_elsewhere([cell])
            theirs, their_rest = against._here_and_elsewhere(others)
            up, down = min(up, people, their_rest), min(down, theirs, rest)
        return up + down

    def _here_and_elsewhere(self, cells: list[Cell]) -> tuple[float, float]:
        """People in the figure of these cells, and in the rest of the longer time."""
        here = sum(cell.counts[self.part][self.figure] for cell in cells)
        return here, sum(cell.total(self.depth, self.part) for cell in cells) - here if cells else 0.0
