"""Policy support on time, late or not yet; trainings on migration governance; data assets."""

from datetime import timedelta

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import days_of, follow_up
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.knowledge.support import (
    DataAssetRegistered,
    GovernanceTrainingHeld,
    PolicySupportDelivered,
    PolicySupportRequested,
)


def support_policies(scene: Scene, chronicle: Chronicle) -> None:
    """Requests for policy support."""
    plan, rng = scene.scenario.knowledge.policy_support, scene.world.stream("policy support")
    themes = Weighted(plan.themes)
    for number, day in enumerate(days_of(scene.world, rng, plan.a_year), start=1):
        request_id = f"PS-{number:05}"
        due = day + timedelta(days=rng.randint(*plan.due_days))
        chronicle.tell(
            PolicySupportRequested,
            day,
            {
                "request_id": request_id,
                "unit_id": scene.office(rng).unit_id,
                "theme": themes.draw(rng),
                "requested_on": day,
                "due_on": due,
            },
        )
        delivered = follow_up(rng, plan.delivered, day, due)
        if delivered is not None and delivered <= scene.scenario.last_day:
            chronicle.tell(
                PolicySupportDelivered, delivered, {"request_id": request_id, "delivered_on": delivered}
            )


def hold_governance_trainings(scene: Scene, chronicle: Chronicle) -> None:
    """Trainings for personnel, governments and partners."""
    plan, rng = scene.scenario.knowledge.governance_trainings, scene.world.stream("governance trainings")
    audiences = Weighted(plan.audiences)
    for number, day in enumerate(days_of(scene.world, rng, plan.a_year), start=1):
        chronicle.tell(
            GovernanceTrainingHeld,
            day,
            {
                "training_id": f"GT-{number:04}",
                "audience": audiences.draw(rng),
                "participants": rng.randint(*plan.participants),
                "held_on": day,
            },
        )


def register_data_assets(scene: Scene, chronicle: Chronicle) -> None:
    """Data assets under the migration data strategy."""
    plan, rng = scene.scenario.knowledge.data_assets, scene.world.stream("data assets")
    access = Weighted(plan.access)
    for number, day in enumerate(days_of(scene.world, rng, plan.a_year), start=1):
        chronicle.tell(
            DataAssetRegistered,
            day,
            {
                "asset_id": f"DA-{number:04}",
                "unit_id": scene.office(rng).unit_id,
                "access": access.draw(rng),
                "registered_on": day,
            },
        )
