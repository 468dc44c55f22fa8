"""Availability of every service, day by day: what incidents took away, and a little more on some days."""

from datetime import timedelta
from typing import Final

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.ict.operations import Outages
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.ict.incidents import AvailabilitySampled

FLAWLESS: Final = 0.78
"""Share of days without a flaw that nobody reported."""
FLAW: Final = 0.4
"""Greatest share of a day, in percent, that such flaws take."""
HOURS: Final = 24
END_OF_DAY: Final = (23 * 3600 + 3000, 24 * 3600 - 1)
"""A day is measured when it is nearly over."""


def sample_availability(scene: Scene, outages: Outages, chronicle: Chronicle) -> None:
    """One sample for each service and day; at a scale below 1 the days between two samples grow instead."""
    plan, rng = scene.scenario.ict, scene.world.stream("availability")
    step = timedelta(days=max(1, round(1 / scene.world.scale)))
    for service in plan.services:
        day = max(plan.sampled_from, service.registered_on)
        while day <= scene.scenario.last_day:
            lost = outages.get((service.service_id, day), 0.0) / HOURS * 100
            if rng.random() >= FLAWLESS:
                lost += rng.uniform(0, FLAW)
            chronicle.tell(
                AvailabilitySampled,
                day,
                {
                    "service_id": service.service_id,
                    "day": day,
                    "availability": f"{max(0.0, 100 - lost):.3f}",
                },
                hours=END_OF_DAY,
            )
            day += step
