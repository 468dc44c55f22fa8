"""The performance cycle: one appraisal a year for everybody on staff.

A group of offices appraises one cycle under the policy that follows; which contract tells an appraisal
changes nothing about who is appraised, when and how.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.texts import appraisal_comment
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.hr.appraisals import AppraisalCompleted, AppraisalCompletedV2

DUE: Final = (11, 30)
"""Month and day on which a cycle's appraisals are due."""
OPENS: Final = (9, 15)
"""Month and day from which they can be completed."""
LATE_DAYS: Final = 120
"""A late appraisal is completed at most so many days after it was due."""
GOALS: Final = ("principled", "purposeful", "prepared")
GOAL_WEIGHTS: Final = (28, 33, 39)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A person's performance cycle."""

    person: Person
    year: int
    goal: str | None
    """Corporate goal that an objective is aligned to, if any."""
    completed_on: date | None = None
    """Day of the appraisal; nothing where there is none."""
    raters: int = 0
    """Number of people who gave feedback for a multi-rater appraisal."""


class Cycles:
    """Many performance cycles in a few bytes each, in their order."""

    def __init__(self) -> None:
        self._people: list[Person] = []
        self._years = array("H")
        self._goals: list[str | None] = []
        self._days = array("i")
        self._raters = array("B")

    def add(self, cycle: Cycle) -> None:
        """Add one at the end."""
        self._people.append(cycle.person)
        self._years.append(cycle.year)
        self._goals.append(cycle.goal)
        self._days.append(cycle.completed_on.toordinal() if cycle.completed_on else 0)
        self._raters.append(cycle.raters)

    def __iter__(self) -> Iterator[Cycle]:
        columns = zip(self._people, self._years, self._goals, self._days, self._raters, strict=True)
        for person, year, goal, day, raters in columns:
            yield Cycle(person, year, goal, date.fromordinal(day) if day else None, raters)


class Appraisals:
    """Everybody's performance cycles."""

    def __init__(self, world: World, organisation: Organisation, chronicle: Chronicle) -> None:
        self._scenario = world.scenario
        self._plan = world.scenario.hr.performance
        self._chronicle = chronicle
        self._rng = world.stream("appraisals")
        self._detail_rng = world.stream("appraisal details")
        self._raters = Weighted(self._plan.raters)
        self._pilot = {
            unit.unit_id for unit in organisation.units if unit.duty_station in self._plan.pilot_offices
        }

    def run(self, people: list[Person]) -> Cycles:
        """Appraise, cycle by cycle, the staff in service since the middle of the year."""
        cycles = Cycles()
        for year in self._scenario.years:
            middle, due = date(year, 6, 30), date(year, *DUE)
            for person in people:
                if person.kind == "staff" and person.serves_on(middle) and person.serves_on(due):
                    cycles.add(self._run_cycle(person, year))
        return cycles

    def _run_cycle(self, person: Person, year: int) -> Cycle:
        completed = self._completed_on(person, year)
        shares, rng = self._scenario.appraisals, self._rng
        if completed is None:
            aligned = self._detail_rng.random() < shares.aligned[year]
            return Cycle(person, year, self._goal(self._detail_rng, aligned))
        several = rng.random() < shares.multi_rater[year]
        aligned = rng.random() < shares.aligned[year]
        comments = appraisal_comment(rng) if rng.random() < shares.with_comments else None
        goal = self._goal(self._detail_rng, aligned)
        raters = self._raters.draw(self._detail_rng) if several else 0
        cycle = Cycle(person, year, goal, completed, raters)
        self._tell(cycle, completed, comments)
        return cycle

    def _completed_on(self, person: Person, year: int) -> date | None:
        shares, rng = self._scenario.appraisals, self._rng
        if rng.random() >= shares.completed[year]:
            return None
        due = date(year, *DUE)
        if rng.random() < shares.on_time[year]:
            completed = day_between(rng, date(year, *OPENS), due)
        else:
            completed = due + timedelta(days=1 + int(rng.random() * LATE_DAYS))
        if completed > self._scenario.last_day or not person.serves_on(completed):
            return None
        return completed

    def _goal(self, rng: Random, aligned: bool) -> str | None:
        return rng.choices(GOALS, GOAL_WEIGHTS)[0] if aligned else None

    def _tell(self, cycle: Cycle, completed: date, comments: str | None) -> None:
        person, year = cycle.person, cycle.year
        told: dict[str, Any] = {
            "personnel_id": person.personnel_id,
            "cycle": year,
            "due_on": date(year, *DUE),
            "completed_on": completed,
            "multi_rater": cycle.raters > 0,
        }
        if year == self._plan.pilot_cycle and person.unit_on(completed) in self._pilot:
            told |= {"raters": cycle.raters, "corporate_goal": cycle.goal or "none", "comments": comments}
            self._chronicle.tell(AppraisalCompletedV2, completed, told)
        else:
            told |= {"aligned_to_corporate_goal": cycle.goal is not None, "comments": comments}
            self._chronicle.tell(AppraisalCompleted, completed, told)
