"""The staffing table: positions that are created, filled, vacated and filled again."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.organisation import Unit
from orgpulse_platform.simulator.people import INTERNATIONAL, Person, Recruitment, one_day
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.hr.positions import PositionCreated, PositionVacated

LEAD_DAYS: Final = (20, 240)
"""How long before it is first filled a position is created, in days."""
LEAST_VACANT_DAYS: Final = 30
"""A position is advertised and decided before it is filled again; that takes so many days."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A position and who filled it."""

    position_id: str
    grade: str
    open_since: date
    """First day on which it could have been filled."""
    person: Person
    day: date
    internal: bool
    """Whether the person came from another office of the organisation."""


class StaffingTable:
    """Positions by office; which are vacant since when."""

    def __init__(self, world: World, recruitment: Recruitment, chronicle: Chronicle) -> None:
        self._chronicle = chronicle
        self._recruitment = recruitment
        self._rng = world.stream("positions")
        self._vacant_share = world.scenario.workforce.vacant_positions
        self._created = 0
        self._vacant: defaultdict[str, list[tuple[date, str, str]]] = defaultdict(list)
        self._grades: dict[str, str] = {}
        self._open_since: dict[str, date] = {}

    def fill_any(self, unit: Unit, day: date) -> tuple[str, str]:
        """A position in the office that can be filled on that day, and its grade."""
        for index, (since, position_id, grade) in enumerate(self._vacant[unit.unit_id]):
            if _fillable(since, day) and self._rng.random() > self._vacant_share:
                del self._vacant[unit.unit_id][index]
                return position_id, grade
        grade = self._recruitment.grade_for(unit)
        return self._create(unit, grade, day), grade

    def fill_for(self, person: Person, unit: Unit, day: date) -> str:
        """A position in the office for a person who moves there and keeps the grade."""
        for index, (since, position_id, grade) in enumerate(self._vacant[unit.unit_id]):
            if _fillable(since, day) and (grade in INTERNATIONAL) == (person.grade in INTERNATIONAL):
                del self._vacant[unit.unit_id][index]
                return position_id
        return self._create(unit, person.grade, day)

    def vacate(self, person: Person, day: date) -> None:
        """The person leaves the position; the day is the first without incumbent."""
        position_id = person.position_id
        if position_id is None:
            return
        self._vacant[person.unit_id].append((day, position_id, self._grades[position_id]))
        self._open_since[position_id] = one_day(day)
        person.position_id = None
        self._chronicle.tell(
            PositionVacated, day, {"position_id": position_id, "vacated_on": day}, hours=EARLY
        )

    def filled(self, position_id: str, person: Person, day: date, internal: bool) -> Filling:
        """What is to be known of a filling."""
        return Filling(
            position_id, self._grades[position_id], self._open_since[position_id], person, day, internal
        )

    @property
    def vacant(self) -> list[tuple[date, str]]:
        """The positions without incumbent, with the first day on which each can be filled."""
        return [(since, position_id) for places in self._vacant.values() for since, position_id, _ in places]

    def create_unfilled(self, unit: Unit, day: date) -> None:
        """Create a position that waits to be filled, now and then."""
        if self._rng.random() < self._vacant_share:
            grade = self._recruitment.grade_for(unit)
            position_id = self._create(unit, grade, day)
            self._vacant[unit.unit_id].append((day + timedelta(days=60), position_id, grade))

    def _create(self, unit: Unit, grade: str, before: date) -> str:
        self._created += 1
        position_id = f"N{100_000 + self._created}"
        self._grades[position_id] = grade
        created_on = before - timedelta(days=self._rng.randint(*LEAD_DAYS))
        self._open_since[position_id] = one_day(created_on)
        self._chronicle.tell(
            PositionCreated,
            created_on,
            {
                "position_id": position_id,
                "unit_id": unit.unit_id,
                "grade": grade,
                "created_on": created_on,
            },
        )
        return position_id


def _fillable(since: date, day: date) -> bool:
    return since + timedelta(days=LEAST_VACANT_DAYS) <= day
