"""The record of processing activities, and the impact assessments of those on new technology."""

from datetime import date, timedelta
from typing import Any, Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import between, days_of
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.protection.processing import (
    ImpactAssessmentCompleted,
    ProcessingActivityRegistered,
)

NO_TECHNOLOGY: Final = "none"
SENSITIVE: Final = {"biometrics": "biometric", "unmanned_aircraft": "identification"}
"""Category of data that a technology brings with it."""
ASSESSED_DAYS: Final = (-60, 150)
"""An impact assessment is completed so many days after the activity is registered."""
CHANGED_AFTER: Final = 45


class Processing:
    """Registers activities, changes of them, and assessments."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scene = scene
        self._last_day = scene.scenario.last_day
        self._plan = plan = scene.scenario.protection.processing
        self._chronicle = chronicle
        self._rng = scene.world.stream("processing activities")
        self._technologies = Weighted(plan.technologies)
        self._data_subjects = Weighted(plan.data_subjects)
        self._categories = Weighted(plan.categories)
        self._purposes = Weighted(plan.purposes)
        self._retention = Weighted(plan.retention_months)
        self._risks = Weighted(plan.residual_risks)

    def map(self) -> None:
        """Tell the data mapping of every year."""
        days = days_of(self._scene.world, self._rng, self._plan.a_year)
        for number, day in enumerate(days, start=1):
            activity = self._activity(f"PA-{number:05}", day)
            self._chronicle.tell(ProcessingActivityRegistered, day, activity)
            self._change(activity, day)
            self._assess(number, activity, day)

    def _activity(self, activity_id: str, day: date) -> dict[str, Any]:
        rng, plan = self._rng, self._plan
        technology = self._technologies.draw(rng)
        category = self._categories.draw(rng)
        outside = rng.random() < plan.recipients_outside
        return {
            "activity_id": activity_id,
            "unit_id": self._scene.office(rng).unit_id,
            "data_subjects": self._data_subjects.draw(rng),
            "data_category": SENSITIVE.get(technology, category),
            "purpose": self._purposes.draw(rng),
            "recipients_inside": rng.random() < plan.recipients_inside,
            "recipients_outside": outside,
            "transfer_agreement": outside and rng.random() < plan.agreement,
            "retention": int(self._retention.draw(rng)),
            "technology": technology,
            "registered_on": day,
        }

    def _change(self, activity: dict[str, Any], day: date) -> None:
        """Some registrations change: who receives the data, and for how long they are kept."""
        rng = self._rng
        first = day + timedelta(days=CHANGED_AFTER)
        if rng.random() >= self._plan.changed or first > self._last_day:
            return
        changed = day_between(rng, first, self._last_day)
        self._chronicle.tell(
            ProcessingActivityRegistered,
            changed,
            {
                **activity,
                "recipients_inside": True,
                "retention": int(self._retention.draw(rng)),
                "registered_on": changed,
            },
        )

    def _assess(self, number: int, activity: dict[str, Any], day: date) -> None:
        rng = self._rng
        if activity["technology"] == NO_TECHNOLOGY or rng.random() >= self._plan.assessed:
            return
        completed = max(between(rng, day, ASSESSED_DAYS), self._scene.scenario.first_day)
        if completed <= self._last_day:
            self._chronicle.tell(
                ImpactAssessmentCompleted,
                completed,
                {
                    "assessment_id": f"IA-{number:05}",
                    "activity_id": activity["activity_id"],
                    "technology": activity["technology"],
                    "residual_risk": self._risks.draw(rng),
                    "completed_on": completed,
                },
            )
