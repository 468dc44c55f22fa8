"""A knowledgeable reader who tries to recover suppressed figures from everything that is published.

The reader knows the definitions (they are published), which figures add up to which, that months make
quarters, years and years to date, that a stock is the same in all periods with the same last day, which
indicators count the same people, who is a member of whom, and that nobody is counted less than zero times.
From all this they write equations between what is shown and what is hidden, and let a solver find the
smallest and the greatest number of people that each hidden figure can count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.same_people import all_rows

Row = Mapping[str, Any]
Key = tuple[str, str, str, str, str]
"""Indicator, side or remainder, period, dimension and member."""
Term = tuple[float, Key]
ORGANISATION = ("organisation", "all")
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Found:
    """What the reader knows of a hidden number of people."""

    key: Key
    people: float
    minimum: int
    lower: float
    upper: float

    @property
    def is_exposed(self) -> bool:
        """Whether fewer numbers are possible than the rule of protection demands."""
        return self.upper - self.lower < self.minimum - TOLERANCE


@dataclass
class Reader:
    """Equations of a reader; ``offices`` names by year each office's region and regional office."""

    definitions: dict[tuple[str, int], Definition]
    published: list[Row]
    offices: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._shown: dict[Key, float | None] = {}
        self._period: dict[str, Row] = {}
        self._members: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
        self._labels: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
        for row in self.published:
            definition = self.definitions[row["indicator_id"], row["version"]]
            self._period[row["period"]] = row
            for part, people in _parts(definition, row).items():
                key = (definition.id, part, row["period"], row["dimension"], row["member"])
                self._shown[key] = None if row["suppressed"] else people
                self._members[key[:4]].append(key[4])
                self._labels[(key[0], key[1], key[3], key[4])].append(key[2])

    def attack(self, truth: Iterable[Row], threshold: int) -> Iterator[Found]:
        """The interval of every hidden part that counts few people; ``truth`` holds all figures."""
        wanted: dict[Key, float] = {}
        minima: dict[Key, int] = {}
        for row in truth:
            definition = self.definitions[row["indicator_id"], row["version"]]
            rule = definition.small_number
            minimum = max(rule.minimum or 0, threshold) if rule else 0
            for part, people in _parts(definition, row).items():
                key = (definition.id, part, row["period"], row["dimension"], row["member"])
                if (
                    rule
                    and part in rule.protects
                    and 0 < people < minimum
                    and not _is_average(definition, part)
                ):
                    wanted[key], minima[key] = people, minimum
        for key, (lower, upper) in self._intervals(wanted).items():
            yield Found(key, wanted[key], minima[key], lower, upper)

    def _intervals(self, wanted: Mapping[Key, float]) -> dict[Key, tuple[float, float]]:
        equations = [equation for equation in self._equations() if len(equation) > 1]
        found = {key: (value, value) for key in wanted if (value := self._shown.get(key)) is not None}
        for component, own in _components(equations, self._shown):
            targets = [key for key in component if key in wanted]
            if targets:
                found |= _solve(component, own, targets, self._shown)
        # Whoever stands in no equation is bounded by nothing.
        return {key: found.get(key, (0.0, inf)) for key in wanted}

    def _equations(self) -> Iterator[list[Term]]:
        yield from self._of_parts()
        yield from self._of_places()
        yield from self._of_time()
        yield from self._of_the_same_people()

    def _of_parts(self) -> Iterator[list[Term]]:
        for key in self._shown:
            if key[1] == "remainder":
                numerator, denominator = ((key[0], side, *key[2:]) for side in ("numerator", "denominator"))
                yield [(1, key), (1, numerator), (-1, denominator)]

    def _of_places(self) -> Iterator[list[Term]]:
        for (indicator, part, label, dimension), members in self._members.items():
            if not self._adds_up(indicator, part):
                continue
            total = (indicator, part, label, *ORGANISATION)
            if dimension != "organisation" and total in self._shown:
                keys = [(indicator, part, label, dimension, member) for member in members]
                yield [(-1, total), *((1, key) for key in keys)]
            if dimension == "office":
                yield from self._of_offices(indicator, part, label, members)

    def _of_offices(self, indicator: str, part: str, label: str, members: list[str]) -> Iterator[list[Term]]:
        above: dict[tuple[str, str], list[str]] = defaultdict(list)
        for office in members:
            region, regional_office = self.offices.get((label[:4], office), ("unknown", "unknown"))
            above["region", region].append(office)
            above["regional_office", regional_office].append(office)
        for level, offices in above.items():
            total = (indicator, part, label, *level)
            if total in self._shown:
                yield [(-1, total), *((1, (indicator, part, label, "office", one)) for one in offices)]

    def _of_time(self) -> Iterator[list[Term]]:
        for (indicator, part, *place), labels in self._labels.items():
            counts = self._counts(indicator, part)
            of = {label: (indicator, part, label, *place) for label in labels}
            if counts == {"flow"} and self._adds_up(indicator, part):
                yield from _of_flow(of)
            elif counts == {"stock"}:
                ends: dict[Any, list[Key]] = defaultdict(list)
                for label, key in of.items():
                    ends[self._period[label]["as_of"]].append(key)
                for first, *others in ends.values():
                    yield from ([(1, first), (-1, other)] for other in others)

    def _of_the_same_people(self) -> Iterator[list[Term]]:
        sides = {
            (definition.id, side): (rows, definition.measures[side])
            for definition in self.definitions.values()
            if definition.small_number
            for side, rows in all_rows(definition).items()
        }
        for (one, side), (rows, measure) in sides.items():
            for (other, their_side), (their_rows, their_measure) in sides.items():
                if (one, side) == (other, their_side) or their_measure.counts == "average":
                    continue
                if rows.form == their_rows.form and measure.counts == "average":
                    yield from self._averages((one, side), (other, their_side))
                elif rows.form == their_rows.form:
                    for key in self._of(one, side):
                        same = (other, their_side, *key[2:])
                        if same in self._shown:
                            yield [(1, key), (-1, same)]
                elif member := rows.member_in(their_rows):
                    for key in self._of(one, side):
                        same = (other, their_side, key[2], *member)
                        if key[3:] == ORGANISATION and same in self._shown and measure.counts != "average":
                            yield [(1, key), (-1, same)]

    def _averages(self, average: tuple[str, str], stock: tuple[str, str]) -> Iterator[list[Term]]:
        at = {(self._period[key[2]]["as_of"], *key[3:]): key for key in self._of(*stock)}
        for key in self._of(*average):
            period = self._period[key[2]]
            ends = [at.get((end, *key[3:])) for end in (period["day_before"], period["as_of"])]
            if None not in ends:
                yield [(2, key), *((-1, end) for end in ends if end)]

    def _of(self, indicator: str, part: str) -> Iterator[Key]:
        for key in self._shown:
            if key[:2] == (indicator, part):
                yield key

    def _sides(self, indicator: str, part: str) -> list[Any]:
        sides = ("numerator", "denominator") if part == "remainder" else (part,)
        return [
            definition.measures[side]
            for (name, _), definition in self.definitions.items()
            if name == indicator
            for side in sides
            if side in definition.measures
        ]

    def _counts(self, indicator: str, part: str) -> set[str]:
        return {measure.counts for measure in self._sides(indicator, part)}

    def _adds_up(self, indicator: str, part: str) -> bool:
        return all(measure.aggregate == "sum" for measure in self._sides(indicator, part))


