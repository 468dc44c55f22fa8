"""The footprint by source, stream and treatment: it sums up to the inventory of the facility and year."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from orgpulse_platform.simulator.draw import Weighted, apportion
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.environment.footprint import (
    EmissionReported,
    WasteReported,
    WaterUseReported,
)

SCOPE_OF: Final = {
    "generators": "1",
    "vehicles": "1",
    "refrigerants": "1",
    "heating": "1",
    "electricity": "2",
    "air_travel": "3",
    "commuting": "3",
}
GRAM: Final = 6
"""Places of emissions in tonnes."""
MILLIGRAM: Final = 3
"""Places of waste in kilograms."""
Treat = Callable[[str], str]
"""The treatment of a stream."""


class Footprint:
    """Reports beside the inventories, from the year on in which they are asked for."""

    def __init__(self, world: World, chronicle: Chronicle) -> None:
        self._plan = world.scenario.environment.footprint
        self._chronicle = chronicle
        self._rng = world.stream("footprint")
        self._recovered = {stream: Weighted(w) for stream, w in self._plan.recovered.items()}
        self._disposed = Weighted(self._plan.disposed)

    def report(self, inventory: dict[str, Any], bought: float, burnt: float, day: date) -> None:
        """Tell the sources behind the figures that an inventory holds; of an unknown figure there are none.

        ``bought`` and ``burnt`` are the emissions of electricity and of heating in tonnes of CO2 equivalent.
        """
        if inventory["year"] < self._plan.from_year:
            return
        told = {"facility_id": inventory["facility_id"], "year": inventory["year"], "reported_on": day}
        if inventory["greenhouse_gas"] is not None:
            self._emit(told, Decimal(inventory["greenhouse_gas"]), bought, burnt)
        if inventory["water"] is not None:
            self._chronicle.tell(WaterUseReported, day, {**told, "water": inventory["water"]})
        if inventory["waste"] is not None:
            self._dispose(told, Decimal(inventory["waste"]), inventory["waste_diverted"])

    def _emit(self, told: dict[str, Any], total: Decimal, bought: float, burnt: float) -> None:
        units = int(total.scaleb(GRAM))
        known = {"electricity": min(units, int(bought * 10**GRAM))}
        known["heating"] = min(units - known["electricity"], int(burnt * 10**GRAM))
        weights = self._varied(self._plan.other_sources)
        parts = apportion(units - sum(known.values()), list(weights.values()))
        for source, part in {**known, **dict(zip(weights, parts, strict=True))}.items():
            if part > 0:
                emitted = {"scope": SCOPE_OF[source], "source": source, "greenhouse_gas": _text(part, GRAM)}
                self._chronicle.tell(EmissionReported, told["reported_on"], {**told, **emitted})

    def _dispose(self, told: dict[str, Any], total: Decimal, diverted: str | None) -> None:
        """Diverted waste comes from streams that can be recovered; the treatment may be unknown."""
        units = int(total.scaleb(MILLIGRAM))
        if diverted is None:
            self._split(told, units, self._plan.streams, lambda _: "unknown")
            return
        kept = int(Decimal(diverted).scaleb(MILLIGRAM))
        rng = self._rng
        recoverable = {stream: w for stream, w in self._plan.streams.items() if stream in self._recovered}
        self._split(told, kept, recoverable, lambda stream: self._recovered[stream].draw(rng))
        self._split(told, units - kept, self._plan.streams, lambda _: self._disposed.draw(rng))

    def _split(self, told: dict[str, Any], units: int, streams: dict[str, float], treat: Treat) -> None:
        """Share out waste among one to three streams, the most common ones most often."""
        weights = self._varied(streams)
        largest = dict(sorted(weights.items(), key=lambda item: -item[1])[: self._rng.randint(1, 3)])
        for stream, part in zip(largest, apportion(units, list(largest.values())), strict=True):
            if part > 0:
                waste = {"stream": stream, "treatment": treat(stream), "waste": _text(part, MILLIGRAM)}
                self._chronicle.tell(WasteReported, told["reported_on"], {**told, **waste})

    def _varied(self, weights: dict[str, float]) -> dict[str, float]:
        return {name: weight * self._rng.uniform(0.1, 1.9) for name, weight in weights.items()}


def _text(units: int, places: int) -> str:
    return str(Decimal(units).scaleb(-places))
