"""Trainings as the training catalogue has them, and the tools published."""

from typing import Final

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import days_of
from orgpulse_platform.simulator.scene import Scene
from orgpulse_platform.simulator.trainings_held import trainings_held
from orgpulse_schemas.families.protection.guidance import ProtectionTrainingHeld, ToolPublished

KINDS: Final = ("template", "checklist", "infosheet")
"""Tools are published in turn."""
TAUGHT_LIVE: Final = ("face_to_face", "webinar")


def count_trainings(scene: Scene, chronicle: Chronicle) -> None:
    """The sessions on data protection with the people whom they trained."""
    for training in trainings_held(scene, "data_protection"):
        if training.modality in TAUGHT_LIVE:
            chronicle.tell(
                ProtectionTrainingHeld,
                training.day,
                {
                    "training_id": f"DT-{training.session_id}",
                    "unit_id": training.unit_id,
                    "modality": training.modality,
                    "participants": training.participants,
                    "held_on": training.day,
                },
            )


def publish_tools(scene: Scene, chronicle: Chronicle) -> None:
    """Templates, checklists and infosheets."""
    days = days_of(scene.world, scene.world.stream("protection tools"), scene.scenario.protection.tools)
    for number, day in enumerate(days):
        chronicle.tell(
            ToolPublished,
            day,
            {"tool_id": f"TO-{number + 1:03}", "kind": KINDS[number % len(KINDS)], "published_on": day},
        )
