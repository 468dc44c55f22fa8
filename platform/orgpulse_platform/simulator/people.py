"""A person of the simulated organisation, and how one is recruited."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final, Literal

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.names import Name, email_address, invent_name
from orgpulse_platform.simulator.organisation import Organisation, Unit
from orgpulse_platform.simulator.world import World

Kind = Literal["staff", "affiliate"]
INTERNATIONAL: Final = frozenset({"P1", "P2", "P3", "P4", "P5", "D1", "D2"})
UNGRADED: Final = "UG"
FIRST_NUMBER: Final = 100_000
"""Personnel numbers begin after it."""
NATIONAL_SHARE: Final = 0.96
"""Share of locally recruited personnel who are nationals of the country."""
OTHER_GENDER: Final = 0.002
RETIREMENT_AGE: Final = 65
SENIORITY: Final = {
    "P1": 24, "P2": 27, "P3": 32, "P4": 38, "P5": 43, "D1": 48, "D2": 50,
    "NOA": 26, "NOB": 30, "NOC": 35, "NOD": 40, "G6": 27, "G7": 30,
}  # fmt: skip
"""Youngest age at entry by grade; 22 elsewhere."""


@cache
def one_day(day: date) -> date:
    """The same day for everybody, so that memory holds it once."""
    return day


@dataclass(slots=True, eq=False)
class Person:
    """One of the personnel, from entry to separation.

    A large organisation has a million of them: what can be told from something else is not kept.
    """

    number: int
    """How many were recruited until then."""
    name: Name
    birth_date: date
    gender: str
    nationality: str
    kind: Kind
    grade: str
    """Grade reached so far."""
    manager: bool
    appointed_on: date
    entered_unit_id: str
    """First office."""
    unit_id: str
    """Office reached so far."""
    separated_on: date | None = None
    """Last day of service."""
    later_moves: tuple[tuple[date, str], ...] = ()
    """First day in each office after the first, in order."""
    position_id: str | None = None
    promotions: tuple[date, ...] = ()
    """First day in each grade after the first."""

    @property
    def personnel_id(self) -> str:
        """The number that the HR system gives."""
        return f"P{FIRST_NUMBER + self.number}"

    @property
    def email(self) -> str:
        """The official address."""
        return email_address(self.name, self.number)

    @property
    def moves(self) -> tuple[tuple[date, str], ...]:
        """First day in each office, in order."""
        return ((self.appointed_on, self.entered_unit_id), *self.later_moves)

    def move(self, day: date, unit_id: str) -> None:
        """Work in another office from that day on."""
        self.unit_id = unit_id
        self.later_moves += ((day, unit_id),)

    def serves_on(self, day: date) -> bool:
        """Whether the day lies within service."""
        return self.appointed_on <= day and (self.separated_on is None or day <= self.separated_on)

    def unit_on(self, day: date) -> str:
        """The office of assignment on a day of service."""
        here = self.entered_unit_id
        for since, unit_id in self.later_moves:
            if since > day:
                break
            here = unit_id
        return here

    def service_within(self, first: date, last: date) -> tuple[date, date] | None:
        """First and last day of service within two days; nothing where there is none."""
        start = max(first, self.appointed_on)
        end = last if self.separated_on is None else min(last, self.separated_on)
        return (start, end) if start <= end else None


class Recruitment:
    """Invents the people who enter."""

    def __init__(self, world: World, organisation: Organisation) -> None:
        workforce, rng = world.scenario.workforce, world.stream("people")
        self._rng = rng
        self._women = workforce.women
        self._managers = workforce.managers
        self._countries = [*organisation.main_office, *world.scenario.other_nationalities]
        rng.shuffle(self._countries)
        home = {country: 1.0 + rng.random() ** 3 * 8 for country in self._countries}
        self._nationalities = Weighted(home)
        self._grades = {profile: Weighted(dict(weights)) for profile, weights in workforce.grades.items()}
        self._unrepresented = list(self._countries)
        self._recruited = 0

    def grade_for(self, unit: Unit) -> str:
        """Grade of a new position in an office."""
        return self._grades[unit.profile].draw(self._rng)  # type: ignore[index]

    def recruit(self, kind: Kind, grade: str, unit: Unit, day: date, leads: bool = False) -> Person:
        """A new person who enters the office on that day, at that grade."""
        rng = self._rng
        self._recruited += 1
        gender = self._gender(grade)
        nationality = self._nationality(grade, unit)
        name = invent_name(rng, nationality, gender)
        return Person(
            number=self._recruited,
            name=name,
            birth_date=one_day(self._birth_date(grade, day)),
            gender=gender,
            nationality=nationality,
            kind=kind,
            grade=grade,
            manager=leads or rng.random() < self._managers.get(grade, 0.0),
            appointed_on=one_day(day),
            entered_unit_id=unit.unit_id,
            unit_id=unit.unit_id,
        )

    def _gender(self, grade: str) -> str:
        draw = self._rng.random()
        if draw > 1 - OTHER_GENDER:
            return "other"
        return "female" if draw < self._women[grade] else "male"

    def _nationality(self, grade: str, unit: Unit) -> str:
        if grade in INTERNATIONAL:
            return self._unrepresented.pop() if self._unrepresented else self._nationalities.draw(self._rng)
        return unit.country if self._rng.random() < NATIONAL_SHARE else self._nationalities.draw(self._rng)

    def _birth_date(self, grade: str, day: date) -> date:
        """A plausible age at entry; long service before the simulation began must still end by retirement."""
        oldest = min(60, RETIREMENT_AGE - 2 - max(0, 2016 - day.year))
        youngest = min(SENIORITY.get(grade, 22), oldest - 1)
        age = self._rng.triangular(youngest, oldest, min(youngest + 4, oldest))
        return day - timedelta(days=int(age * 365.25))
