"""Recommendations of audits: issued, and closed on time, late or not yet."""

from datetime import timedelta

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.occasions import days_of, follow_up
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.controls import AuditRecommendationClosed, AuditRecommendationIssued


def audit_offices(world: World, organisation: Organisation, chronicle: Chronicle) -> None:
    """Tell every recommendation and its closure."""
    rng, plan = world.stream("audits"), world.scenario.finance.audits
    offices = Weighted({unit.unit_id: float(unit.staff) ** 0.5 for unit in organisation.units})
    priorities = Weighted({priority: weight for priority, (weight, _) in plan.priorities.items()})
    for number, day in enumerate(days_of(world, rng, plan.a_year), start=1):
        recommendation_id = f"AU-{number:05}"
        priority = priorities.draw(rng)
        due = day + timedelta(days=plan.priorities[priority][1])
        chronicle.tell(
            AuditRecommendationIssued,
            day,
            {
                "recommendation_id": recommendation_id,
                "unit_id": offices.draw(rng),
                "priority": priority,
                "issued_on": day,
                "due_on": due,
            },
            hours=EARLY,
        )
        closed = follow_up(rng, plan.closed, day + timedelta(days=14), due)
        if closed is not None and closed <= world.scenario.last_day:
            chronicle.tell(
                AuditRecommendationClosed,
                closed,
                {"recommendation_id": recommendation_id, "closed_on": closed},
            )
