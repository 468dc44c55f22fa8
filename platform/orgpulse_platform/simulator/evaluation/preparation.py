"""Evaluations before they are published: planned, started, and some not finished by the end."""

from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.evaluation.evaluations import EvaluationPlanned, EvaluationStarted

DELAY_DAYS: Final = (-30, 120)
"""An evaluation is published so many days after the day planned for it."""


def number_of(evaluation: int) -> str:
    """The number of the first, second … evaluation."""
    return f"E{10_000 + evaluation}"


class Preparation:
    """Plans and starts of evaluations."""

    def __init__(self, world: World, organisation: Organisation, chronicle: Chronicle) -> None:
        self._world = world
        self._plan = world.scenario.evaluation.preparation
        self._units = organisation.units
        self._chronicle = chronicle
        self._rng = world.stream("evaluation plans")
        self._criteria = Weighted(self._plan.criteria)

    def prepare(
        self, evaluation_id: str, unit_id: str, project: Project | None, kind: str, published: date
    ) -> str | None:
        """Tell plan and start of an evaluation; the leading criterion that the report names, if any."""
        rng = self._rng
        criterion = self._criteria.draw(rng)
        started = published - timedelta(days=rng.randint(*self._plan.conducted_days))
        if kind == "ex_post" and project is not None and project.end is not None:
            started = max(started, project.end + timedelta(days=1))
        planned = started - timedelta(days=rng.randint(*self._plan.planned_days))
        due = published - timedelta(days=rng.randint(*DELAY_DAYS))
        self._plan_one(evaluation_id, unit_id, criterion, planned, max(due, started))
        self._start(evaluation_id, started)
        return criterion if rng.random() < self._plan.led else None

    def leave_unfinished(self, published: int) -> None:
        """Evaluations of the last months that are published later than the simulation, or never."""
        rng, last_day = self._rng, self._world.scenario.last_day
        for number in range(1, self._world.scaled(self._plan.unfinished) + 1):
            evaluation_id = number_of(published + number)
            planned = day_between(rng, last_day - timedelta(days=330), last_day - timedelta(days=10))
            due = planned + timedelta(days=rng.randint(150, 400))
            self._plan_one(
                evaluation_id, rng.choice(self._units).unit_id, self._criteria.draw(rng), planned, due
            )
            started = planned + timedelta(days=rng.randint(*self._plan.planned_days))
            if started <= last_day and rng.random() < self._plan.unfinished_started:
                self._start(evaluation_id, started)

    def _plan_one(self, evaluation_id: str, unit_id: str, criterion: str, planned: date, due: date) -> None:
        self._chronicle.tell(
            EvaluationPlanned,
            planned,
            {
                "evaluation_id": evaluation_id,
                "unit_id": unit_id,
                "criterion": criterion,
                "planned_for": due,
                "planned_on": planned,
            },
        )

    def _start(self, evaluation_id: str, day: date) -> None:
        self._chronicle.tell(
            EvaluationStarted, day, {"evaluation_id": evaluation_id, "started_on": day}, hours=EARLY
        )
