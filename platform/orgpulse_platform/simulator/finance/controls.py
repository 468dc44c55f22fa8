"""Controls attested along the lines of defence, and agreements with partners."""

from datetime import date
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.occasions import days_of
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.controls import ControlAttested
from orgpulse_schemas.families.finance.partnerships import PartnershipConcluded

ATTESTED: Final = ((11, 1), (12, 20))
"""First and last month and day on which a year's controls are attested."""
LINE_OF: Final = {"regional_office": "second", "headquarters": "third"}
"""Regional offices oversee, headquarters audits; the operations of all other offices are the first line."""


def attest_controls(world: World, organisation: Organisation, chronicle: Chronicle) -> None:
    """One control a year of each office that attests; those of the second and third line always do."""
    rng, plan = world.stream("controls"), world.scenario.finance.controls
    for year in world.scenario.years:
        for unit in organisation.units:
            line = LINE_OF.get(unit.unit_type, "first")
            if line == "first" and rng.random() >= plan.attested[year]:
                continue
            day = day_between(rng, date(year, *ATTESTED[0]), date(year, *ATTESTED[1]))
            chronicle.tell(
                ControlAttested,
                day,
                {
                    "control_id": f"CT-{unit.unit_id}-{year}",
                    "unit_id": unit.unit_id,
                    "line_of_defence": line,
                    "year": year,
                    "effective": rng.random() < plan.effective[line],
                    "attested_on": day,
                },
            )


def conclude_partnerships(world: World, chronicle: Chronicle) -> None:
    """Tell every agreement with a partner."""
    rng, plan = world.stream("partnerships"), world.scenario.finance.partnerships
    kinds = Weighted(plan.kinds)
    for number, day in enumerate(days_of(world, rng, plan.a_year), start=1):
        chronicle.tell(
            PartnershipConcluded,
            day,
            {"partnership_id": f"PA-{number:05}", "partner_kind": kinds.draw(rng), "concluded_on": day},
        )
