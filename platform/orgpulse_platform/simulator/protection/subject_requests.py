"""Requests of data subjects: answered within 30 days, later, or not yet."""

from datetime import timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.names import invent_name
from orgpulse_platform.simulator.occasions import days_of, follow_up
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.protection.rights import SubjectRequestAnswered, SubjectRequestReceived

ANSWER_DAYS: Final = 30
"""An answer within so many days is in time."""


def answer_subject_requests(scene: Scene, chronicle: Chronicle) -> None:
    """The requests of every year and their answers."""
    plan, rng = scene.scenario.protection.subject_requests, scene.world.stream("subject requests")
    kinds, outcomes = Weighted(plan.kinds), Weighted(plan.outcomes)
    for number, day in enumerate(days_of(scene.world, rng, plan.a_year), start=1):
        request_id = f"DS-{number:05}"
        office = scene.office(rng)
        requester = invent_name(rng, office.country, rng.choice(("female", "male")))
        chronicle.tell(
            SubjectRequestReceived,
            day,
            {
                "request_id": request_id,
                "kind": kinds.draw(rng),
                "unit_id": office.unit_id,
                "requester_name": requester.full if rng.random() < plan.requester_named else None,
                "received_on": day,
            },
        )
        answered = follow_up(rng, plan.answered, day, day + timedelta(days=ANSWER_DAYS))
        if answered is not None and answered <= scene.scenario.last_day:
            chronicle.tell(
                SubjectRequestAnswered,
                answered,
                {"request_id": request_id, "outcome": outcomes.draw(rng), "answered_on": answered},
            )
