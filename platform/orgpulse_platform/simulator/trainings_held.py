"""Trainings as the office in charge of a subject counts them: from the sessions of the catalogue."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.training.courses import AttendanceRecorded, SessionHeld


@dataclass(frozen=True, slots=True)
class TrainingHeld:
    """A session and the people whom it trained; whoever attended the course before is not counted again."""

    session_id: str
    unit_id: str
    modality: str
    language: str
    participants: int
    day: date


def trainings_held(scene: Scene, subject: str) -> list[TrainingHeld]:
    """The sessions on a subject that trained anybody, in the order in which they were held."""
    modality = {c.course_id: c.modality for c in scene.scenario.courses if c.subject == subject}
    told = sorted(scene.training, key=lambda fact: fact.at)
    sessions = {
        fact.data["session_id"]: fact.data
        for fact in told
        if fact.about is SessionHeld.about and fact.data["course_id"] in modality
    }
    participants: Counter[str] = Counter()
    reached: set[tuple[str, str]] = set()
    for fact in told:
        session = sessions.get(fact.data["session_id"]) if fact.about is AttendanceRecorded.about else None
        if session is None:
            continue
        first_time = (session["course_id"], fact.data["personnel_id"])
        participants[session["session_id"]] += first_time not in reached
        reached.add(first_time)
    return [
        TrainingHeld(
            session_id,
            session["unit_id"],
            modality[session["course_id"]],
            session["language"],
            participants[session_id],
            session["held_on"],
        )
        for session_id, session in sessions.items()
        if participants[session_id] > 0
    ]
