"""Changes, and the incidents that they or something else cause: restored on target or later, then closed."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import DAY, Chronicle
from orgpulse_platform.simulator.ict.catalogue import service_on
from orgpulse_platform.simulator.ict.texts import incident_report
from orgpulse_platform.simulator.occasions import days_of
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.ict.incidents import (
    ChangeDeployed,
    IncidentClosed,
    IncidentOpened,
    IncidentRestored,
)

EVENING: Final = (18 * 3600, 22 * 3600)
"""Changes are deployed within these seconds of the day."""
NOTICED: Final = (300, 7200)
"""A failed change is noticed so many seconds later."""
NOTICED_SHARE: Final = 0.85
"""Share of failed changes that become an incident; the others are rolled back before anybody notices."""
WITHIN: Final = (0.1, 0.98)
BEYOND: Final = (1.05, 4.0)
"""Time to restore a service, as a multiple of the target."""
CLOSED_HOURS: Final = (4, 240)
DOWN: Final = {"critical": 1.0, "high": 0.3}
"""Share of a service that an incident takes away; those of lower priority take none."""

Outages = defaultdict[tuple[str, date], float]
"""Hours lost by service and day."""


class Operations:
    """The changes and incidents of every year."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scene = scene
        self._last_day = scene.scenario.last_day
        self._plan = scene.scenario.ict.incidents
        self._priorities = Weighted(self._plan.priorities)
        self._chronicle = chronicle
        self._rng = scene.world.stream("operations")
        self.outages: Outages = defaultdict(float)

    def run(self) -> None:
        """Tell every change, then the incidents in the order in which they are opened."""
        openings = [(opened, service_id, True) for opened, service_id in self._deploy()]
        for day in days_of(self._scene.world, self._rng, self._plan.a_year):
            service = service_on(self._scene, self._rng, day)
            opened = _midnight(day) + timedelta(seconds=self._rng.randrange(DAY))
            openings.append((opened, service.service_id, False))
        for number, opening in enumerate(sorted(openings), start=1):
            self._open(f"IN-{number:06}", *opening)

    def _deploy(self) -> list[tuple[datetime, str]]:
        """Tell every change; the moments in which a failed one is noticed, and the services."""
        rng, plan = self._rng, self._plan
        noticed: list[tuple[datetime, str]] = []
        for number, day in enumerate(days_of(self._scene.world, rng, plan.changes_a_year), start=1):
            service_id = service_on(self._scene, rng, day).service_id
            deployed = _midnight(day) + timedelta(seconds=rng.randint(*EVENING))
            failed = rng.random() < plan.failed[day.year]
            self._tell(
                ChangeDeployed,
                deployed,
                {
                    "change_id": f"CH-{number:06}",
                    "service_id": service_id,
                    "failed": failed,
                    "deployed_at": deployed,
                },
            )
            if failed and rng.random() < NOTICED_SHARE:
                noticed.append((deployed + timedelta(seconds=rng.randint(*NOTICED)), service_id))
        return noticed

    def _open(self, incident_id: str, opened: datetime, service_id: str, by_change: bool) -> None:
        rng, plan = self._rng, self._plan
        priority = self._priorities.draw(rng)
        target = timedelta(hours=plan.restore_hours[priority])
        self._tell(
            IncidentOpened,
            opened,
            {
                "incident_id": incident_id,
                "service_id": service_id,
                "priority": priority,
                "caused_by_change": by_change,
                "opened_at": opened,
                "restore_due_at": opened + target,
                "description": incident_report(rng) if rng.random() < plan.described else None,
            },
        )
        taken = rng.uniform(*(WITHIN if rng.random() < plan.in_target else BEYOND))
        restored = opened + timedelta(seconds=round(target.total_seconds() * taken))
        closed = restored + timedelta(hours=rng.randint(*CLOSED_HOURS))
        self._tell(IncidentRestored, restored, {"incident_id": incident_id, "restored_at": restored})
        self._tell(IncidentClosed, closed, {"incident_id": incident_id, "closed_at": closed})
        self._lose(service_id, opened, restored, DOWN.get(priority, 0.0))

    def _tell(self, contract: type[Contract], moment: datetime, data: dict[str, object]) -> None:
        if moment.date() <= self._last_day:
            self._chronicle.tell_at(contract, moment, data)

    def _lose(self, service_id: str, since: datetime, until: datetime, down: float) -> None:
        """Count the hours lost on each day."""
        while down and since < until:
            midnight = _midnight(since.date() + timedelta(days=1))
            hours = (min(until, midnight) - since).total_seconds() / 3600
            self.outages[service_id, since.date()] += hours * down
            since = midnight


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
