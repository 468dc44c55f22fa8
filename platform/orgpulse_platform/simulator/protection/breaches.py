"""Breaches of personal data: notified within 72 hours, later, or not at all; closed or still open."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import DAY, Chronicle
from orgpulse_platform.simulator.occasions import between, days_of
from orgpulse_platform.simulator.protection.texts import breach_description
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.protection.rights import BreachClosed, BreachDetected, BreachNotified

NOTIFICATION: Final = timedelta(hours=72)
"""A notification within this time is in time."""
HOUR: Final = 3600
CLOSED_DAYS: Final = (3, 90)
"""A breach is closed so many days after it was notified."""


class Breaches:
    """The breaches of every year."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scene = scene
        self._last_day = scene.scenario.last_day
        self._plan = scene.scenario.protection.breaches
        self._severities = Weighted(self._plan.severities)
        self._chronicle = chronicle
        self._rng = scene.world.stream("breaches")

    def run(self) -> None:
        """Tell every breach from its detection to its closure."""
        for number, day in enumerate(days_of(self._scene.world, self._rng, self._plan.a_year), start=1):
            self._detect(f"BR-{number:04}", day)

    def _detect(self, breach_id: str, day: date) -> None:
        rng = self._rng
        detected = datetime.combine(day, time(), UTC) + timedelta(seconds=rng.randrange(DAY))
        self._chronicle.tell_at(
            BreachDetected,
            detected,
            {
                "breach_id": breach_id,
                "unit_id": self._scene.office(rng).unit_id,
                "severity": self._severities.draw(rng),
                "data_subjects": int(rng.lognormvariate(3.2, 1.5)),
                "description": breach_description(rng) if rng.random() < self._plan.described else None,
                "detected_at": detected,
            },
        )
        notified = self._notify(breach_id, detected)
        closed = between(rng, (notified or detected).date(), CLOSED_DAYS)
        if notified is not None and rng.random() < self._plan.closed and closed <= self._last_day:
            self._chronicle.tell(BreachClosed, closed, {"breach_id": breach_id, "closed_on": closed})

    def _notify(self, breach_id: str, detected: datetime) -> datetime | None:
        rng, shares = self._rng, self._plan.notified
        if rng.random() >= shares.done:
            return None
        soon = round(NOTIFICATION.total_seconds())
        if rng.random() < shares.on_time:
            wait = rng.randint(HOUR, soon)
        else:
            wait = soon + rng.randint(HOUR, shares.late_days * DAY)
        notified = detected + timedelta(seconds=wait)
        if notified.date() > self._last_day:
            return None
        self._chronicle.tell_at(BreachNotified, notified, {"breach_id": breach_id, "notified_at": notified})
        return notified
