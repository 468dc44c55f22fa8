"""What facilities report year by year, what they do about it, and what is offset."""

from datetime import date
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.environment.facilities import Facility
from orgpulse_platform.simulator.environment.footprint import Footprint
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.environment.facilities import FacilityInventoryReported, FacilityMeasureAdopted
from orgpulse_schemas.families.environment.strategy import OffsetRetired

REPORTED: Final = ((12, 1), (12, 23))
"""Inventories of a year are closed in its December, the last weeks estimated."""
GRID: Final = 0.00048
"""Tonnes of CO2 equivalent for one kWh of electricity bought."""
GAS: Final = 0.000202
"""Tonnes of CO2 equivalent for one kWh of natural gas."""
MEASURES: Final = ("solar_power", "led_lighting", "water_saving", "waste_sorting", "insulation")


class Inventories:
    """What facilities report, what they do about it, and what is offset."""

    def __init__(self, world: World, facilities: list[Facility], chronicle: Chronicle) -> None:
        self._world = world
        self._scenario = world.scenario
        self._facilities = facilities
        self._chronicle = chronicle
        self._rng = world.stream("inventories")
        self._footprint = Footprint(world, chronicle)

    def run(self) -> None:
        """Report every year, adopt measures, retire certificates."""
        for year in self._scenario.years:
            emissions = sum(self._report(year))
            self._offset(year, emissions)
        for number in range(1, self._world.scaled(self._scenario.facilities.measures) + 1):
            self._adopt(number)

    def _report(self, year: int) -> list[float]:
        """Inventories of the facilities that report; their known emissions in tonnes of CO2 equivalent."""
        number = round(len(self._facilities) * self._scenario.facilities.reporting[year])
        return [self._inventory(f, year) for f in self._rng.sample(self._facilities, number)]

    def _inventory(self, facility: Facility, year: int) -> float:
        rng = self._rng
        electricity = facility.floor_area * rng.uniform(60, 190)
        renewable = electricity * rng.choice((0.0, 0.0, 0.05, 0.1, 0.25, 0.6))
        gas = facility.floor_area * rng.uniform(0, 90) if facility.unit.region == "europe" else 0.0
        bought, burnt = (electricity - renewable) * GRID, gas * GAS
        emissions = bought + burnt + facility.floor_area * rng.uniform(0, 0.02)
        waste = facility.floor_area * rng.uniform(4, 16)
        reported = self._known(f"{emissions:.6f}")
        known_waste = self._known(f"{waste:.3f}")
        day = day_between(rng, date(year, *REPORTED[0]), date(year, *REPORTED[1]))
        inventory = {
            "facility_id": facility.facility_id,
            "facility_name": f"{facility.unit.name} {facility.facility_id}",
            "year": year,
            "floor_area": f"{facility.floor_area:.2f}",
            "electricity": self._known(f"{electricity:.3f}"),
            "renewable_electricity": self._known(f"{renewable:.3f}"),
            "natural_gas": self._known(f"{gas:.3f}"),
            "greenhouse_gas": reported,
            "water": self._known(f"{facility.floor_area * rng.uniform(0.4, 2.2):.3f}"),
            "waste": known_waste,
            "waste_diverted": self._known(f"{waste * rng.uniform(0, 0.6):.3f}") if known_waste else None,
        }
        self._chronicle.tell(FacilityInventoryReported, day, inventory)
        self._footprint.report(inventory, bought, burnt, day)
        return emissions if reported else 0.0

    def _known(self, figure: str) -> str | None:
        """The figure, or nothing where nobody read the meter."""
        return None if self._rng.random() < self._scenario.facilities.unknown else figure

    def _offset(self, year: int, emissions: float) -> None:
        share = self._scenario.facilities.offset.get(year, 0.0)
        if share == 0.0:
            return
        certificates = self._scenario.facilities.certificates_a_year
        for number in range(1, certificates + 1):
            day = day_between(self._rng, date(year, 12, 24), date(year, 12, 30))
            self._chronicle.tell(
                OffsetRetired,
                day,
                {
                    "offset_id": f"OF-{year}-{number}",
                    "year": year,
                    "greenhouse_gas": f"{emissions * share / certificates:.6f}",
                    "retired_on": day,
                },
            )

    def _adopt(self, number: int) -> None:
        facility = self._rng.choice(self._facilities)
        day = day_between(self._rng, self._scenario.first_day, self._scenario.last_day)
        self._chronicle.tell(
            FacilityMeasureAdopted,
            day,
            {
                "measure_id": f"ME-{number:04}",
                "facility_id": facility.facility_id,
                "measure": self._rng.choice(MEASURES),
                "adopted_on": day,
            },
        )
