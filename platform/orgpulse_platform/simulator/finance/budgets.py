"""Budgets approved and revised: the newest approval and revision of a year name the same amount."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.finance.contributions import CENT
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.budgets import BudgetApproved, BudgetRevised

FIRST_APPROVAL: Final = Decimal("0.93")
"""Share of the final budget that is approved when the year begins; a revision in the year brings the rest."""


def approve_budgets(world: World, chronicle: Chronicle) -> None:
    """Budgets of the organisation, approved twice a year, and of the development fund, approved once."""
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


def revise_budgets(world: World, chronicle: Chronicle) -> None:
    """The revisions of every year."""
    scenario = world.scenario
    for year in scenario.years:
        final = {
            "organisation": scenario.organisation_budget[year],
            "development_fund": scenario.development_fund.budget[year],
        }
        for revision in scenario.finance.revisions:
            day = date(year, revision.month, revision.day)
            prefix, _, number = revision.budget.partition("-")
            chronicle.tell(
                BudgetRevised,
                day,
                {
                    "budget_id": f"{prefix}-{year}-{number}",
                    "kind": revision.kind,
                    "year": year,
                    "amount_usd": str((final[revision.kind] * revision.share).quantize(CENT, ROUND_HALF_UP)),
                    "revised_on": day,
                },
            )
