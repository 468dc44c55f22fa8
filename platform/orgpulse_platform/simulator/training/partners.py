"""Implementing partners and the people who work for them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.names import invent_name
from orgpulse_platform.simulator.organisation import Organisation, Unit
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.training.partners import PartnerPersonRegistered, PartnerRegistered

JOINED_DAYS: Final = 700
"""People of a partner are registered within so many days after it."""
KINDS: Final = ("Community Aid", "Health Initiative", "Women's Network", "Relief Committee", "Youth Forum")


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner with its people: number and day of registration of each."""

    partner_id: str
    unit: Unit
    people: list[tuple[str, date]] = field(default_factory=list[tuple[str, date]])


def register_partners(world: World, organisation: Organisation, chronicle: Chronicle) -> list[Partner]:
    """Country and sub-offices register the partners that they work with, and these their people."""
    plan, rng = world.scenario.training.partners, world.stream("partners")
    fields = [u for u in organisation.units if u.unit_type in ("country_office", "sub_office")]
    offices = Weighted({unit: float(unit.staff) ** 0.5 for unit in fields})
    partners: list[Partner] = []
    registered = 0
    for number in range(1, world.scaled(plan.number) + 1):
        unit, day = offices.draw(rng), day_between(rng, *plan.registered)
        partner = Partner(f"I{number:04}", unit)
        partners.append(partner)
        chronicle.tell(
            PartnerRegistered,
            day,
            {
                "partner_id": partner.partner_id,
                "name": f"{unit.duty_station} {rng.choice(KINDS)} {number}",
                "unit_id": unit.unit_id,
                "registered_on": day,
            },
            hours=EARLY,
        )
        for _ in range(rng.randint(*plan.people)):
            joined = day + timedelta(days=rng.randint(0, JOINED_DAYS))
            if joined <= world.scenario.last_day:
                registered += 1
                partner.people.append((f"Q{100_000 + registered}", joined))
                name = invent_name(rng, unit.country, rng.choice(("female", "male")))
                chronicle.tell(
                    PartnerPersonRegistered,
                    joined,
                    {
                        "partner_person_id": partner.people[-1][0],
                        "partner_id": partner.partner_id,
                        "full_name": name.full,
                        "registered_on": joined,
                    },
                )
    return partners
