"""Support of regional offices: requests closed on time, late or not yet, and events for partners."""

from datetime import timedelta

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import days_of, follow_up
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.results.regional_support import (
    CapacityEventHeld,
    SupportRequestClosed,
    SupportRequestOpened,
)


def support_offices(scene: Scene, chronicle: Chronicle) -> None:
    """Requests of country and sub-offices."""
    plan, rng = scene.scenario.results.support, scene.world.stream("support requests")
    kinds = Weighted(plan.kinds)
    for number, day in enumerate(days_of(scene.world, rng, plan.requests_a_year), start=1):
        request_id = f"SR-{number:05}"
        due = day + timedelta(days=rng.randint(*plan.due_days))
        chronicle.tell(
            SupportRequestOpened,
            day,
            {
                "request_id": request_id,
                "unit_id": scene.field_office(rng).unit_id,
                "kind": kinds.draw(rng),
                "opened_on": day,
                "due_on": due,
            },
        )
        closed = follow_up(rng, plan.closed, day, due)
        if closed is not None and closed <= scene.scenario.last_day:
            chronicle.tell(SupportRequestClosed, closed, {"request_id": request_id, "closed_on": closed})


def hold_capacity_events(scene: Scene, chronicle: Chronicle) -> None:
    """Capacity-building events for people outside the organisation."""
    plan, rng = scene.scenario.results.support, scene.world.stream("capacity events")
    for number, day in enumerate(days_of(scene.world, rng, plan.events_a_year), start=1):
        chronicle.tell(
            CapacityEventHeld,
            day,
            {
                "capacity_event_id": f"CB-{number:04}",
                "unit_id": scene.office(rng).unit_id,
                "participants": rng.randint(*plan.participants),
                "held_on": day,
            },
        )
