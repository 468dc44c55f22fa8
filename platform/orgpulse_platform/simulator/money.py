"""Contributions received and budgets approved; yearly sums by revenue type are the published ones."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between, share_out
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.budgets import BudgetApproved
from orgpulse_schemas.families.finance.donors import ContributionReceived

CENT: Final = Decimal("0.01")
ASSESSED_CURRENCY: Final = "CHF"
"""Member States are assessed in the currency of headquarters."""
FIRST_APPROVAL: Final = Decimal("0.93")
"""Share of the final budget that is approved when the year begins; a revision in the year brings the rest."""
IN_DOLLARS: Final = 0.4
"""Share of donors whose agreements are in United States dollars whatever their own currency."""


@dataclass(frozen=True, slots=True)
class Donor:
    """Who gives, of what kind, in which currency."""

    donor_id: str
    donor_type: str
    currency: str
    wealth: float
    """Weight among the donors; a few give most."""


class Contributions:
    """Contributions whose amounts sum up to the published revenue of each year and type."""

    def __init__(self, world: World, chronicle: Chronicle) -> None:
        self._world = world
        self._scenario = world.scenario
        self._chronicle = chronicle
        self._rng = world.stream("contributions")
        self._donors = self._invent_donors()
        self._received = 0

    def receive(self) -> None:
        """Receive the revenue of every year."""
        for year in self._scenario.years:
            for revenue_type, total in self._scenario.revenue[year].items():
                number = self._world.scaled(self._scenario.donors.contributions[revenue_type])
                givers = self._givers(revenue_type, number)
                weights = [donor.wealth * self._rng.uniform(0.3, 1.7) for donor in givers]
                for donor, amount in zip(givers, share_out(total, weights), strict=True):
                    self._receive(donor, revenue_type, amount, year)

    def _invent_donors(self) -> list[Donor]:
        """Member States, agencies, companies, and the general public as one donor."""
        shares, rng = self._scenario.donors, self._rng
        kinds = (
            ["member_state"] * shares.member_states
            + ["un_agency"] * shares.un_agency
            + ["multilateral"] * shares.multilateral
            + ["private_sector"] * shares.private_sector
            + ["general_public"]
        )
        currencies = list(self._scenario.currencies)
        return [
            Donor(
                f"D{number:04}",
                kind,
                "USD" if kind == "un_agency" or rng.random() < IN_DOLLARS else rng.choice(currencies),
                rng.paretovariate(0.9),
            )
            for number, kind in enumerate(kinds, start=1)
        ]

    def _givers(self, revenue_type: str, number: int) -> list[Donor]:
        """Who gives revenue of a type: assessed contributions come from Member States, one from each."""
        states = [donor for donor in self._donors if donor.donor_type == "member_state"]
        if revenue_type == "R01":
            chosen = self._rng.sample(states, min(number, len(states)))
            return chosen + self._rng.choices(states, k=number - len(chosen))
        if revenue_type == "R02":
            public = [donor for donor in self._donors if donor.donor_type == "general_public"]
            return self._rng.choices(states + public, k=number)
        by_wealth = Weighted({donor: donor.wealth**0.5 for donor in self._donors})
        return [by_wealth.draw(self._rng) for _ in range(number)]

    def _receive(self, donor: Donor, revenue_type: str, amount_usd: Decimal, year: int) -> None:
        self._received += 1
        currency = ASSESSED_CURRENCY if revenue_type == "R01" else donor.currency
        amount = (amount_usd * self._scenario.currencies[currency]).quantize(CENT, ROUND_HALF_UP)
        day = day_between(self._rng, date(year, 1, 4), date(year, 12, 29))
        self._chronicle.tell(
            ContributionReceived,
            day,
            {
                "contribution_id": f"CN-{self._received:06}",
                "donor_id": donor.donor_id,
                "donor_type": donor.donor_type,
                "revenue_type": revenue_type,
                "amount": str(amount),
                "currency": currency,
                "amount_usd": str(amount_usd),
                "received_on": day,
            },
        )


def approve_budgets(world: World, chronicle: Chronicle) -> None:
    """Budgets of the organisation, approved and revised, and of the development fund, approved once."""
    scenario = world.scenario
    for year in scenario.years:
        total = scenario.organisation_budget[year]
        first = (total * FIRST_APPROVAL).quantize(CENT, ROUND_HALF_UP)
        fund = scenario.development_fund.budget[year]
        for budget_id, kind, amount, day in (
            (f"BU-{year}-1", "organisation", first, date(year, 1, 10)),
            (f"BU-{year}-2", "organisation", total, date(year, 6, 28)),
            (f"BF-{year}-1", "development_fund", fund, date(year, 1, 20)),
        ):
            chronicle.tell(
                BudgetApproved,
                day,
                {
                    "budget_id": budget_id,
                    "kind": kind,
                    "year": year,
                    "amount_usd": str(amount),
                    "approved_on": day,
                },
            )
