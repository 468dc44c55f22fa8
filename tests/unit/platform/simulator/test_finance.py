"""Donors, pledges, commitments, reports, audits, risks and controls fit the money and the offices."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from orgpulse_schemas.families.finance.budgets import CommitmentPosted, ExpenditurePosted
from orgpulse_schemas.families.finance.controls import (
    AuditRecommendationClosed,
    AuditRecommendationIssued,
    ControlAttested,
)
from orgpulse_schemas.families.finance.donors import (
    ContributionPledged,
    ContributionReceived,
    DonorReportDue,
    DonorReportSubmitted,
)
from orgpulse_schemas.families.finance.partnerships import MembershipConcluded, PartnershipConcluded
from orgpulse_schemas.families.finance.risks import (
    RiskClosed,
    RiskMitigated,
    RiskReassessed,
    RiskRegistered,
)
from orgpulse_schemas.families.reference.organisation import OrganisationUnitRegistered, ProjectRegistered
from orgpulse_schemas.families.reference.world import (
    DonorRegistered,
    ExchangeRatePublished,
    MemberStateRegistered,
)

END = date(2019, 12, 31)


def test_173_states_are_members_and_each_is_a_donor(full):
    members = {state.country: state for state in full.payloads(MemberStateRegistered)}
    concluded = {m.country: m for m in full.payloads(MembershipConcluded) if m.status == "member"}
    donors = [d for d in full.payloads(DonorRegistered) if d.kind == "member_state"]

    assert len(members) == 173
    assert {c: m.concluded_on for c, m in concluded.items()} == {
        c: state.member_since for c, state in members.items()
    }
    assert {donor.country for donor in donors} == set(members)
    assert all(members[donor.country].member_since <= donor.registered_on for donor in donors)
    assert {m.status for m in full.payloads(MembershipConcluded)} == {"member", "observer"}


def test_every_country_with_an_office_is_a_member_in_the_region_of_the_office(full):
    regions = {state.country: state.region for state in full.payloads(MemberStateRegistered)}

    assert all(regions[unit.country] == unit.region for unit in full.payloads(OrganisationUnitRegistered))


def test_donors_give_after_they_are_registered(full):
    donors = {donor.donor_id: donor for donor in full.payloads(DonorRegistered)}

    for contribution in full.payloads(ContributionReceived):
        donor = donors[contribution.donor_id]
        assert donor.registered_on < contribution.received_on
        assert donor.kind == contribution.donor_type


def test_contributions_are_converted_at_the_published_rate_of_their_month(full):
    rates = {(rate.currency, rate.valid_from): rate.rate for rate in full.payloads(ExchangeRatePublished)}

    assert len({rate for currency, rate in ((c, r) for (c, _), r in rates.items()) if currency == "EUR"}) > 40
    for contribution in full.payloads(ContributionReceived):
        month = contribution.received_on.replace(day=1)
        rate = Decimal(1) if contribution.currency == "USD" else rates[contribution.currency, month]
        assert abs(contribution.amount - contribution.amount_usd * rate) <= Decimal("0.005")


def test_what_is_pledged_is_received_later_in_full_or_part_or_never(full):
    received: defaultdict[tuple[str, str], list[ContributionReceived]] = defaultdict(list)
    for contribution in full.payloads(ContributionReceived):
        received[contribution.donor_id, contribution.revenue_type].append(contribution)
    in_full = broken = 0
    for pledge in full.payloads(ContributionPledged):
        later = [
            c
            for c in received[pledge.donor_id, pledge.revenue_type]
            if pledge.pledged_on <= c.received_on and c.amount_usd <= pledge.amount_usd
        ]
        in_full += any(c.amount_usd == pledge.amount_usd for c in later)
        broken += not later

    pledges = len(full.payloads(ContributionPledged))
    assert pledges * 0.7 < in_full < pledges
    assert broken > 0


def test_commitments_cover_the_expenditure_of_their_project_and_year(full):
    spent: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for posting in full.payloads(ExpenditurePosted):
        spent[posting.project_id, posting.posted_on.year] += posting.amount_usd
    committed: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    starts = {p.project_id: p.start_date for p in full.payloads(ProjectRegistered)}
    for commitment in full.payloads(CommitmentPosted):
        committed[commitment.project_id, commitment.posted_on.year] += commitment.amount_usd
        assert starts[commitment.project_id] <= commitment.posted_on

    assert all(amount >= spent[key] > 0 for key, amount in committed.items())
    assert any(commitment.amount_usd < 0 for commitment in full.payloads(CommitmentPosted))


def test_donor_reports_are_due_whether_or_not_they_are_submitted(full):
    due = {report.report_id: report for report in full.payloads(DonorReportDue)}
    submitted = {report.report_id: report for report in full.payloads(DonorReportSubmitted)}

    assert set(submitted) < set(due)
    for id_, report in submitted.items():
        assert (due[id_].project_id, due[id_].due_on) == (report.project_id, report.due_on)
    missing = [report for id_, report in due.items() if id_ not in submitted]
    assert any(report.due_on < date(2019, 1, 1) for report in missing)


def test_audit_recommendations_are_closed_on_time_late_or_not_yet(full):
    issued = {r.recommendation_id: r for r in full.payloads(AuditRecommendationIssued)}
    closed = {r.recommendation_id: r.closed_on for r in full.payloads(AuditRecommendationClosed)}

    assert all(issued[id_].issued_on < day for id_, day in closed.items())
    assert any(day > issued[id_].due_on for id_, day in closed.items())
    assert any(id_ not in closed and r.due_on < END for id_, r in issued.items())


def test_risks_are_reassessed_and_mitigated_while_they_are_open(full):
    registered = {risk.risk_id: risk for risk in full.payloads(RiskRegistered)}
    closed = {risk.risk_id: risk.closed_on for risk in full.payloads(RiskClosed)}
    steps = [(r.risk_id, r.reassessed_on) for r in full.payloads(RiskReassessed)]
    steps += [(r.risk_id, r.mitigated_on) for r in full.payloads(RiskMitigated)]

    for risk_id, day in steps:
        assert registered[risk_id].registered_on < day
        assert day < closed.get(risk_id, date.max)
    current = {r.risk_id for r in full.payloads(RiskMitigated) if r.review_due_on >= END}
    still_open = set(registered) - set(closed)
    assert still_open & current
    assert still_open - current


def test_risk_levels_fall_after_mitigation_only(full):
    order = ("low", "medium", "high", "critical")
    level = {risk.risk_id: risk.level for risk in full.payloads(RiskRegistered)}
    first: dict[str, date] = {}
    for mitigation in sorted(full.payloads(RiskMitigated), key=lambda m: m.mitigated_on, reverse=True):
        first[mitigation.risk_id] = mitigation.mitigated_on

    for assessment in sorted(full.payloads(RiskReassessed), key=lambda r: r.reassessed_on):
        mitigated = first.get(assessment.risk_id, date.max) < assessment.reassessed_on
        change = order.index(assessment.level) - order.index(level[assessment.risk_id])
        assert change <= 0 if mitigated else change >= 0
        level[assessment.risk_id] = assessment.level


def test_controls_are_attested_once_a_year_along_the_lines_of_defence(full):
    types = {unit.unit_id: unit.unit_type for unit in full.payloads(OrganisationUnitRegistered)}
    lines = {"regional_office": "second", "headquarters": "third"}
    controls = full.payloads(ControlAttested)

    assert len({(c.unit_id, c.year) for c in controls}) == len(controls)
    assert all(c.line_of_defence == lines.get(types[c.unit_id], "first") for c in controls)
    assert all(c.attested_on.year == c.year for c in controls)


@pytest.mark.parametrize(
    ("contract", "field"),
    [
        (ContributionReceived, "contribution_id"),
        (ContributionPledged, "pledge_id"),
        (CommitmentPosted, "commitment_id"),
        (PartnershipConcluded, "partnership_id"),
        (RiskRegistered, "risk_id"),
        (RiskClosed, "risk_id"),
        (DonorReportDue, "report_id"),
        (ControlAttested, "control_id"),
    ],
)
def test_numbers_are_given_once(full, contract, field):
    numbers = [getattr(payload, field) for payload in full.payloads(contract)]

    assert len(numbers) == len(set(numbers))
