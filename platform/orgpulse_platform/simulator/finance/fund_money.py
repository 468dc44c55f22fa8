"""What the development fund receives, allocates and disburses, year by year within its budget.

Every project running in a year gets an allocation of that year's budget. It covers what the project spends in
the year, and so does what is disbursed: allocated, disbursed and spent never cross.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between, share_out
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.finance.contributions import CENT
from orgpulse_platform.simulator.names import invent_name
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.reference.donors import Donor
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.fund_projects import FundContributionReceived

ALLOCATED: Final = ((1, 22), (2, 12))
"""First and last month and day on which a year's funds are allocated to the projects already running."""
BEFORE_START_DAYS: Final = 20
"""The first allocation is made at most so many days before a project starts, and in the same year."""
PAID_DAYS: Final = (5, 40)


@dataclass(frozen=True, slots=True)
class Payment:
    """What a project is allocated and paid in a year."""

    project: Project
    year: int
    allocated_on: date
    allocated: Decimal
    disbursed_on: date
    disbursed: Decimal


def pay_projects(
    world: World, projects: tuple[Project, ...], spent: Mapping[tuple[str, int], Decimal]
) -> list[Payment]:
    """Every payment since the fund began, by year."""
    scenario, rng = world.scenario, world.stream("fund payments")
    plan = scenario.finance.fund
    budgets = plan.earlier_budget | scenario.development_fund.budget
    payments: list[Payment] = []
    for year, budget in sorted(budgets.items()):
        running = [(project, _spent(project, year, spent, rng)) for project in projects if project.fund]
        running = [(project, amount) for project, amount in running if amount > 0]
        if not running:
            continue
        weights = [float(amount) for _, amount in running]
        spent_share = Decimal(str(scenario.development_fund.execution))
        allocated_share = Decimal(str(plan.allocated))
        disbursed_share = spent_share + (allocated_share - spent_share) * Decimal(str(plan.disbursed))
        allocated = share_out(budget * allocated_share, weights)
        disbursed = share_out(budget * disbursed_share, weights)
        for (project, _), more, less in zip(running, allocated, disbursed, strict=True):
            day = _allocated_on(project, year, rng)
            paid = min(day + timedelta(days=rng.randint(*PAID_DAYS)), date(year, 12, 29))
            payments.append(Payment(project, year, day, more, paid, less))
    return payments


def _spent(project: Project, year: int, spent: Mapping[tuple[str, int], Decimal], rng: Random) -> Decimal:
    """Expenditure of a project in a year; before the years simulated by how long it runs in the year."""
    known = spent.get((project.project_id, year))
    if known is not None or project.end is None:
        return known or Decimal(0)
    first, last = max(project.start, date(year, 1, 1)), min(project.end, date(year, 12, 31))
    days = max(0, (last - first).days + 1)
    return Decimal(str(days * rng.uniform(0.6, 1.4)))


def _allocated_on(project: Project, year: int, rng: Random) -> date:
    if project.start.year == year:
        first = max(date(year, 1, 3), project.start - timedelta(days=BEFORE_START_DAYS))
        return min(day_between(rng, first, project.start), project.start)
    day = day_between(rng, date(year, *ALLOCATED[0]), date(year, *ALLOCATED[1]))
    return min(day, project.end) if project.end is not None else day


class FundContributions:
    """Contributions to the fund, of Member States and of the general public."""

    def __init__(self, world: World, donors: tuple[Donor, ...], chronicle: Chronicle) -> None:
        self._world = world
        self._plan = world.scenario.finance.fund
        self._states = [donor for donor in donors if donor.donor_type == "member_state"]
        self._chronicle = chronicle
        self._rng = world.stream("fund contributions")
        self._received = 0

    def receive(self) -> None:
        """Receive a fixed share of each year's budget."""
        for year, budget in self._world.scenario.development_fund.budget.items():
            total = budget * Decimal(str(self._plan.contributed))
            public = (total * Decimal(str(self._plan.by_public))).quantize(CENT, ROUND_HALF_UP)
            for source, amount in (("member_state", total - public), ("general_public", public)):
                number = self._world.scaled(self._plan.contributions_a_year[source])
                weights = [self._rng.paretovariate(1.4) for _ in range(number)]
                for part in share_out(amount, weights):
                    self._receive(source, part, year)

    def _receive(self, source: str, amount: Decimal, year: int) -> None:
        self._received += 1
        day = day_between(self._rng, date(year, 1, 8), date(year, 12, 20))
        known = [donor for donor in self._states if donor.since.year < year]
        public = source == "general_public"
        giver = invent_name(self._rng, self._rng.choice(("CHE", "GBR", "USA")), "female") if public else None
        donor = None if public else Weighted({d: d.wealth**0.5 for d in known}).draw(self._rng)
        self._chronicle.tell(
            FundContributionReceived,
            day,
            {
                "contribution_id": f"FC-{self._received:05}",
                "source": source,
                "donor_id": donor.donor_id if donor else None,
                "giver_name": giver.full if giver else None,
                "amount_usd": str(amount),
                "received_on": day,
            },
        )
