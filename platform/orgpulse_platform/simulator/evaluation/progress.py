"""Reports on the actions that answer recommendations, between the answer and the closure."""

from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.evaluation.texts import progress_note
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.evaluation.recommendations import ActionProgressed

STATUSES: Final = ("not_started", "in_progress", "nearly_done")
LEAST_DAYS: Final = 20
"""Nobody reports on an action that took fewer days."""


class ActionProgress:
    """How far actions are; none is ever further back than before."""

    def __init__(self, world: World, chronicle: Chronicle) -> None:
        self._plan = world.scenario.evaluation.progress
        self._chronicle = chronicle
        self._rng = world.stream("action progress")

    def report(self, recommendation_id: str, answered: date, until: date) -> None:
        """Some reports after the answer and before the closure, or the last day."""
        rng, plan = self._rng, self._plan
        if (until - answered).days < LEAST_DAYS or rng.random() >= plan.reported:
            return
        first, last = answered + timedelta(days=1), until - timedelta(days=1)
        number = rng.randint(*plan.reports)
        days = sorted(day_between(rng, first, last) for _ in range(number))
        statuses = sorted(rng.choices(range(len(STATUSES)), (1, 5, 3), k=number))
        for day, status in zip(days, statuses, strict=True):
            self._chronicle.tell(
                ActionProgressed,
                day,
                {
                    "recommendation_id": recommendation_id,
                    "status": STATUSES[status],
                    "note": progress_note(rng) if rng.random() < plan.with_note else None,
                    "reported_on": day,
                },
            )
