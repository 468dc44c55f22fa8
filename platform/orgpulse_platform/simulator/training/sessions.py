"""Face-to-face sessions and webinars: held in offices, attended by the people who work there."""

from collections import defaultdict
from datetime import date
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.names import invent_name
from orgpulse_platform.simulator.organisation import Organisation, Unit
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.scenario import SessionPlan
from orgpulse_platform.simulator.training.e_learning import in_audience
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.training.courses import AttendanceRecorded, SessionHeld

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
        self, world: World, organisation: Organisation, people: list[Person], chronicle: Chronicle
    ) -> None:
        self._world = world
        self._organisation = organisation
        self._chronicle = chronicle
        self._rng = world.stream("sessions")
        self._released = {course.course_id: course.released_on for course in world.scenario.courses}
        self._held = 0
        self.attendances: list[tuple[str, date]] = []
        """Course and day of every attendance."""
        self._ever_in: defaultdict[str, list[Person]] = defaultdict(list)
        for person in people:
            for unit_id in {unit_id: None for _, unit_id in person.moves}:
                self._ever_in[unit_id].append(person)

    def run(self) -> None:
        """Hold the sessions of every plan."""
        for plan in self._world.scenario.sessions:
            reached: set[str] = set()
            offices = self._choose_offices(plan)
            for year, people in plan.people.items():
                self._reach(plan, year, self._world.scaled(people), offices, reached)

    def _choose_offices(self, plan: SessionPlan) -> list[Unit]:
        """Offices for the sessions: each office's chance grows with its size."""
        units = [unit for unit in self._organisation.units if len(self._ever_in[unit.unit_id]) > 0]
        units.sort(key=lambda unit: -(len(self._ever_in[unit.unit_id]) * self._rng.random()))
        return units[: plan.offices]

    def _reach(
        self, plan: SessionPlan, year: int, number: int, offices: list[Unit], reached: set[str]
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
                for person in self._ever_in[unit.unit_id]
                if person.serves_on(day)
                and in_audience(person, plan.audience)
                and person.unit_on(day) == unit.unit_id
            ]
            new = [person for person in present if person.personnel_id not in reached]
            if not new:
                continue
            attending = self._rng.sample(new, min(len(new), number, self._rng.randint(*SIZE)))
            number -= len(attending)
            attending += [p for p in present if p.personnel_id in reached and self._rng.random() < AGAIN]
            reached.update(person.personnel_id for person in attending)
            self._hold(plan.course_id, unit, day, attending)

    def _hold(self, course_id: str, unit: Unit, day: date, attending: list[Person]) -> None:
        self._held += 1
        session_id = f"S{100_000 + self._held}"
        named = self._rng.random() < FACILITATOR_NAMED
        facilitator = invent_name(self._rng, unit.country, "female") if named else None
        self._chronicle.tell(
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
        for person in attending:
            self.attendances.append((course_id, day))
            self._chronicle.tell(
                AttendanceRecorded,
                day,
                {"session_id": session_id, "personnel_id": person.personnel_id, "attended_on": day},
            )
