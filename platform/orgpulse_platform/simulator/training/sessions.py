"""Face-to-face sessions and webinars: held in offices, attended by the people who work there."""

from array import array
from datetime import date
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.names import invent_name
from orgpulse_platform.simulator.organisation import Organisation, Unit
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.presence import Presence
from orgpulse_platform.simulator.scenario import SessionPlan
from orgpulse_platform.simulator.training.catalogue import Session
from orgpulse_platform.simulator.training.e_learning import in_audience
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.training.courses import AttendanceRecorded, SessionHeld

FIRST_NUMBER: Final = 100_001
SIZE: Final = (8, 38)
"""Fewest and most people whom one session reaches for the first time, where the office has them."""
AGAIN: Final = 0.04
"""Chance that somebody already reached attends again."""
FACILITATOR_NAMED: Final = 0.9
LAST_DAY: Final = (12, 15)
"""Month and day of the last sessions of a year."""


class Sessions:
    """The sessions of every course and who attended them."""

    def __init__(
        self, world: World, organisation: Organisation, presence: Presence, chronicle: Chronicle
    ) -> None:
        self._world = world
        self._organisation = organisation
        self._chronicle = chronicle
        self._rng = world.stream("sessions")
        self._released = {course.course_id: course.released_on for course in world.scenario.courses}
        self._presence = presence
        self.held: list[Session] = []
        """Every session."""

    def run(self) -> None:
        """Hold the sessions of every plan."""
        for plan in self._world.scenario.sessions:
            reached: set[Person] = set()
            offices = self._choose_offices(plan)
            for year, people in plan.people.items():
                self._reach(plan, year, self._world.scaled(people), offices, reached)

    def _choose_offices(self, plan: SessionPlan) -> list[Unit]:
        """Offices for the sessions: each office's chance grows with its size."""
        people = {unit: self._presence.ever_in_office(unit.unit_id) for unit in self._organisation.units}
        units = [unit for unit, number in people.items() if number > 0]
        units.sort(key=lambda unit: -(people[unit] * self._rng.random()))
        return units[: plan.offices]

    def _reach(
        self, plan: SessionPlan, year: int, number: int, offices: list[Unit], reached: set[Person]
    ) -> None:
        """Hold sessions until exactly so many people are reached for the first time, as far as there are any.

        The chosen offices take turns; should they run out of people, the others follow.
        """
        others = [unit for unit in self._organisation.units if unit not in offices]
        for unit in (*self._rng.sample(offices, len(offices)), *offices, *offices, *others):
            if number == 0:
                return
            first = max(date(year, 1, 15), self._released[plan.course_id])
            day = day_between(self._rng, first, date(year, *LAST_DAY))
            present = [
                person
                for person in self._presence.in_office(unit.unit_id, day)
                if in_audience(person, plan.audience)
            ]
            new = [person for person in present if person not in reached]
            if not new:
                continue
            attending = self._rng.sample(new, min(len(new), number, self._rng.randint(*SIZE)))
            number -= len(attending)
            attending += [p for p in present if p in reached and self._rng.random() < AGAIN]
            reached.update(attending)
            self._hold(plan.course_id, unit, day, attending)

    def _hold(self, course_id: str, unit: Unit, day: date, attending: list[Person]) -> None:
        session_id = f"S{FIRST_NUMBER + len(self.held)}"
        named = self._rng.random() < FACILITATOR_NAMED
        facilitator = invent_name(self._rng, unit.country, "female") if named else None
        at = self._chronicle.tell(
            SessionHeld,
            day,
            {
                "session_id": session_id,
                "course_id": course_id,
                "unit_id": unit.unit_id,
                "held_on": day,
                "language": unit.language,
                "facilitator_name": facilitator.full if facilitator else None,
            },
            hours=EARLY,
        )
        attended_at = array("q")
        for person in attending:
            told = {"session_id": session_id, "personnel_id": person.personnel_id, "attended_on": day}
            attended_at.append(self._chronicle.tell(AttendanceRecorded, day, told))
        self.held.append(
            Session(
                session_id,
                course_id,
                unit.unit_id,
                unit.language,
                day,
                at,
                tuple(attending),
                attended_at,
            )
        )