def _is_average(definition: Definition, part: str) -> bool:
    return part in definition.measures and definition.measures[part].counts == "average"


def _parts(definition: Definition, row: Row) -> dict[str, float]:
    """People by part; a median is no number of people."""
    rule = definition.small_number
    if rule is None or any(one.aggregate not in ("sum", "distinct") for one in definition.measures.values()):
        return {}
    parts = {side: float(row[side] or 0) for side in definition.measures}
    if "remainder" in rule.protects:
        parts["remainder"] = parts["denominator"] - parts["numerator"]
    return parts


def _of_flow(of: Mapping[str, Key]) -> Iterator[list[Term]]:
    for label, key in of.items():
        parts: list[str] = []
        if "YTD" in label:
            year, month = label[:4], int(label[5:7])
            parts = [f"{year}-{number:02}" for number in range(1, month + 1)]
        elif "Q" in label:
            year, quarter = label[:4], int(label[-1])
            parts = [f"{year}-{number:02}" for number in range(3 * quarter - 2, 3 * quarter + 1)]
        elif len(label) == len("2019"):
            parts = [f"{label}-Q{number}" for number in range(1, 5)]
            if f"{label}-12 YTD" in of:
                yield [(1, key), (-1, of[f"{label}-12 YTD"])]
        held = [of[part] for part in parts if part in of]
        if held:
            yield [(-1, key), *((1, part) for part in held)]


def _components(
    equations: list[list[Term]], shown: Mapping[Key, float | None]
) -> Iterator[tuple[list[Key], list[list[Term]]]]:
    """Hidden figures that hang together, and the equations between them."""
    above: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        above.setdefault(key, key)
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    hidden = [[key for _, key in equation if shown.get(key) is None] for equation in equations]
    for keys in hidden:
        for key in keys[1:]:
            above[root(key)] = root(keys[0])
    members: dict[Key, list[Key]] = defaultdict(list)
    own: dict[Key, list[list[Term]]] = defaultdict(list)
    for keys, equation in zip(hidden, equations, strict=True):
        if keys:
            own[root(keys[0])].append(equation)
    for key in {key for keys in hidden for key in keys}:
        members[root(key)].append(key)
    for head, keys in members.items():
        yield sorted(keys), own[head]


def _solve(
    keys: list[Key], equations: list[list[Term]], targets: list[Key], shown: Mapping[Key, float | None]
) -> dict[Key, tuple[float, float]]:
    column = {key: place for place, key in enumerate(keys)}
    rows, columns, factors, right = [], [], [], []
    for number, equation in enumerate(equations):
        known = 0.0
        for factor, key in equation:
            value = shown.get(key)
            if value is None:
                rows.append(number)
                columns.append(column[key])
                factors.append(factor)
            else:
                known += factor * value
        right.append(-known)
    matrix = csr_array((factors, (rows, columns)), shape=(len(equations), len(keys)))
    found = {}
    for key in targets:
        ends = []
        for sign in (1, -1):
            objective = np.zeros(len(keys))
            objective[column[key]] = sign
            answer = linprog(objective, A_eq=matrix, b_eq=right, method="highs")
            if answer.status not in (0, 3):
                raise AssertionError(f"the published figures contradict each other: {key}, {answer.message}")
            ends.append(sign * answer.fun if answer.status == 0 else inf)
        lower, upper = ends
        found[key] = (
            float(ceil(lower - TOLERANCE)),
            inf if upper == inf else float(floor(upper + TOLERANCE)),
        )
    return found
