"""Commitments: posted before a year's expenditure of a project, and what is left released at its end."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.finance.contributions import CENT
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.budgets import CommitmentPosted

COMMITTED: Final = (1, 4)
"""First month and day of a year on which commitments are posted."""
COMMITMENT_DAYS: Final = 14
"""They are posted within so many days from there, or from the start of the project."""
RELEASED: Final = ((12, 29), (12, 31))


def post_commitments(
    world: World,
    projects: tuple[Project, ...],
    spent: Mapping[tuple[str, int], Decimal],
    chronicle: Chronicle,
) -> None:
    """Commit somewhat more than is spent in a year; the fund's projects have allocations instead."""
    rng, plan = world.stream("commitments"), world.scenario.finance.commitments
    posted = 0

    def post(project: Project, amount: Decimal, day: date) -> None:
        nonlocal posted
        posted += 1
        chronicle.tell(
            CommitmentPosted,
            day,
            {
                "commitment_id": f"CM-{posted:06}",
                "project_id": project.project_id,
                "unit_id": project.unit.unit_id,
                "amount_usd": str(amount),
                "posted_on": day,
            },
        )

    for project in projects:
        for year in world.scenario.years:
            total = spent.get((project.project_id, year), Decimal(0))
            if project.fund or total <= 0 or rng.random() >= plan.committed:
                continue
            above = (total * Decimal(str(rng.uniform(*plan.above)))).quantize(CENT, ROUND_HALF_UP)
            first = max(date(year, *COMMITTED), project.start)
            last = min(first + timedelta(days=COMMITMENT_DAYS), date(year, *RELEASED[0]))
            post(project, total + above, day_between(rng, first, last))
            if above > 0 and rng.random() < plan.released:
                post(project, -above, day_between(rng, date(year, *RELEASED[0]), date(year, *RELEASED[1])))
