"""What participants think of trainings at once, and what they say changed months later."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.texts import feedback_comment
from orgpulse_platform.simulator.training.texts import example_text
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.training.feedback import BehaviourFollowupAnswered, FeedbackGiven

RATINGS: Final = (1, 2, 3, 4, 5)
RATING_WEIGHTS: Final = (2, 5, 15, 44, 34)
FEEDBACK_DAYS: Final = 10
"""Feedback is given within so many days."""


def give_feedback(
    world: World,
    attendances: Iterable[tuple[str, date]],
    completions: Iterable[tuple[str, date]],
    chronicle: Chronicle,
) -> None:
    """Some of the participants answer the questionnaire; who they are is not asked for."""
    shares, rng = world.scenario.feedback, world.stream("feedback")
    answered = [taken for taken in attendances if rng.random() < shares.after_session]
    answered += [taken for taken in completions if rng.random() < shares.after_completion]
    for number, (course_id, day) in enumerate(answered, start=1):
        given = min(day + timedelta(days=int(rng.random() * FEEDBACK_DAYS)), world.scenario.last_day)
        chronicle.tell(
            FeedbackGiven,
            given,
            {
                "feedback_id": f"FB-{number:06}",
                "course_id": course_id,
                "rating": rng.choices(RATINGS, RATING_WEIGHTS)[0],
                "comment": feedback_comment(rng) if rng.random() < shares.with_comment else None,
                "given_on": given,
            },
        )


def answer_follow_ups(world: World, attendances: Iterable[tuple[str, date]], chronicle: Chronicle) -> None:
    """Some months after a session some participants tell whether it changed what they do."""
    plan, rng = world.scenario.training.follow_ups, world.stream("follow-ups")
    answered = 0
    for course_id, attended in attendances:
        if rng.random() >= plan.answered:
            continue
        day = attended + timedelta(days=rng.randint(*plan.after_days))
        if day > world.scenario.last_day:
            continue
        answered += 1
        changed = rng.random() < plan.changed
        chronicle.tell(
            BehaviourFollowupAnswered,
            day,
            {
                "followup_id": f"FU-{answered:06}",
                "course_id": course_id,
                "changed": changed,
                "example": example_text(rng) if rng.random() < plan.with_example else None,
                "answered_on": day,
            },
        )
