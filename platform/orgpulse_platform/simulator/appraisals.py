"""The performance cycle: one appraisal a year for everybody on staff."""

from datetime import date, timedelta
from random import Random
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.scenario import Scenario
from orgpulse_platform.simulator.texts import appraisal_comment
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.hr.appraisals import AppraisalCompleted

DUE: Final = (11, 30)
"""Month and day on which a cycle's appraisals are due."""
OPENS: Final = (9, 15)
"""Month and day from which they can be completed."""
LATE_DAYS: Final = 120
"""A late appraisal is completed at most so many days after it was due."""


def appraise(world: World, people: list[Person], chronicle: Chronicle) -> None:
    """Appraise, cycle by cycle, the staff in service since the middle of the year."""
    scenario, rng = world.scenario, world.stream("appraisals")
    for cycle in scenario.years:
        middle, due = date(cycle, 6, 30), date(cycle, *DUE)
        for person in people:
            if person.kind == "staff" and person.serves_on(middle) and person.serves_on(due):
                _appraise(scenario, person, cycle, chronicle, rng)


def _appraise(scenario: Scenario, person: Person, cycle: int, chronicle: Chronicle, rng: Random) -> None:
    shares = scenario.appraisals
    if rng.random() >= shares.completed[cycle]:
        return
    due = date(cycle, *DUE)
    on_time = rng.random() < shares.on_time[cycle]
    if on_time:
        completed = day_between(rng, date(cycle, *OPENS), due)
    else:
        completed = due + timedelta(days=1 + int(rng.random() * LATE_DAYS))
    if completed > scenario.last_day or not person.serves_on(completed):
        return
    chronicle.tell(
        AppraisalCompleted,
        completed,
        {
            "personnel_id": person.personnel_id,
            "cycle": cycle,
            "due_on": due,
            "completed_on": completed,
            "multi_rater": rng.random() < shares.multi_rater[cycle],
            "aligned_to_corporate_goal": rng.random() < shares.aligned[cycle],
            "comments": appraisal_comment(rng) if rng.random() < shares.with_comments else None,
        },
    )
