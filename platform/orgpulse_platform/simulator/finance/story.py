"""Everything that the finance system and the development fund tell."""

from collections.abc import Mapping
from datetime import date

from orgpulse_platform.simulator.finance.audits import audit_offices
from orgpulse_platform.simulator.finance.budgets import approve_budgets, revise_budgets
from orgpulse_platform.simulator.finance.commitments import post_commitments
from orgpulse_platform.simulator.finance.contributions import Contributions
from orgpulse_platform.simulator.finance.controls import attest_controls, conclude_partnerships
from orgpulse_platform.simulator.finance.donor_reports import report_to_donors
from orgpulse_platform.simulator.finance.expenditure import Expenditure
from orgpulse_platform.simulator.finance.fund import accept_evaluations, run_fund
from orgpulse_platform.simulator.finance.pledges import Pledges
from orgpulse_platform.simulator.finance.risks import RiskRegister
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.reference.story import Surroundings
from orgpulse_platform.simulator.world import World


def tell_finance(
    world: World,
    organisation: Organisation,
    surroundings: Surroundings,
    projects: tuple[Project, ...],
    evaluated: Mapping[str, date],
) -> None:
    """Tell the facts of the family; ``evaluated`` are the ex-post evaluations by project."""
    chronicle = world.chronicle("finance")
    contributions = Contributions(world, surroundings.donors, surroundings.rates, chronicle)
    contributions.receive()
    Pledges(world, chronicle).run(contributions.all)
    approve_budgets(world, chronicle)
    revise_budgets(world, chronicle)
    expenditure = Expenditure(world, organisation, chronicle)
    expenditure.post(projects)
    post_commitments(world, projects, expenditure.spent, chronicle)
    report_to_donors(world, projects, chronicle)
    run_fund(world, surroundings, projects, expenditure.spent, chronicle)
    accept_evaluations(evaluated, chronicle)
    audit_offices(world, organisation, chronicle)
    RiskRegister(world, organisation, chronicle).run()
    attest_controls(world, organisation, chronicle)
    conclude_partnerships(world, chronicle)
    surroundings.states.conclude(chronicle)
