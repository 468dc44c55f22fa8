"""Workshops on conflict and respect at work, and respectful-workplace focal points."""

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import days_of
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.conduct.prevention import RespectFocalPointTrained, WorkshopHeld


def hold_workshops(scene: Scene, chronicle: Chronicle) -> None:
    """Workshops and webinars for a region, in the language of one of its offices."""
    plan, rng = scene.scenario.conduct.prevention, scene.world.stream("workshops")
    for number, day in enumerate(days_of(scene.world, rng, plan.workshops_a_year), start=1):
        office = scene.office(rng)
        chronicle.tell(
            WorkshopHeld,
            day,
            {
                "workshop_id": f"WS-{number:04}",
                "modality": "webinar" if rng.random() < plan.webinars else "workshop",
                "region": office.region,
                "language": office.language,
                "participants": rng.randint(*plan.participants),
                "held_on": day,
            },
        )


def train_focal_points(scene: Scene, chronicle: Chronicle) -> None:
    """One focal point of an office at a time, somebody who works there on the day."""
    plan, rng = scene.scenario.conduct.prevention, scene.world.stream("respect focal points")
    trained: set[str] = set()
    for day in days_of(scene.world, rng, plan.focal_points):
        unit_id = scene.field_office(rng).unit_id
        serving = [p for p in scene.presence.in_office(unit_id, day) if p.personnel_id not in trained]
        if serving:
            person = rng.choice(serving)
            trained.add(person.personnel_id)
            chronicle.tell(
                RespectFocalPointTrained,
                day,
                {"personnel_id": person.personnel_id, "unit_id": unit_id, "trained_on": day},
            )
