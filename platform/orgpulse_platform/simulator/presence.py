"""Who is in service where on a day."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from orgpulse_platform.simulator.people import Person

TRIES: Final = 200
"""Draws among all who ever served before somebody is looked for one by one."""


@dataclass(slots=True)
class Stays:
    """Everybody's stays in one office, one after the other; days are proleptic Gregorian ordinals."""

    people: list[Person] = field(default_factory=list[Person])
    first: "array[int]" = field(default_factory=lambda: array("i"))
    last: "array[int]" = field(default_factory=lambda: array("i"))

    def add(self, person: Person, first: date, last: date) -> None:
        """Add a stay, both days included."""
        self.people.append(person)
        self.first.append(first.toordinal())
        self.last.append(last.toordinal())

    def on(self, day: int) -> list[Person]:
        """Everybody who is there on that day."""
        stays = zip(self.people, self.first, self.last, strict=True)
        return [person for person, first, last in stays if first <= day <= last]


class Presence:
    """Looks up the personnel by day and office."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._stays: defaultdict[str, Stays] = defaultdict(Stays)
        for person in people:
            for unit_id, first, last in _stays(person):
                self._stays[unit_id].add(person, first, last)

    def anybody(self, rng: Random, day: date) -> Person | None:
        """Somebody in service on that day, all with the same chance; nobody where nobody is."""
        if not self._people:
            return None
        for _ in range(TRIES):
            person = rng.choice(self._people)
            if person.serves_on(day):
                return person
        return next((person for person in self._people if person.serves_on(day)), None)

    def in_office(self, unit_id: str, day: date) -> list[Person]:
        """Everybody who works in an office on that day, in the order of entry into the simulation."""
        return self._stays[unit_id].on(day.toordinal())

    def ever_in_office(self, unit_id: str) -> int:
        """How many people ever worked in an office."""
        return len(set(map(id, self._stays[unit_id].people)))


def _stays(person: Person) -> Iterator[tuple[str, date, date]]:
    """Office, first and last day of every stay of a person."""
    end = person.separated_on or date.max
    moves = person.moves
    for (first, unit_id), (following, _) in zip(moves, (*moves[1:], (date.max, "")), strict=True):
        last = min(end, following - timedelta(days=1))
        if first <= last:
            yield unit_id, first, last
