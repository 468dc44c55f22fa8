"""The development fund: requests, payments within the budget, projects and their ex-post evaluation."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from orgpulse_schemas.families.evaluation.evaluations import EvaluationPublished
from orgpulse_schemas.families.finance.budgets import BudgetApproved, BudgetRevised, ExpenditurePosted
from orgpulse_schemas.families.finance.fund_projects import (
    FundAllocationMade,
    FundContributionReceived,
    FundDisbursementMade,
    FundProjectCompleted,
    FundProjectEvaluated,
    FundProjectStarted,
)
from orgpulse_schemas.families.finance.fund_requests import (
    EligibilityListed,
    FundRequestApproved,
    FundRequestDeclined,
    FundRequestScreened,
    FundRequestSubmitted,
)
from orgpulse_schemas.families.reference.organisation import ProjectRegistered

YEARS = range(2016, 2020)


def fund_projects(taken) -> dict[str, ProjectRegistered]:
    registered = sorted(
        (p for p in taken.payloads(ProjectRegistered) if p.fund == "development_fund"),
        key=lambda project: project.end_date,
    )
    return {project.project_id: project for project in registered}


def test_the_fund_started_the_756_registered_projects_in_123_countries(full):
    started = full.payloads(FundProjectStarted)
    projects = fund_projects(full)

    assert len(started) == 756
    assert {s.project_id: s.started_on for s in started} == {
        id_: project.start_date for id_, project in projects.items()
    }
    assert len({s.country for s in started}) == 123


def test_every_project_answers_one_approved_request_of_its_country(full):
    submitted = {r.request_id: r for r in full.payloads(FundRequestSubmitted)}
    approved = {r.request_id: r for r in full.payloads(FundRequestApproved)}
    started = {s.project_id: s for s in full.payloads(FundProjectStarted)}
    request_of: defaultdict[str, set[str]] = defaultdict(set)
    for allocation in full.payloads(FundAllocationMade):
        request_of[allocation.project_id].add(allocation.request_id)
        assert allocation.country == submitted[allocation.request_id].country
        assert approved[allocation.request_id].approved_on < allocation.allocated_on

    assert set(request_of) == set(started)
    assert all(len(requests) == 1 for requests in request_of.values())
    assert {request for requests in request_of.values() for request in requests} == set(approved)


def test_requests_are_submitted_then_screened_then_decided_once(full):
    submitted = {r.request_id: r for r in full.payloads(FundRequestSubmitted)}
    screened = {r.request_id: r for r in full.payloads(FundRequestScreened)}
    approved = {r.request_id: r.approved_on for r in full.payloads(FundRequestApproved)}
    declined = {r.request_id: r.declined_on for r in full.payloads(FundRequestDeclined)}

    assert not set(approved) & set(declined)
    assert all(submitted[id_].submitted_on < r.screened_on for id_, r in screened.items())
    for id_, day in (approved | declined).items():
        assert screened[id_].screened_on < day
    assert all(screened[id_].eligible for id_ in approved)
    for decision in full.payloads(FundRequestDeclined):
        assert screened[decision.request_id].eligible == (decision.reason != "not_eligible")
    assert len({d.reason for d in full.payloads(FundRequestDeclined)}) == 4


def test_eligibility_lists_agree_with_screening(full):
    listed = {(e.country, e.year): e.eligible for e in full.payloads(EligibilityListed)}
    submitted = {r.request_id: r for r in full.payloads(FundRequestSubmitted)}

    assert {year for _, year in listed} == set(YEARS)
    for screening in full.payloads(FundRequestScreened):
        request = submitted[screening.request_id]
        if request.submitted_on.year in YEARS:
            assert listed[request.country, request.submitted_on.year] == screening.eligible
    regions = {(e.country, e.region) for e in full.payloads(EligibilityListed)}
    assert {(r.country, r.region) for r in submitted.values()} <= regions
    for year in YEARS:
        eligible = {country for (country, listed_in), yes in listed.items() if yes and listed_in == year}
        assert 123 < len(eligible) < 173


def test_some_states_are_off_the_list_for_a_year(full):
    years_on: Counter[str] = Counter()
    for entry in full.payloads(EligibilityListed):
        years_on[entry.country] += entry.eligible

    assert sum(0 < years < 4 for years in years_on.values()) > 10


def test_allocations_stay_within_the_budget_and_cover_what_is_disbursed_and_spent(full):
    budgets = {b.year: b.amount_usd for b in full.payloads(BudgetApproved) if b.kind == "development_fund"}
    allocated: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    disbursed: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    spent: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    projects = fund_projects(full)
    for allocation in full.payloads(FundAllocationMade):
        allocated[allocation.project_id, allocation.allocated_on.year] += allocation.amount_usd
    for payment in full.payloads(FundDisbursementMade):
        disbursed[payment.project_id, payment.disbursed_on.year] += payment.amount_usd
    for posting in full.payloads(ExpenditurePosted):
        if posting.project_id in projects:
            spent[posting.project_id, posting.posted_on.year] += posting.amount_usd

    assert set(disbursed) == set(allocated)
    for key, amount in spent.items():
        assert amount <= disbursed[key] <= allocated[key]
    for year in YEARS:
        total = sum(amount for (_, in_year), amount in allocated.items() if in_year == year)
        assert budgets[year] * Decimal("0.95") < total <= budgets[year]


def test_a_request_is_approved_for_at_least_what_is_allocated(full):
    approved = {r.request_id: r.amount_usd for r in full.payloads(FundRequestApproved)}
    asked = {r.request_id: r.amount_usd for r in full.payloads(FundRequestSubmitted)}
    allocated: defaultdict[str, Decimal] = defaultdict(Decimal)
    for allocation in full.payloads(FundAllocationMade):
        allocated[allocation.request_id] += allocation.amount_usd

    assert all(amount <= approved[request] <= asked[request] for request, amount in allocated.items())


def test_nothing_is_disbursed_before_it_is_allocated(full):
    first: dict[str, date] = {}
    for allocation in sorted(full.payloads(FundAllocationMade), key=lambda a: a.allocated_on, reverse=True):
        first[allocation.project_id] = allocation.allocated_on

    assert all(first[p.project_id] <= p.disbursed_on for p in full.payloads(FundDisbursementMade))


def test_projects_complete_on_their_last_day_and_only_then_are_evaluated(full):
    projects = fund_projects(full)
    completed = {c.project_id: c.completed_on for c in full.payloads(FundProjectCompleted)}
    published = {
        e.project_id: e.published_on for e in full.payloads(EvaluationPublished) if e.kind == "ex_post"
    }
    evaluated = {e.project_id: e.evaluated_on for e in full.payloads(FundProjectEvaluated)}

    assert completed == {
        id_: project.end_date for id_, project in projects.items() if project.end_date <= date(2019, 12, 31)
    }
    assert evaluated == published
    days = [(day - completed[id_]).days for id_, day in evaluated.items()]
    assert min(days) > 180
    assert any(days_after > 366 for days_after in days)
    due = [id_ for id_, day in completed.items() if date(2016, 1, 1) <= day <= date(2018, 12, 31)]
    assert any(id_ not in evaluated for id_ in due)


def test_contributions_come_from_states_and_the_general_public(full):
    by_year: defaultdict[int, Decimal] = defaultdict(Decimal)
    for contribution in full.payloads(FundContributionReceived):
        by_year[contribution.received_on.year] += contribution.amount_usd
        assert (contribution.donor_id is None) == (contribution.source == "general_public")
        assert (contribution.giver_name is None) == (contribution.source == "member_state")

    assert by_year[2019] == Decimal(16_000_000) * Decimal("0.98")


def test_revisions_leave_the_published_budgets_in_force(full):
    approved = {b.budget_id: b for b in full.payloads(BudgetApproved)}
    newest = {
        (b.kind, b.year): b.amount_usd
        for b in sorted(full.payloads(BudgetApproved), key=lambda b: b.approved_on)
    }
    revised = {
        (b.kind, b.year): b.amount_usd
        for b in sorted(full.payloads(BudgetRevised), key=lambda b: b.revised_on)
    }

    assert revised == newest
    assert revised["development_fund", 2019] == 16_000_000
    for revision in full.payloads(BudgetRevised):
        assert approved[revision.budget_id].approved_on < revision.revised_on
        assert approved[revision.budget_id].kind == revision.kind
