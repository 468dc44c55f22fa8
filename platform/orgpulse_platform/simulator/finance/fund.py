"""The development fund: from the eligibility lists to the ex-post evaluation of the projects that it paid."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.finance.fund_money import FundContributions, Payment, pay_projects
from orgpulse_platform.simulator.finance.fund_requests import FundRequests
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.reference.story import Surroundings
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.fund_projects import (
    FundAllocationMade,
    FundDisbursementMade,
    FundProjectCompleted,
    FundProjectEvaluated,
    FundProjectStarted,
)


def run_fund(
    world: World,
    surroundings: Surroundings,
    projects: tuple[Project, ...],
    spent: Mapping[tuple[str, int], Decimal],
    chronicle: Chronicle,
) -> None:
    """Everything of the fund but the evaluations of its projects."""
    FundContributions(world, surroundings.donors, chronicle).receive()
    payments = pay_projects(world, projects, spent)
    requests = FundRequests(world, surroundings.states, chronicle).run(payments)
    for number, payment in enumerate(payments, start=1):
        _pay(payment, number, requests[payment.project.project_id], chronicle)
    for project in projects:
        if project.fund:
            _implement(project, world.scenario.last_day, chronicle)


def _pay(payment: Payment, number: int, request_id: str, chronicle: Chronicle) -> None:
    project = payment.project
    chronicle.tell(
        FundAllocationMade,
        payment.allocated_on,
        {
            "allocation_id": f"AL-{number:05}",
            "request_id": request_id,
            "project_id": project.project_id,
            "country": project.unit.country,
            "amount_usd": str(payment.allocated),
            "allocated_on": payment.allocated_on,
        },
        hours=EARLY,
    )
    chronicle.tell(
        FundDisbursementMade,
        payment.disbursed_on,
        {
            "disbursement_id": f"DB-{number:05}",
            "project_id": project.project_id,
            "amount_usd": str(payment.disbursed),
            "disbursed_on": payment.disbursed_on,
        },
    )


def _implement(project: Project, last_day: date, chronicle: Chronicle) -> None:
    chronicle.tell(
        FundProjectStarted,
        project.start,
        {
            "project_id": project.project_id,
            "country": project.unit.country,
            "started_on": project.start,
        },
    )
    if project.end is not None and project.end <= last_day:
        chronicle.tell(
            FundProjectCompleted,
            project.end,
            {"project_id": project.project_id, "completed_on": project.end},
        )


def accept_evaluations(evaluated: Mapping[str, date], chronicle: Chronicle) -> None:
    """Tell the ex-post evaluations, by project, on the day on which the repository publishes them."""
    for project_id, day in evaluated.items():
        chronicle.tell(
            FundProjectEvaluated, day, {"project_id": project_id, "evaluated_on": day}, hours=EARLY
        )
