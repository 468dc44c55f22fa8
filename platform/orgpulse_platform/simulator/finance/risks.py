"""The risk register: risks registered, mitigated, reassessed from time to time, and closed."""

from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.risks import (
    RiskClosed,
    RiskMitigated,
    RiskReassessed,
    RiskRegistered,
)

LEVELS: Final = ("low", "medium", "high", "critical")
SHORTEST_DAYS: Final = 120
"""A risk stays open for so many days at least."""


class RiskRegister:
    """Every risk from registration on."""

    def __init__(self, world: World, organisation: Organisation, chronicle: Chronicle) -> None:
        self._world = world
        self._last_day = world.scenario.last_day
        self._plan = world.scenario.finance.risks
        self._chronicle = chronicle
        self._rng = world.stream("risks")
        self._offices = Weighted({unit.unit_id: float(unit.staff) ** 0.5 for unit in organisation.units})
        self._categories = Weighted(self._plan.categories)
        self._levels = Weighted(self._plan.levels)

    def run(self) -> None:
        """Register every risk and live through what becomes of it."""
        for number in range(1, self._world.scaled(self._plan.number) + 1):
            self._follow(f"RK-{number:05}")

    def _follow(self, risk_id: str) -> None:
        rng, plan = self._rng, self._plan
        day, level = day_between(rng, *plan.registered), self._levels.draw(rng)
        self._chronicle.tell(
            RiskRegistered,
            day,
            {
                "risk_id": risk_id,
                "unit_id": self._offices.draw(rng),
                "category": self._categories.draw(rng),
                "level": level,
                "registered_on": day,
            },
            hours=EARLY,
        )
        closed = self._closed_on(day)
        mitigated = self._mitigate(risk_id, day, closed or self._last_day)
        self._reassess(risk_id, day, closed or self._last_day, LEVELS.index(level), mitigated)
        if closed is not None:
            self._chronicle.tell(RiskClosed, closed, {"risk_id": risk_id, "closed_on": closed})

    def _closed_on(self, registered: date) -> date | None:
        """The day on which the risk is closed; nothing while it is open."""
        first = registered + timedelta(days=SHORTEST_DAYS)
        if first > self._last_day or self._rng.random() >= self._plan.closed:
            return None
        return day_between(self._rng, first, self._last_day)

    def _mitigate(self, risk_id: str, registered: date, end: date) -> date | None:
        """Mitigations, renewed around their review or left to lapse; the first day of the first, if any."""
        rng, plan = self._rng, self._plan
        if rng.random() >= plan.mitigated:
            return None
        first: date | None = None
        day = registered + timedelta(days=rng.randint(*plan.mitigation_days))
        while day < end:
            first = first or day
            due = day + timedelta(days=rng.randint(*plan.review_days))
            self._chronicle.tell(
                RiskMitigated, day, {"risk_id": risk_id, "mitigated_on": day, "review_due_on": due}
            )
            if rng.random() >= plan.renewed:
                break
            day = due - timedelta(days=rng.randint(0, 30))
        return first

    def _reassess(
        self, risk_id: str, registered: date, end: date, level: int, mitigated: date | None
    ) -> None:
        """The level falls where a mitigation works, and may rise where there is none."""
        rng, plan = self._rng, self._plan
        day = registered
        while True:
            day += timedelta(days=round(plan.reassessed_every_days * rng.uniform(0.7, 1.3)))
            if day >= end:
                return
            if rng.random() >= plan.reassessed:
                continue
            if mitigated is not None and mitigated < day:
                level = max(0, level - rng.choice((0, 1, 1)))
            else:
                level = min(len(LEVELS) - 1, level + rng.choice((0, 0, 1)))
            self._chronicle.tell(
                RiskReassessed, day, {"risk_id": risk_id, "level": LEVELS[level], "reassessed_on": day}
            )
