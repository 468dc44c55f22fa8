"""What the evaluation function teaches and learns: evaluators, e-learning, lessons, peer reviews."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.evaluation.texts import lesson_text
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.presence import Presence
from orgpulse_platform.simulator.training.catalogue import Trainings
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.evaluation.learning import (
    EvaluatorTrained,
    LessonRecorded,
    LessonReused,
    MonitoringElearningCompleted,
    PeerReviewCompleted,
)

RECORDED_DAYS: Final = (3, 60)
"""A lesson is recorded so many days after its evaluation is published."""
REUSED_DAYS: Final = (30, 500)
TRIES: Final = 20
"""Offices asked for somebody to train before the place stays empty."""


class Learning:
    """Trainings of the function, as it counts them, and what it learns from evaluations."""

    def __init__(self, world: World, organisation: Organisation, chronicle: Chronicle) -> None:
        self._world = world
        self._plan = world.scenario.evaluation
        self._last_day = world.scenario.last_day
        self._organisation = organisation
        self._chronicle = chronicle
        self._rng = world.stream("evaluation learning")
        self._evaluators: set[str] = set()

    def count_trainings(self, trainings: Trainings) -> None:
        """Who took the function's courses, from what the training systems keep."""
        for taken in trainings.completions:
            self._chronicle.tell(
                MonitoringElearningCompleted,
                taken.day,
                {
                    "personnel_id": taken.person.personnel_id,
                    "language": taken.language,
                    "completed_on": taken.day,
                },
            )
        for session in trainings.sessions:
            if session.course_id == self._plan.evaluator_course:
                for person in session.attending:
                    self._train(person.personnel_id, session.language, session.day)

    def train_in_regions(self, presence: Presence) -> None:
        """Trainings of evaluators held by regional offices in the language of the participants' offices."""
        for language, number in self._plan.regional_evaluators.items():
            units = [unit for unit in self._organisation.units if unit.language == language]
            by_size = Weighted({unit.unit_id: float(unit.staff) for unit in units})
            for _ in range(self._world.scaled(number)):
                day = day_between(self._rng, *self._plan.regional_evaluators_trained)
                for _ in range(TRIES):
                    person = self._rng.choice(presence.in_office(by_size.draw(self._rng), day) or [None])
                    if person is not None and person.personnel_id not in self._evaluators:
                        self._train(person.personnel_id, language, day)
                        break

    def _train(self, personnel_id: str, language: str, day: date) -> None:
        """Whoever is trained again is not told again."""
        if personnel_id in self._evaluators:
            return
        self._evaluators.add(personnel_id)
        self._chronicle.tell(
            EvaluatorTrained,
            day,
            {"personnel_id": personnel_id, "language": language, "trained_on": day},
        )

    def record_lessons(self, published: Iterable[tuple[str, date]]) -> None:
        """Lessons of the evaluations published, and their use elsewhere."""
        numbers = Weighted(self._plan.lessons)
        recorded = 0
        for evaluation_id, day in published:
            for _ in range(numbers.draw(self._rng)):
                recorded_on = day + timedelta(days=self._rng.randint(*RECORDED_DAYS))
                if recorded_on > self._last_day:
                    continue
                recorded += 1
                self._record(f"LE-{recorded:05}", evaluation_id, recorded_on)

    def _record(self, lesson_id: str, evaluation_id: str, day: date) -> None:
        self._chronicle.tell(
            LessonRecorded,
            day,
            {
                "lesson_id": lesson_id,
                "evaluation_id": evaluation_id,
                "text": lesson_text(self._rng),
                "recorded_on": day,
            },
            hours=EARLY,
        )
        reused = day + timedelta(days=self._rng.randint(*REUSED_DAYS))
        if self._rng.random() < self._plan.reused and reused <= self._last_day:
            unit_id = self._rng.choice(self._organisation.units).unit_id
            self._chronicle.tell(
                LessonReused, reused, {"lesson_id": lesson_id, "unit_id": unit_id, "reused_on": reused}
            )

    def review(self) -> None:
        """Tell the reviews of the function by its peers."""
        for review in self._plan.peer_reviews:
            self._chronicle.tell(PeerReviewCompleted, review.completed_on, review.model_dump())
