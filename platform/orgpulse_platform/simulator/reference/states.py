"""Member States and observers, since when, and the region of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pycountry

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.partnerships import MembershipConcluded
from orgpulse_schemas.families.reference.world import MemberStateRegistered

FOUNDED: Final = date(1951, 12, 5)
"""The founders are members since then."""
JOINED: Final = (date(1953, 3, 1), date(2000, 11, 30))
"""First and last day on which the others joined that were members when the simulation begins; the
development fund began later."""


@dataclass(frozen=True, slots=True)
class State:
    """A Member State."""

    country: str
    region: str
    since: date

    @property
    def name(self) -> str:
        """Name of the state."""
        return state_name(self.country)


def state_name(country: str) -> str:
    """The name by which ISO 3166 lists a country."""
    found: Any = pycountry.countries.get(alpha_3=country)
    return str(getattr(found, "common_name", found.name))


class MemberStates:
    """Every Member State, in the order of the scenario."""

    def __init__(self, world: World) -> None:
        scenario, rng = world.scenario, world.stream("member states")
        self._membership = scenario.reference.membership
        regions: dict[str, str] = {place.country: place.region for place in scenario.duty_stations}
        for region, countries in self._membership.without_duty_station.items():
            regions.update(dict.fromkeys(countries, region))
        not_eligible = {
            *scenario.development_fund.countries_not_eligible,
            *scenario.finance.fund.also_not_eligible,
        }
        joined = dict.fromkeys(self._membership.founders, FOUNDED) | self._membership.joined
        self.all = tuple(
            State(country, region, joined.get(country) or day_between(rng, *JOINED))
            for country, region in regions.items()
        )
        self.by_country = {state.country: state for state in self.all}
        self.eligible = tuple(state for state in self.all if state.country not in not_eligible)
        """Those that the development fund is for."""

    def register(self, reference: Chronicle) -> None:
        """Tell the registration of every Member State."""
        for state in self.all:
            reference.tell(
                MemberStateRegistered,
                state.since,
                {
                    "country": state.country,
                    "name": state.name,
                    "region": state.region,
                    "member_since": state.since,
                },
                hours=EARLY,
            )

    def conclude(self, finance: Chronicle) -> None:
        """Tell every membership, and the observers."""
        concluded = [(state.country, "member", state.since) for state in self.all]
        concluded += [(country, "observer", day) for country, day in self._membership.observers.items()]
        for country, status, day in concluded:
            finance.tell(
                MembershipConcluded,
                day,
                {"country": country, "status": status, "name": state_name(country), "concluded_on": day},
            )
