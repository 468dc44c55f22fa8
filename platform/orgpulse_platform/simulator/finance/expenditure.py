"""Expenditure posted month by month; yearly sums by sector are the published expenses."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from orgpulse_platform.simulator.draw import share_out
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.budgets import ExpenditurePosted

POSTING_DAYS: Final = (19, 28)
"""Days of the month on which postings are made; a reversal follows a day later."""
AT_HEADQUARTERS: Final = 0.04
"""Share of postings that headquarters makes for a project of another office."""

Slot = tuple[Project, int]
"""A project and a month in which it spends."""


class Expenditure:
    """The ledger lines of every project."""

    def __init__(self, world: World, organisation: Organisation, chronicle: Chronicle) -> None:
        self._scenario = world.scenario
        self._headquarters = organisation.headquarters.unit_id
        self._chronicle = chronicle
        self._rng = world.stream("expenditure")
        self._posted = 0
        self.spent: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
        """Expenditure in USD by project and year."""

    def post(self, projects: tuple[Project, ...]) -> None:
        """Post the expenditure of every year; the fund's projects spend what its budget allows."""
        fund = self._scenario.development_fund
        for year in self._scenario.years:
            slots: defaultdict[str, list[Slot]] = defaultdict(list)
            for project in projects:
                for month in _months(project, year):
                    slots["fund" if project.fund else project.sector].append((project, month))
            spent_by_fund = fund.budget[year] * Decimal(str(fund.execution))
            self._post_all(year, slots["fund"], spent_by_fund)
            for sector, total in self._scenario.expenses[year].items():
                rest = total - spent_by_fund if sector == "development" else total
                self._post_all(year, slots[sector], rest)

    def _post_all(self, year: int, slots: list[Slot], total: Decimal) -> None:
        amounts = share_out(total, [project.size * self._rng.uniform(0.4, 1.6) for project, _ in slots])
        for (project, month), amount in zip(slots, amounts, strict=True):
            day = date(year, month, self._rng.randint(*POSTING_DAYS))
            unit_id = project.unit.unit_id
            if self._rng.random() < AT_HEADQUARTERS:
                unit_id = self._headquarters
            self._post(project, unit_id, amount, day)
            if self._rng.random() < self._scenario.projects.reversed_postings:
                self._post(project, unit_id, amount, day)
                self._post(project, unit_id, -amount, day + timedelta(days=1))

    def _post(self, project: Project, unit_id: str, amount: Decimal, day: date) -> None:
        self._posted += 1
        self.spent[project.project_id, day.year] += amount
        self._chronicle.tell(
            ExpenditurePosted,
            day,
            {
                "posting_id": f"EX-{self._posted:07}",
                "project_id": project.project_id,
                "unit_id": unit_id,
                "sector": project.sector,
                "amount_usd": str(amount),
                "posted_on": day,
            },
        )


def _months(project: Project, year: int) -> range:
    """The months of a year in which a project runs."""
    first = 1 if project.start.year < year else project.start.month
    last = 12 if project.end is None or project.end.year > year else project.end.month
    if project.start.year > year or (project.end is not None and project.end.year < year):
        return range(0)
    return range(first, last + 1)
