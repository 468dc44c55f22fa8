"""The people that figures count: by part, and across indicators that count the same ones."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Final

from orgpulse_pipelines.indicators.adding_up import Calendar, Counted, Place
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.disclosure import Cell
from orgpulse_pipelines.indicators.measuring import ORGANISATION
from orgpulse_pipelines.indicators.same_people import Form, Rows, all_rows

_SPLIT: Final = ("numerator", "remainder")
"""Parts that add up to the denominator."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure before suppression; on a side that counts people, their number."""

    cell_id: int
    definition: Definition
    place: Place
    label: str
    numerator: float
    denominator: float

    def people(self, part: str) -> float:
        """People of a part; none where it is not protected."""
        if part not in self.protects:
            return 0.0
        if part == "remainder":
            return self.denominator - self.numerator
        return self.numerator if part == "numerator" else self.denominator

    def counts_few(self, threshold: int) -> bool:
        """Whether a protected part counts people, and fewer than the minimum."""
        minimum = minimum_of(self.definition, threshold)
        return any(0 < self.people(part) < minimum for part in self.protects)

    @property
    def protects(self) -> tuple[str, ...]:
        """The parts that count people."""
        return self.definition.small_number.protects if self.definition.small_number else ()


@dataclass(slots=True)
class _Side:
    """Where people are counted: a side of an indicator."""

    indicator: str
    side: str
    rows: Rows
    figures: list[Figure]
    is_average: bool

    def is_base(self, counted: Counted) -> bool:
        """Whether it is what two parts add up to."""
        return counted.split and self.side == "denominator"


def minimum_of(definition: Definition, threshold: int) -> int:
    """Fewest people that a figure may show: its own rule, never less than the threshold of the readers."""
    own = definition.small_number.minimum if definition.small_number else None
    return max(own or 0, threshold)


def counted_people(name: str, figures: list[Figure], threshold: int) -> Counted:
    """The people of an indicator's figures, all its versions together."""
    definitions = {figure.definition.version: figure.definition for figure in figures}.values()
    protected = {part for figure in figures for part in figure.protects}
    split = protected.issuperset(_SPLIT)
    # An average is told by the stocks that it is made of: they are protected instead.
    averages = {
        side for one in definitions for side, measure in one.measures.items() if measure.counts == "average"
    }
    parts = _SPLIT if split else tuple(sorted(protected - averages))
    shown: dict[Place, dict[str, tuple[float, ...]]] = defaultdict(dict)
    for figure in figures:
        shown[figure.place][figure.label] = tuple(figure.people(part) for part in parts)
    return Counted(
        id=name,
        flows=any(measure.counts == "flow" for one in definitions for measure in one.measures.values()),
        split=split,
        minimum=max((minimum_of(one, threshold) for one in definitions), default=threshold),
        shown=shown,
        small=frozenset((one.place, one.label) for one in figures if one.counts_few(threshold)),
    )


def link_same_people(
    figures: Mapping[str, list[Figure]],
    indicators: Mapping[str, Counted],
    threshold: int,
    calendar: Calendar,
) -> list[Counted]:
    """Let no indicator show the people that another one hides; the people that more than one counts."""
    sides: dict[Form, list[_Side]] = defaultdict(list)
    for side in _sides(figures):
        sides[side.rows.form].append(side)
    related = {
        (form, other): member
        for form, other in permutations(sides, 2)
        if (member := _member(sides[form], sides[other]))
    }
    needed = {form for pair in related for form in pair}
    bases: dict[Form, Counted] = {}
    for form, users in sides.items():
        shared = (
            len(users) > 1 or form in needed or any(one.is_base(indicators[one.indicator]) for one in users)
        )
        own = [one for one in users if not one.is_average]
        if shared and own:
            bases[form] = _base(f"people {len(bases)}", own, threshold)
            calendar.count(bases[form])
            for user in users:
                _link(bases[form], indicators[user.indicator], user, calendar)
    for (form, other), member in related.items():
        if form in bases and other in bases:
            _link_member(bases[form], bases[other], member)
    return list(bases.values())


def _sides(figures: Mapping[str, list[Figure]]) -> Iterator[_Side]:
    for name, own in figures.items():
        versions: dict[int, list[Figure]] = defaultdict(list)
        for figure in own:
            versions[figure.definition.version].append(figure)
        for of_version in versions.values():
            definition = of_version[0].definition
            for side, rows in all_rows(definition).items():
                if side in of_version[0].protects:
                    average = definition.measures[side].counts == "average"
                    yield _Side(name, side, rows, of_version, average)


def _member(sides: list[_Side], others: list[_Side]) -> Place | None:
    found = (one.rows.member_in(other.rows) for one in sides for other in others)
    return next((member for member in found if member is not None), None)


def _base(name: str, users: list[_Side], threshold: int) -> Counted:
    shown: dict[Place, dict[str, tuple[float, ...]]] = defaultdict(dict)
    minimum = threshold
    for user in users:
        for figure in user.figures:
            minimum = max(minimum, minimum_of(figure.definition, threshold))
            shown[figure.place][figure.label] = (figure.people(user.side),)
    small = frozenset(
        (place, label)
        for place, of_place in shown.items()
        for label, (people,) in of_place.items()
        if 0 < people < minimum
    )
    definition = users[0].figures[0].definition
    flows = definition.measures[users[0].side].counts == "flow"
    return Counted(name, flows, split=False, minimum=minimum, shown=shown, small=small)


def _link(base: Counted, indicator: Counted, user: _Side, calendar: Calendar) -> None:
    """Whoever counts these people hides with them, and they with whoever counts nobody else."""
    for figure in user.figures:
        cell = indicator.at[figure.place, figure.label]
        if user.is_average:
            period = calendar.periods[figure.label]
            for end in (period.before, period.end):
                stock = base.by_block.get((end,), {}).get(figure.place)
                if stock is not None:
                    stock.implies.append(cell)
            continue
        people = base.at[figure.place, figure.label]
        people.implies.append(cell)
        if user.is_base(indicator):
            cell.base = people
        else:
            cell.implies.append(people)
    if user.is_base(indicator):
        for (office, common), group in indicator.groups.items():
            group.base = group.base or (base.groups.get((office.base, common)) if office.base else None)


def _link_member(base: Counted, other: Counted, member: Place) -> None:
    for (place, label), cell in base.at.items():
        same: Cell | None = other.at.get((member, label)) if place == ORGANISATION else None
        if same is not None:
            cell.implies.append(same)
            same.implies.append(cell)
