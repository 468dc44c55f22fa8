"""What participants think of trainings, and the focal points whom offices designate."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.texts import feedback_comment
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.training.feedback import FeedbackGiven
from orgpulse_schemas.families.training.psea import FocalPointDesignated

RATINGS: Final = (1, 2, 3, 4, 5)
RATING_WEIGHTS: Final = (2, 5, 15, 44, 34)
FEEDBACK_DAYS: Final = 10
"""Feedback is given within so many days."""
DESIGNATED: Final = (date(2016, 3, 1), date(2019, 9, 30))
"""First and last day on which focal points are designated."""


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


def designate_focal_points(
    world: World, organisation: Organisation, people: list[Person], chronicle: Chronicle
) -> None:
    """Offices designate focal points among the people who work there."""
    shares, rng = world.scenario.focal_points, world.stream("focal points")
    by_unit: dict[str, list[Person]] = {}
    for person in people:
        by_unit.setdefault(person.unit_id, []).append(person)
    for unit in organisation.units:
        for role, share in (("psea", shares.psea), ("gender", shares.gender)):
            day = day_between(rng, *DESIGNATED)
            serving = [
                person
                for person in by_unit.get(unit.unit_id, [])
                if person.serves_on(day) and person.unit_on(day) == unit.unit_id
            ]
            if not serving or rng.random() >= share:
                continue
            trained = day + timedelta(days=rng.randint(0, 60)) if rng.random() < shares.trained else None
            person = rng.choice(serving)
            if trained is not None and not person.serves_on(trained):
                trained = None
            chronicle.tell(
                FocalPointDesignated,
                trained or day,
                {
                    "personnel_id": person.personnel_id,
                    "unit_id": unit.unit_id,
                    "role": role,
                    "designated_on": day,
                    "trained_on": trained,
                },
            )
