"""Careers: who enters, moves, is promoted and leaves, so that every year ends with the published staff."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import apportion, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.hr.positions import Filling, StaffingTable
from orgpulse_platform.simulator.organisation import Organisation, Unit
from orgpulse_platform.simulator.people import (
    INTERNATIONAL,
    RETIREMENT_AGE,
    UNGRADED,
    Kind,
    Person,
    Recruitment,
    one_day,
)
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.hr.careers import (
    AppointmentMade,
    PromotionGranted,
    ReassignmentMade,
    SeparationRecorded,
)

EARLIEST: Final = date(1990, 1, 15)
"""First day of the longest service."""
SERVICE_YEARS: Final[dict[Kind, float]] = {"staff": 5.0, "affiliate": 1.6}
"""Mean length of service at the start of the simulation, in years."""
QUIET: Final = ((1, 6), (12, 15))
"""First and last day (month, day) of a year on which anybody enters, moves or leaves: year ends are quiet."""
NEXT_GRADE: Final = {
    "G1": "G2", "G2": "G3", "G3": "G4", "G4": "G5", "G5": "G6", "G6": "G7",
    "NOA": "NOB", "NOB": "NOC", "NOC": "NOD",
    "P1": "P2", "P2": "P3", "P3": "P4", "P4": "P5", "P5": "D1", "D1": "D2",
}  # fmt: skip

Step = tuple[date, int, Callable[[date], None]]
"""Day, rank within the day, and what is done on it."""


class Careers:
    """The personnel of every year and the facts of their service."""

    def __init__(self, world: World, organisation: Organisation, chronicle: Chronicle) -> None:
        self._scenario = world.scenario
        self._scale = world.scale
        self._organisation = organisation
        self._chronicle = chronicle
        self._rng = world.stream("careers")
        self._recruitment = Recruitment(world, organisation)
        self._table = StaffingTable(world, self._recruitment, chronicle)
        self.people: list[Person] = []
        """Everybody who was ever in service, in the order of entry into the simulation."""
        self.fillings: list[Filling] = []
        """Every filling of a position since the history began."""
        self._serving: dict[Kind, defaultdict[str, list[Person]]] = {
            "staff": defaultdict(list),
            "affiliate": defaultdict(list),
        }

    def run(self) -> None:
        """Live through the history and every year of the scenario."""
        kinds: tuple[Kind, Kind] = ("staff", "affiliate")
        for kind in kinds:
            targets = self._targets(kind)
            self._found(kind, targets[self._scenario.first_year - 1])
            for year in self._scenario.years:
                self._live(kind, year, targets[year])

    @property
    def vacant(self) -> list[tuple[date, str]]:
        """The positions without incumbent at the end, with the first day on which each could be filled."""
        return self._table.vacant

    def _targets(self, kind: Kind) -> dict[int, dict[str, int]]:
        """Personnel of each office at the end of each year."""
        workforce = self._scenario.workforce
        units = self._organisation.units
        weights = [float(unit.staff) for unit in units]
        totals = {self._scenario.first_year - 1: workforce.staff_before, **self._scenario.staff_totals}
        if kind == "affiliate":
            # Large offices have fewer affiliates for each staff member, field offices more.
            weights = [weight**0.85 * (0.5 + self._rng.random()) for weight in weights]
            totals = workforce.affiliates
        return {
            year: dict(
                zip(
                    (unit.unit_id for unit in units),
                    apportion(round(total * self._scale), weights),
                    strict=True,
                )
            )
            for year, total in totals.items()
        }

    def _found(self, kind: Kind, targets: dict[str, int]) -> None:
        """Those who serve when the simulation begins, with the day on which each entered."""
        last = date(self._scenario.first_year - 1, *QUIET[1])
        for unit in self._organisation.units:
            for _ in range(targets[unit.unit_id]):
                years = self._rng.expovariate(1 / SERVICE_YEARS[kind])
                day = max(EARLIEST, last - timedelta(days=int(years * 365)))
                self._enter(kind, unit, day)

    def _live(self, kind: Kind, year: int, targets: dict[str, int]) -> None:
        """One year: some leave, some move, the rest of the need is recruited."""
        serving = self._serving[kind]
        need = {
            unit.unit_id: targets[unit.unit_id] - len(serving[unit.unit_id])
            for unit in self._organisation.units
        }
        leaving = self._choose_leavers(kind, year, need)
        for person in leaving:
            need[person.unit_id] += 1
        gone = set(map(id, leaving))
        staying = [person for people in serving.values() for person in people if id(person) not in gone]
        moving = list(self._choose_moves(staying, need))
        steps: list[Step] = [(self._day(year), 0, _bind(self._leave, person)) for person in leaving]
        steps += [(self._day(year), 1, _bind(self._move, person, unit)) for person, unit in moving]
        steps += [
            (self._day(year), 2, _bind(self._enter, kind, unit))
            for unit in self._organisation.units
            for _ in range(need[unit.unit_id])
        ]
        for day, _, step in sorted(steps, key=lambda step: step[:2]):
            step(day)
        if kind == "staff":
            self._promote(staying, year)

    def _day(self, year: int) -> date:
        return day_between(self._rng, date(year, *QUIET[0]), date(year, *QUIET[1]))

    def _choose_leavers(self, kind: Kind, year: int, need: dict[str, int]) -> list[Person]:
        """Those of retirement age, some others by chance, and as many as an office has too many."""
        rate = self._scenario.workforce.turnover[kind]
        retirement = date(year - RETIREMENT_AGE, 12, 31)
        leaving = []
        for unit_id, people in self._serving[kind].items():
            due = [
                person for person in people if person.birth_date <= retirement or self._rng.random() < rate
            ]
            surplus = -need[unit_id] - len(due)
            if surplus > 0:
                chosen = set(map(id, due))
                due += self._rng.sample([p for p in people if id(p) not in chosen], surplus)
            leaving += due
        return leaving

    def _choose_moves(self, staying: list[Person], need: dict[str, int]) -> Iterator[tuple[Person, Unit]]:
        """People who take a free place in another office; the place they leave becomes free."""
        workforce = self._scenario.workforce
        units = self._organisation.by_id
        for person in staying:
            international = person.grade in INTERNATIONAL
            if self._rng.random() >= (workforce.rotation if international else workforce.local_moves):
                continue
            country = units[person.unit_id].country
            free = [
                unit_id
                for unit_id, number in need.items()
                if number > 0
                and unit_id != person.unit_id
                and (international or units[unit_id].country == country)
            ]
            if free:
                target = self._rng.choice(free)
                need[target] -= 1
                need[person.unit_id] += 1
                yield person, units[target]

    def _enter(self, kind: Kind, unit: Unit, day: date) -> None:
        position_id, grade = None, UNGRADED
        if kind == "staff":
            position_id, grade = self._table.fill_any(unit, day)
            self._table.create_unfilled(unit, day)
        serving = self._serving[kind][unit.unit_id]
        leads = kind == "staff" and not any(person.manager for person in serving)
        person = self._recruitment.recruit(kind, grade, unit, day, leads)
        person.position_id = position_id
        serving.append(person)
        self.people.append(person)
        if position_id is not None:
            self.fillings.append(self._table.filled(position_id, person, day, internal=False))
        self._chronicle.tell(
            AppointmentMade,
            day,
            {
                "personnel_id": person.personnel_id,
                "full_name": person.name.full,
                "email": person.email,
                "birth_date": person.birth_date,
                "gender": person.gender,
                "nationality": person.nationality,
                "contract_type": kind,
                "grade": grade,
                "unit_id": unit.unit_id,
                "position_id": position_id,
                "manager": person.manager,
                "appointed_on": day,
            },
        )

    def _leave(self, person: Person, day: date) -> None:
        person.separated_on = one_day(day)
        self._serving[person.kind][person.unit_id].remove(person)
        self._table.vacate(person, day + timedelta(days=1))
        self._chronicle.tell(
            SeparationRecorded,
            day,
            {
                "personnel_id": person.personnel_id,
                "separated_on": day,
                "reason": self._reason(person, day),
            },
        )

    def _reason(self, person: Person, day: date) -> str:
        if (day - person.birth_date).days > 62 * 365.25:
            return "retirement"
        return self._rng.choices(("end_of_contract", "resignation", "other"), (60, 34, 6))[0]

    def _move(self, person: Person, unit: Unit, day: date) -> None:
        origin = person.unit_id
        self._table.vacate(person, day)
        self._serving[person.kind][origin].remove(person)
        if person.kind == "staff":
            person.position_id = self._table.fill_for(person, unit, day)
            self.fillings.append(self._table.filled(person.position_id, person, day, internal=True))
        person.move(day, unit.unit_id)
        self._serving[person.kind][unit.unit_id].append(person)
        self._chronicle.tell(
            ReassignmentMade,
            day,
            {
                "personnel_id": person.personnel_id,
                "from_unit_id": origin,
                "to_unit_id": unit.unit_id,
                "position_id": person.position_id,
                "effective_on": day,
            },
        )

    def _promote(self, staying: list[Person], year: int) -> None:
        for person in staying:
            grade = NEXT_GRADE.get(person.grade)
            if grade is None or self._rng.random() >= self._scenario.workforce.promotion:
                continue
            day = self._day(year)
            self._chronicle.tell(
                PromotionGranted,
                day,
                {
                    "personnel_id": person.personnel_id,
                    "from_grade": person.grade,
                    "to_grade": grade,
                    "effective_on": day,
                },
            )
            person.grade = grade
            person.promotions += (day,)


def _bind(step: Callable[..., None], *arguments: object) -> Callable[[date], None]:
    return lambda day: step(*arguments, day)
