"""Trainings as the training catalogue has them, and the tools published."""

from typing import Final

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import days_of
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.protection.guidance import ProtectionTrainingHeld, ToolPublished

KINDS: Final = ("template", "checklist", "infosheet")
"""Tools are published in turn."""
TAUGHT_LIVE: Final = ("face_to_face", "webinar")


def count_trainings(scene: Scene, chronicle: Chronicle) -> None:
    """The sessions on data protection with the people whom they trained."""
    modality = {course.course_id: course.modality for course in scene.scenario.courses}
    for training in scene.trainings_held("data_protection"):
        session = training.session
        if modality[session.course_id] in TAUGHT_LIVE:
            chronicle.tell(
                ProtectionTrainingHeld,
                session.day,
                {
                    "training_id": f"DT-{session.session_id}",
                    "unit_id": session.unit_id,
                    "modality": modality[session.course_id],
                    "participants": training.participants,
                    "held_on": session.day,
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
