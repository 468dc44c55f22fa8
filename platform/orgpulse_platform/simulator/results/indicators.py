"""What a framework measures: indicators from a baseline to a target, measured, linked to global goals."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import between
from orgpulse_platform.simulator.results.frameworks import Framework
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.results.frameworks import (
    MeasurementReported,
    ResultIndicatorDefined,
    ResultLinked,
)

MONTH: Final = 30.44
REPORTED_DAYS: Final = (0, 21)
"""A measurement is reported so many days after the day for which it holds."""
LINKED_DAYS: Final = (1, 120)
FROM_NOTHING: Final = 0.25
"""Share of the rising indicators whose baseline is zero."""
REACHED: Final = (1.0, 1.3)
MISSED: Final = (0.35, 0.95)
"""Share of the way from baseline to target that is gone at the end."""
HEAD_START: Final = 0.7
"""Below 1 the way is gone faster at its beginning."""
TO_AGENDA: Final = 0.6
"""Share of the links that name a target of the 2030 Agenda once they can name the Global Compact instead."""
TO_BOTH: Final = 0.3
"""Share of those that name an objective of the Global Compact as well."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of a framework, with the target that holds."""

    indicator_id: str
    framework: Framework
    direction: str
    baseline: float
    target: float

    @property
    def way(self) -> float:
        """From baseline to target; negative where a lower value is better."""
        return self.target - self.baseline


class Indicators:
    """Defines, measures and links the indicators of frameworks."""

    def __init__(self, scene: Scene, chronicle: Chronicle) -> None:
        self._scenario = scene.scenario
        self._plan = scene.scenario.results.frameworks
        self._chronicle = chronicle
        self._rng = scene.world.stream("result indicators")
        self._sdg_targets = Weighted(self._plan.sdg_targets)
        self._gcm_objectives = Weighted(self._plan.gcm_objectives)
        self._defined = 0

    def follow(self, framework: Framework) -> None:
        """Tell everything about the indicators of a framework."""
        for _ in range(self._plan.indicators[framework.level]):
            indicator = self._redefine(self._define(framework))
            self._measure(indicator)
            if self._rng.random() < self._plan.linked[framework.level]:
                self._link(indicator)

    def _define(self, framework: Framework) -> Indicator:
        rng = self._rng
        self._defined += 1
        indicator_id = f"RI-{self._defined:05}"
        size = round(10 ** rng.uniform(1, 3.5), 1)
        if rng.random() < self._plan.lower_is_better:
            indicator = Indicator(
                indicator_id, framework, "lower", size, round(size * rng.uniform(0.3, 0.85), 1)
            )
        elif rng.random() < FROM_NOTHING:
            indicator = Indicator(indicator_id, framework, "higher", 0.0, size)
        else:
            indicator = Indicator(
                indicator_id, framework, "higher", size, round(size * rng.uniform(1.15, 2.6), 1)
            )
        self._tell(indicator, framework.approved_on)
        return indicator

    def _redefine(self, indicator: Indicator) -> Indicator:
        """A few targets are lowered to what can be reached."""
        rng, framework = self._rng, indicator.framework
        again = day_between(rng, framework.valid_from, framework.valid_to)
        redefined = rng.random() < self._plan.redefined
        if not redefined or not framework.approved_on < again <= self._scenario.last_day:
            return indicator
        target = round(indicator.baseline + indicator.way * rng.uniform(0.6, 0.9), 1)
        indicator = replace(indicator, target=target)
        self._tell(indicator, again)
        return indicator

    def _tell(self, indicator: Indicator, day: date) -> None:
        self._chronicle.tell(
            ResultIndicatorDefined,
            day,
            {
                "indicator_id": indicator.indicator_id,
                "framework_id": indicator.framework.framework_id,
                "direction": indicator.direction,
                "baseline": f"{indicator.baseline:.1f}",
                "target": f"{indicator.target:.1f}",
                "target_on": indicator.framework.valid_to,
            },
        )

    def _measure(self, indicator: Indicator) -> None:
        rng, framework = self._rng, indicator.framework
        on_course = rng.random() < self._plan.on_course
        gone = rng.uniform(*(REACHED if on_course else MISSED))
        length = (framework.valid_to - framework.valid_from).days + 1
        for measured in self._days(framework):
            reported = between(rng, measured, REPORTED_DAYS)
            if measured < self._scenario.first_day or reported > self._scenario.last_day:
                continue
            elapsed = ((measured - framework.valid_from).days + 1) / length
            value = indicator.baseline + indicator.way * gone * elapsed**HEAD_START
            self._chronicle.tell(
                MeasurementReported,
                reported,
                {
                    "indicator_id": indicator.indicator_id,
                    "value": f"{max(0.0, value):.1f}",
                    "measured_on": measured,
                },
            )

    def _days(self, framework: Framework) -> Iterator[date]:
        """Days for which there is a measurement: in between, and the last one."""
        step = timedelta(days=int(self._plan.measured_every_months * MONTH))
        day = framework.valid_from + step
        while day + step / 2 < framework.reported_until:
            if day > framework.approved_on:
                yield day
            day += step
        if framework.reported_until > framework.approved_on:
            yield framework.reported_until

    def _link(self, indicator: Indicator) -> None:
        """Link to a target of the 2030 Agenda; once adopted, to the Global Compact as well or instead."""
        rng, adopted, framework = self._rng, self._plan.gcm_adopted_on, indicator.framework
        day = between(rng, framework.approved_on, LINKED_DAYS)
        compact = day >= adopted or framework.valid_to > adopted
        sdg_target = gcm_objective = None
        if not compact or rng.random() < TO_AGENDA:
            sdg_target = self._sdg_targets.draw(rng)
        if compact and (sdg_target is None or rng.random() < TO_BOTH):
            gcm_objective = self._gcm_objectives.draw(rng)
            day = max(day, between(rng, adopted, LINKED_DAYS))
        if day <= self._scenario.last_day:
            self._chronicle.tell(
                ResultLinked,
                day,
                {
                    "indicator_id": indicator.indicator_id,
                    "sdg_target": sdg_target,
                    "gcm_objective": gcm_objective,
                    "linked_on": day,
                },
            )
