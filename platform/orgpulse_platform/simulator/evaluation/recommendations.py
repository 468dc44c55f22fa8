"""What becomes of recommendations: answered on time, late or never; closed on time, late or still open."""

from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.evaluation.progress import ActionProgress
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.texts import recommendation_text
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.evaluation.recommendations import (
    ManagementResponseGiven,
    RecommendationClosed,
    RecommendationIssued,
)

RESPONSE_DAYS: Final = 60
"""A management response is due so many days after the recommendation."""
IMPLEMENTATION_DAYS: Final = (180, 400)
"""Implementation is due so many days after the recommendation."""
LATE_RESPONSE_DAYS: Final = 120
LATE_CLOSURE_DAYS: Final = 240
DECISIONS: Final = ("accepted", "partially_accepted", "rejected")
DECISION_WEIGHTS: Final = (78, 16, 6)


class Recommendations:
    """The recommendations of evaluations and their follow-up."""

    def __init__(
        self, world: World, organisation: Organisation, people: list[Person], chronicle: Chronicle
    ) -> None:
        self._last_day = world.scenario.last_day
        self._shares = world.scenario.evaluations
        self._headquarters = organisation.headquarters.unit_id
        self._chronicle = chronicle
        self._rng = world.stream("recommendations")
        self._progress = ActionProgress(world, chronicle)
        self._issued = 0
        self._managers: dict[str, list[Person]] = {}
        for person in people:
            if person.manager:
                self._managers.setdefault(person.unit_id, []).append(person)

    def follow(self, evaluation_id: str, unit_id: str, day: date) -> None:
        """Issue the recommendations of an evaluation of that day, and live through what follows."""
        for _ in range(self._rng.randint(*self._shares.recommendations)):
            self._issued += 1
            recommendation_id = f"R{100_000 + self._issued}"
            response_due = day + timedelta(days=RESPONSE_DAYS)
            implementation_due = day + timedelta(days=self._rng.randint(*IMPLEMENTATION_DAYS))
            self._chronicle.tell(
                RecommendationIssued,
                day,
                {
                    "recommendation_id": recommendation_id,
                    "evaluation_id": evaluation_id,
                    "text": recommendation_text(self._rng),
                    "issued_on": day,
                    "response_due_on": response_due,
                    "implementation_due_on": implementation_due,
                },
            )
            answered = self._respond(recommendation_id, unit_id, day, response_due)
            if answered is not None:
                closed = self._close(recommendation_id, answered, implementation_due)
                self._progress.report(recommendation_id, answered, closed or self._last_day)

    def _respond(self, recommendation_id: str, unit_id: str, issued: date, due: date) -> date | None:
        """The day of an answer that asks for action; nothing where there is none."""
        shares = self._shares.response
        if self._rng.random() >= shares.given:
            return None
        if self._rng.random() < shares.on_time:
            day = day_between(self._rng, issued + timedelta(days=7), due)
        else:
            day = due + timedelta(days=self._rng.randint(1, LATE_RESPONSE_DAYS))
        manager = self._manager_on(unit_id, day)
        if day > self._last_day or manager is None:
            return None
        decision = self._rng.choices(DECISIONS, DECISION_WEIGHTS)[0]
        self._chronicle.tell(
            ManagementResponseGiven,
            day,
            {
                "recommendation_id": recommendation_id,
                "decision": decision,
                "responsible_id": manager.personnel_id,
                "given_on": day,
            },
        )
        return None if decision == "rejected" else day

    def _manager_on(self, unit_id: str, day: date) -> Person | None:
        """A manager in service that day, of the office or else of headquarters."""
        for office in (unit_id, self._headquarters):
            serving = [p for p in self._managers.get(office, []) if p.serves_on(day)]
            if serving:
                return self._rng.choice(serving)
        return None

    def _close(self, recommendation_id: str, answered: date, due: date) -> date | None:
        """The day on which the recommendation is closed; nothing while it is open."""
        shares = self._shares.closure
        if self._rng.random() >= shares.closed:
            return None
        if self._rng.random() < shares.on_time and answered < due:
            day = day_between(self._rng, answered + timedelta(days=1), due)
        else:
            day = max(due, answered) + timedelta(days=self._rng.randint(1, LATE_CLOSURE_DAYS))
        if day > self._last_day:
            return None
        implemented = self._rng.random() < shares.implemented
        self._chronicle.tell(
            RecommendationClosed,
            day,
            {
                "recommendation_id": recommendation_id,
                "outcome": "implemented" if implemented else "not_implemented",
                "closed_on": day,
            },
        )
        return day
