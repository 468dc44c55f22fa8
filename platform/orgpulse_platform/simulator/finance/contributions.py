"""Contributions received; yearly sums by revenue type are the published ones."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between, share_out
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.reference.donors import Donor
from orgpulse_platform.simulator.reference.rates import ExchangeRates
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.donors import ContributionReceived

CENT: Final = Decimal("0.01")
ASSESSED_CURRENCY: Final = "CHF"
"""Member States are assessed in the currency of headquarters."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a donor gave."""

    donor: Donor
    revenue_type: str
    amount_usd: Decimal
    day: date


class Contributions:
    """Contributions whose amounts sum up to the published revenue of each year and type."""

    def __init__(
        self, world: World, donors: tuple[Donor, ...], rates: ExchangeRates, chronicle: Chronicle
    ) -> None:
        self._world = world
        self._scenario = world.scenario
        self._chronicle = chronicle
        self._rng = world.stream("contributions")
        self._donors = donors
        self._rates = rates
        self.all: list[Contribution] = []
        """Everything received."""

    def receive(self) -> None:
        """Receive the revenue of every year."""
        for year in self._scenario.years:
            for revenue_type, total in self._scenario.revenue[year].items():
                number = self._world.scaled(self._scenario.donors.contributions[revenue_type])
                givers = self._givers(revenue_type, number, year)
                weights = [donor.wealth * self._rng.uniform(0.3, 1.7) for donor in givers]
                for donor, amount in zip(givers, share_out(total, weights), strict=True):
                    day = day_between(self._rng, date(year, 1, 4), date(year, 12, 29))
                    self._receive(Contribution(donor, revenue_type, amount, day))

    def _givers(self, revenue_type: str, number: int, year: int) -> list[Donor]:
        """Who gives revenue of a type: assessed contributions come from Member States, one from each.

        Donors give from the year after that in which they were registered.
        """
        donors = [donor for donor in self._donors if donor.since.year < year]
        states = [donor for donor in donors if donor.donor_type == "member_state"]
        if revenue_type == "R01":
            chosen = self._rng.sample(states, min(number, len(states)))
            return chosen + self._rng.choices(states, k=number - len(chosen))
        if revenue_type == "R02":
            public = [donor for donor in donors if donor.donor_type == "general_public"]
            return self._rng.choices(states + public, k=number)
        by_wealth = Weighted({donor: donor.wealth**0.5 for donor in donors})
        return [by_wealth.draw(self._rng) for _ in range(number)]

    def _receive(self, given: Contribution) -> None:
        self.all.append(given)
        donor = given.donor
        currency = ASSESSED_CURRENCY if given.revenue_type == "R01" else donor.currency
        rate = self._rates.on(currency, given.day)
        self._chronicle.tell(
            ContributionReceived,
            given.day,
            {
                "contribution_id": f"CN-{len(self.all):06}",
                "donor_id": donor.donor_id,
                "donor_type": donor.donor_type,
                "revenue_type": given.revenue_type,
                "amount": str((given.amount_usd * rate).quantize(CENT, ROUND_HALF_UP)),
                "currency": currency,
                "amount_usd": str(given.amount_usd),
                "received_on": given.day,
            },
        )
