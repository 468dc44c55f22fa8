"""Facilities: the buildings that offices use."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from orgpulse_platform.simulator.draw import apportion, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.organisation import Organisation, Unit
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.reference.organisation import FacilityRegistered

SQUARE_METRES_PER_PERSON: Final = 16


@dataclass(frozen=True, slots=True)
class Facility:
    """A building that an office uses."""

    facility_id: str
    unit: Unit
    floor_area: float
    in_use_from: date


def register_facilities(world: World, organisation: Organisation, chronicle: Chronicle) -> list[Facility]:
    """One building for each office, more for the large ones; fewer offices at a smaller scale."""
    scenario, rng = world.scenario, world.stream("facilities")
    number = world.scaled(scenario.facilities.number)
    largest = sorted(organisation.units, key=lambda unit: -unit.staff)[:number]
    extra = apportion(number - len(largest), [float(unit.staff) for unit in largest])
    facilities: list[Facility] = []
    for unit, more in zip(largest, extra, strict=True):
        for _ in range(1 + more):
            area = round(
                (unit.staff * 2.7 + 4) / (1 + more) * SQUARE_METRES_PER_PERSON * rng.uniform(0.7, 1.5)
            )
            facility = Facility(
                f"F{1000 + len(facilities)}",
                unit,
                float(area),
                day_between(rng, date(1992, 1, 1), date(scenario.first_year - 1, 12, 1)),
            )
            facilities.append(facility)
            _register(facility, chronicle, rng, scenario.facilities.unknown)
    return facilities


def _register(facility: Facility, chronicle: Chronicle, rng: Random, unknown: float) -> None:
    chronicle.tell(
        FacilityRegistered,
        facility.in_use_from,
        {
            "facility_id": facility.facility_id,
            "unit_id": facility.unit.unit_id,
            "country": facility.unit.country,
            "floor_area": None if rng.random() < unknown else f"{facility.floor_area:.2f}",
            "in_use_from": facility.in_use_from,
        },
    )
