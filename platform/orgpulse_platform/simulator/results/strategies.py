"""Strategies of country and regional offices: reviewed, adopted, expired, some followed after a gap only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import between
from orgpulse_platform.simulator.organisation import Unit
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.results.capacity import StrategyAdopted, StrategyExpired
from orgpulse_schemas.families.results.regional_support import StrategyDocumentReviewed

YEAR_DAYS: Final = 365
ADOPTED_DAYS: Final = (-60, -5)
"""A strategy is adopted so many days before it begins."""
REVIEWED_DAYS: Final = (-70, -10)
"""Its draft is reviewed so many days before it is adopted."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy of an office."""

    unit: Unit
    level: str
    valid_from: date
    valid_to: date
    ended_on: date
    """Last day on which it held; before the last agreed one where it was given up."""


class Strategies:
    """The strategies of every office that plans."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scene = scene
        self._last_day = scene.scenario.last_day
        self._plan = scene.scenario.results.strategies
        self._chronicle = chronicle
        self._rng = scene.world.stream("strategies")
        self._adopted = 0

    def adopt(self) -> list[Strategy]:
        """Tell every strategy until the last day."""
        return [
            strategy
            for unit in self._scene.planning_offices
            if self._rng.random() < self._plan.offices
            for strategy in self._one_after_another(unit)
        ]

    def _one_after_another(self, unit: Unit) -> Iterator[Strategy]:
        rng, plan = self._rng, self._plan
        level = "regional" if unit.unit_type == "regional_office" else "country"
        begins = day_between(rng, *plan.first).replace(day=1)
        while begins <= self._last_day:
            days = rng.randint(*plan.years) * YEAR_DAYS
            agreed = held = begins + timedelta(days=days - 1)
            if rng.random() < plan.ended_early:
                held = begins + timedelta(days=round(days * rng.uniform(0.4, 0.9)))
            strategy = Strategy(unit, level, begins, agreed, held)
            self._tell(strategy)
            yield strategy
            gap = rng.randint(*plan.gap_days) if rng.random() < plan.with_gap else 0
            begins = held + timedelta(days=1 + gap)

    def _tell(self, strategy: Strategy) -> None:
        self._adopted += 1
        strategy_id = f"ST-{self._adopted:04}"
        adopted = between(self._rng, strategy.valid_from, ADOPTED_DAYS)
        unit_id = strategy.unit.unit_id
        if strategy.level == "country" and self._rng.random() < self._plan.reviewed:
            reviewed = between(self._rng, adopted, REVIEWED_DAYS)
            self._chronicle.tell(
                StrategyDocumentReviewed,
                reviewed,
                {"document_id": f"SD-{self._adopted:04}", "unit_id": unit_id, "reviewed_on": reviewed},
            )
        self._chronicle.tell(
            StrategyAdopted,
            adopted,
            {
                "strategy_id": strategy_id,
                "unit_id": unit_id,
                "level": strategy.level,
                "valid_from": strategy.valid_from,
                "valid_to": strategy.valid_to,
            },
        )
        if strategy.ended_on <= self._last_day:
            self._chronicle.tell(
                StrategyExpired,
                strategy.ended_on,
                {"strategy_id": strategy_id, "unit_id": unit_id, "expired_on": strategy.ended_on},
            )
