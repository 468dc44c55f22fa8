"""The talent programmes: people enrol, are trained and mentored, complete, and are placed afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, islice
from typing import Final, Literal

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.hr.plan import Programme
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.hr.programmes import (
    OLDEST_YOUNG_TALENT,
    HrStrategyMilestoneReached,
    ProgrammeCompleted,
    ProgrammeEnrolled,
    ProgrammeMilestoneReached,
)

Name = Literal["el4m", "yeti"]
MID_CAREER_GRADES: Final = frozenset({"G6", "G7", "NOA", "NOB", "NOC", "P2", "P3", "P4"})
MENTORED_BY: Final = 0.12
"""Share of the programme's days within which a mentor is assigned; the training starts then as well."""
ASSIGNED_BY: Final = 0.5
"""Share of the programme's days after which the assignment starts."""


@dataclass(frozen=True, slots=True)
class Participation:
    """Somebody's time in a programme, as far as it can come about."""

    person: Person
    first: date
    last: date
    place: date | None
    """Day of a later step in the career, if there is one."""


class Programmes:
    """The participants of both programmes."""

    def __init__(self, world: World, people: list[Person], chronicle: Chronicle) -> None:
        self._world = world
        self._last_day = world.scenario.last_day
        self._people = people
        self._chronicle = chronicle
        self._rng = world.stream("programmes")
        self._enrolled: set[str] = set()

    def run(self) -> None:
        """Every intake of the mid-career and the young-talent programme."""
        plan = self._world.scenario.hr
        for year, number in plan.mid_career.intake.items():
            self._take_in("el4m", plan.mid_career, year, self._world.scaled(number))
        for year, number in plan.young_talent.intake.items():
            self._take_in("yeti", plan.young_talent, year, self._world.scaled(number))

    def _take_in(self, name: Name, plan: Programme, year: int, number: int) -> None:
        """Those with a later step in their career first, as many as are placed; then any others."""
        pool = list(self._candidates(name, plan, year))
        self._rng.shuffle(pool)
        with_place = [entry for entry in pool if entry.place is not None]
        placed = with_place[: round(number * plan.completed * plan.placed)]
        chosen = {id(entry) for entry in placed}
        others = (replace(entry, place=None) for entry in pool if id(entry) not in chosen)
        for entry in islice(chain(placed, others), number):
            self._enrolled.add(entry.person.personnel_id)
            self._enrol(name, entry)
            if entry.place is not None or self._rng.random() < plan.completed:
                self._complete(name, entry)

    def _candidates(self, name: Name, plan: Programme, year: int) -> Iterator[Participation]:
        """Who may enrol in the year, and how it would go on."""
        for person in self._people:
            if person.personnel_id in self._enrolled or not _admitted(name, person):
                continue
            service = person.service_within(date(year, 1, 15), date(year, 12, 10))
            if service is None:
                continue
            first = day_between(self._rng, *service)
            last = first + timedelta(days=self._rng.randint(*plan.days))
            if not person.serves_on(last) or (name == "yeti" and not _is_young(person, first)):
                continue
            yield Participation(person, first, last, self._placement(name, person, last, plan))

    def _placement(self, name: Name, person: Person, last: date, plan: Programme) -> date | None:
        """The next step after the programme: another office or grade, or for the young, still in service."""
        shortest, longest = plan.placement_days
        if name == "yeti":
            steps = [last + timedelta(days=self._rng.randint(shortest, longest))]
        else:
            steps = [*(day for day, _ in person.later_moves), *person.promotions]
        within = [day for day in steps if shortest <= (day - last).days <= longest]
        day = min(within, default=None)
        return day if day is not None and day <= self._last_day and person.serves_on(day) else None

    def _enrol(self, name: Name, entry: Participation) -> None:
        """First day, mentor and training."""
        person = entry.person
        self._chronicle.tell(
            ProgrammeEnrolled,
            entry.first,
            {
                "personnel_id": person.personnel_id,
                "programme": name,
                "birth_date": person.birth_date,
                "enrolled_on": entry.first,
            },
            hours=EARLY,
        )
        soon = round((entry.last - entry.first).days * MENTORED_BY)
        for milestone in ("mentor_assigned", "training_started"):
            self._reach(name, person, milestone, entry.first + timedelta(days=self._rng.randint(1, soon)))

    def _complete(self, name: Name, entry: Participation) -> None:
        """Assignment, last day, and the placement that follows, as far as they lie within the simulation."""
        person, days = entry.person, (entry.last - entry.first).days
        self._reach(
            name, person, "assignment_started", entry.first + timedelta(days=round(days * ASSIGNED_BY))
        )
        if entry.last <= self._last_day:
            self._chronicle.tell(
                ProgrammeCompleted,
                entry.last,
                {"personnel_id": person.personnel_id, "programme": name, "completed_on": entry.last},
            )
        if entry.place is not None:
            self._reach(name, person, "placed", entry.place)

    def _reach(self, name: Name, person: Person, milestone: str, day: date) -> None:
        if day <= self._last_day:
            self._chronicle.tell(
                ProgrammeMilestoneReached,
                day,
                {
                    "personnel_id": person.personnel_id,
                    "programme": name,
                    "milestone": milestone,
                    "reached_on": day,
                },
            )


def _admitted(name: Name, person: Person) -> bool:
    if name == "yeti":
        return person.kind == "affiliate"
    return person.kind == "staff" and person.grade in MID_CAREER_GRADES


def _is_young(person: Person, day: date) -> bool:
    """Whether the person has not yet turned a year older than the programme admits."""
    born = person.birth_date
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) <= OLDEST_YOUNG_TALENT


def reach_milestones(world: World, chronicle: Chronicle) -> None:
    """Tell the milestones of the HR strategy."""
    for milestone in world.scenario.hr.milestones:
        chronicle.tell(HrStrategyMilestoneReached, milestone.reached_on, milestone.model_dump())
