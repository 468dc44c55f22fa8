"""What comes before an appraisal: objectives set, and the feedback of several raters."""

from datetime import date, timedelta
from random import Random
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.hr.appraisals import Cycle, Cycles
from orgpulse_platform.simulator.hr.texts import objectives_text
from orgpulse_platform.simulator.texts import appraisal_comment
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.hr.appraisals import MultiRaterFeedbackGiven, ObjectivesSet

SET: Final = ((1, 10), (3, 31))
"""First and last month and day on which objectives are set; later for those who enter later."""
AFTER_ENTRY_DAYS: Final = 50
FEEDBACK_DAYS: Final = (2, 60)
"""Feedback is given so many days before the appraisal is completed."""


def set_objectives(world: World, cycles: Cycles, chronicle: Chronicle) -> None:
    """Tell the objectives that the HR system holds; the goal is the one that the appraisal names."""
    plan, rng = world.scenario.hr.performance, world.stream("objectives")
    for cycle in cycles:
        if rng.random() >= plan.objectives.get(cycle.year, 0.0):
            continue
        day = _set_on(cycle, rng)
        chronicle.tell(
            ObjectivesSet,
            day,
            {
                "personnel_id": cycle.person.personnel_id,
                "cycle": cycle.year,
                "corporate_goal": cycle.goal,
                "objectives": objectives_text(rng) if rng.random() < plan.with_objectives_text else None,
                "set_on": day,
            },
        )


def _set_on(cycle: Cycle, rng: Random) -> date:
    entered = cycle.person.appointed_on
    first = max(date(cycle.year, *SET[0]), entered + timedelta(days=5))
    return day_between(rng, first, max(date(cycle.year, *SET[1]), entered + timedelta(days=AFTER_ENTRY_DAYS)))


def give_multi_rater_feedback(world: World, cycles: Cycles, chronicle: Chronicle) -> None:
    """Tell as many answers as the appraisal has raters: the supervisor, then peers and supervisees."""
    plan, rng = world.scenario.hr.performance, world.stream("multi-rater feedback")
    given = 0
    for cycle in cycles:
        if cycle.completed_on is None or cycle.year < plan.feedback_from:
            continue
        for rater in range(cycle.raters):
            given += 1
            day = cycle.completed_on - timedelta(days=rng.randint(*FEEDBACK_DAYS))
            chronicle.tell(
                MultiRaterFeedbackGiven,
                day,
                {
                    "feedback_id": f"MR-{given:06}",
                    "personnel_id": cycle.person.personnel_id,
                    "cycle": cycle.year,
                    "rater": "supervisor" if rater == 0 else _other_rater(cycle, rng),
                    "comment": appraisal_comment(rng) if rng.random() < plan.with_comment else None,
                    "given_on": day,
                },
            )


def _other_rater(cycle: Cycle, rng: Random) -> str:
    """Only managers have supervisees."""
    return rng.choice(("peer", "supervisee")) if cycle.person.manager else "peer"
