"""The focal points whom offices designate."""

from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.training.psea import FocalPointDesignated

DESIGNATED: Final = (date(2016, 3, 1), date(2019, 9, 30))
"""First and last day on which focal points are designated."""


def designate_focal_points(
    world: World, organisation: Organisation, people: list[Person], chronicle: Chronicle
) -> dict[tuple[str, str], date]:
    """Offices designate focal points among the people who work there; the day by office and role."""
    designated: dict[tuple[str, str], date] = {}
    shares, rng = world.scenario.focal_points, world.stream("focal points")
    by_unit: dict[str, list[Person]] = {}
    for person in people:
        by_unit.setdefault(person.unit_id, []).append(person)
    for unit in organisation.units:
        for role, share in (("psea", shares.psea), ("gender", shares.gender)):
            day = day_between(rng, *DESIGNATED)
            serving = [
                person
                for person in by_unit.get(unit.unit_id, [])
                if person.serves_on(day) and person.unit_on(day) == unit.unit_id
            ]
            if not serving or rng.random() >= share:
                continue
            trained = day + timedelta(days=rng.randint(0, 60)) if rng.random() < shares.trained else None
            person = rng.choice(serving)
            if trained is not None and not person.serves_on(trained):
                trained = None
            designated[unit.unit_id, role] = day
            chronicle.tell(
                FocalPointDesignated,
                trained or day,
                {
                    "personnel_id": person.personnel_id,
                    "unit_id": unit.unit_id,
                    "role": role,
                    "designated_on": day,
                    "trained_on": trained,
                },
            )
    return designated
