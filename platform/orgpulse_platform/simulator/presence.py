"""Who is in service where on a day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Final

from orgpulse_platform.simulator.people import Person

TRIES: Final = 200
"""Draws among all who ever served before somebody is looked for one by one."""


class Presence:
    """Looks up the personnel by day and office."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._ever_in: defaultdict[str, list[Person]] = defaultdict(list)
        for person in people:
            for unit_id in dict.fromkeys(unit_id for _, unit_id in person.moves):
                self._ever_in[unit_id].append(person)

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
        """Everybody who works in an office on that day."""
        return [
            person
            for person in self._ever_in[unit_id]
            if person.serves_on(day) and person.unit_on(day) == unit_id
        ]
