"""Every event that the source systems are known for has a contract, published by that system."""

from typing import Final

import pytest

from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.systems import SYSTEMS

TABLE: Final[dict[str, dict[str, str]]] = {
    "PR-1": {
        "PSEA training packages released": "training.psea_package.released",
        "face-to-face sessions held": "training.psea_session.held",
        "attendance": "training.psea_attendance.recorded",
        "focal points designated": "training.focal_point.designated",
        "implementing partners registered": "training.partner.registered",
        "their personnel registered": "training.partner_person.registered",
    },
    "PR-2": {
        "e-learning completed (values, respect, fraud prevention)": "training.completion.recorded",
        "face-to-face sessions of Standards of Conduct": "training.session.held",
        "who attended them": "training.attendance.recorded",
        "training feedback": "training.feedback.given",
        "behaviour-change follow-ups": "training.behaviour_followup.answered",
        "enquiries and matters opened": "conduct.matter.opened",
        "matters advised": "conduct.matter.advised",
        "matters closed": "conduct.matter.closed",
        "courses": "reference.course.registered",
    },
    "PR-3": {
        "project environmental marker assessed": "environment.project_marker.assessed",
        "project environmental marker reviewed": "environment.project_marker.reviewed",
        "facility inventories reported": "environment.facility_inventory.reported",
        "greenhouse gas by scope and source": "environment.emission.reported",
        "water": "environment.water_use.reported",
        "waste by stream and treatment": "environment.waste.reported",
        "facility measures adopted": "environment.facility_measure.adopted",
        "offsets": "environment.offset.retired",
        "policy and strategy milestones": "environment.milestone.reached",
        "facilities": "reference.facility.registered",
    },
    "PR-4": {
        "processing activities registered": "protection.processing_activity.registered",
        "impact assessments for new technology": "protection.impact_assessment.completed",
        "trainings": "protection.training.held",
        "tools published": "protection.tool.published",
        "data-subject requests received": "protection.subject_request.received",
        "data-subject requests answered": "protection.subject_request.answered",
        "breaches detected": "protection.breach.detected",
        "breaches notified": "protection.breach.notified",
        "breaches closed": "protection.breach.closed",
    },
    "PU-1": {
        "results frameworks approved": "results.framework.approved",
        "result indicators with baseline and target": "results.result_indicator.defined",
        "measurements reported": "results.measurement.reported",
        "links to SDG targets and GCM objectives": "results.result.linked",
        "strategies adopted": "results.strategy.adopted",
        "strategies expired": "results.strategy.expired",
        "RBM training": "results.training.held",
        "maturity self-assessment": "results.maturity.assessed",
        "SDG targets": "reference.sdg_target.registered",
        "objectives of the Global Compact for Migration": "reference.gcm_objective.registered",
    },
    "PU-2": {
        "evaluations planned": "evaluation.evaluation.planned",
        "evaluations started": "evaluation.evaluation.started",
        "evaluations published": "evaluation.evaluation.published",
        "recommendations issued": "evaluation.recommendation.issued",
        "management response given": "evaluation.management_response.given",
        "action progressed": "evaluation.action.progressed",
        "recommendation closed": "evaluation.recommendation.closed",
        "evaluator trainings": "evaluation.evaluator.trained",
        "M&E e-learning": "evaluation.elearning.completed",
        "peer review of the function": "evaluation.peer_review.completed",
        "lessons learned recorded": "evaluation.lesson.recorded",
        "lessons learned reused": "evaluation.lesson.reused",
        "results monitoring framework submitted": "evaluation.monitoring_framework.submitted",
    },
    "PU-3": {
        "documents registered": "knowledge.document.registered",
        "documents quality-assured": "knowledge.document.assured",
        "documents published": "knowledge.document.published",
        "repository searched": "knowledge.repository.searched",
        "documents downloaded": "knowledge.document.downloaded",
        "policy support requested": "knowledge.policy_support.requested",
        "policy support delivered": "knowledge.policy_support.delivered",
        "migration-governance training": "knowledge.governance_training.held",
        "data assets registered": "knowledge.data_asset.registered",
    },
    "PE-1": {
        "requests submitted": "finance.fund_request.submitted",
        "requests screened for eligibility": "finance.fund_request.screened",
        "requests approved": "finance.fund_request.approved",
        "requests declined": "finance.fund_request.declined",
        "allocations": "finance.fund_allocation.made",
        "disbursements": "finance.fund_disbursement.made",
        "projects started": "finance.fund_project.started",
        "projects completed": "finance.fund_project.completed",
        "ex-post evaluation": "finance.fund_project.evaluated",
        "contributions received": "finance.fund_contribution.received",
        "eligibility lists by year and region": "finance.eligibility.listed",
    },
    "PE-2": {
        "project proposals submitted": "results.proposal.submitted",
        "project proposals reviewed": "results.proposal.reviewed",
        "project proposals returned": "results.proposal.returned",
        "project proposals endorsed": "results.proposal.endorsed",
        "support requests opened": "results.support_request.opened",
        "support requests closed": "results.support_request.closed",
        "capacity-building events for externals": "results.capacity_event.held",
        "strategy documents reviewed": "results.strategy_document.reviewed",
    },
    "PE-3": {
        "positions created": "hr.position.created",
        "positions vacated": "hr.position.vacated",
        "positions advertised": "hr.position.advertised",
        "positions filled": "hr.position.filled",
        "personnel appointed": "hr.appointment.made",
        "personnel reassigned": "hr.reassignment.made",
        "personnel promoted": "hr.promotion.granted",
        "personnel separated": "hr.separation.recorded",
        "roster candidates assessed": "hr.candidate.assessed",
        "roster candidates rostered": "hr.candidate.rostered",
        "roster candidates deployed": "hr.candidate.deployed",
        "objectives set": "hr.objectives.set",
        "multi-rater feedback given": "hr.multi_rater_feedback.given",
        "appraisal completed": "hr.appraisal.completed",
        "EL4M and YETI enrolments": "hr.programme.enrolled",
        "EL4M and YETI milestones": "hr.programme_milestone.reached",
        "EL4M and YETI completions": "hr.programme.completed",
        "HR-strategy milestones": "hr.strategy_milestone.reached",
        "organisation units": "reference.organisation_unit.registered",
    },
    "PE-4": {
        "visitors' cases opened": "conduct.ombuds_case.opened",
        "cases informally resolved": "conduct.ombuds_case.resolved",
        "cases referred": "conduct.ombuds_case.referred",
        "cases closed": "conduct.ombuds_case.closed",
        "systemic issues raised": "conduct.systemic_issue.raised",
        "workshops and webinars held": "conduct.workshop.held",
        "respectful-workplace focal points trained": "conduct.respect_focal_point.trained",
    },
    "PE-5": {
        "budget approved": "finance.budget.approved",
        "budget revised": "finance.budget.revised",
        "commitments posted": "finance.commitment.posted",
        "expenditure posted": "finance.expenditure.posted",
        "contributions pledged": "finance.contribution.pledged",
        "contributions received": "finance.contribution.received",
        "donor reports due": "finance.donor_report.due",
        "donor reports submitted": "finance.donor_report.submitted",
        "audit recommendations issued": "finance.audit_recommendation.issued",
        "audit recommendations closed": "finance.audit_recommendation.closed",
        "risks registered": "finance.risk.registered",
        "risks reassessed": "finance.risk.reassessed",
        "risks mitigated": "finance.risk.mitigated",
        "risks closed": "finance.risk.closed",
        "controls attested": "finance.control.attested",
        "partnerships concluded": "finance.partnership.concluded",
        "memberships concluded": "finance.membership.concluded",
        "member states": "reference.member_state.registered",
        "projects": "reference.project.registered",
        "donors": "reference.donor.registered",
        "exchange rates": "reference.exchange_rate.published",
    },
    "PE-6": {
        "initiatives planned": "ict.initiative.planned",
        "milestone met": "ict.milestone.met",
        "initiatives delivered": "ict.initiative.delivered",
        "service availability samples": "ict.availability.sampled",
        "incidents opened": "ict.incident.opened",
        "incidents restored": "ict.incident.restored",
        "incidents closed": "ict.incident.closed",
        "changes deployed": "ict.change.deployed",
        "client-satisfaction answers": "ict.satisfaction.answered",
        "workspace digitised": "ict.workspace.digitised",
        "vulnerabilities found": "ict.vulnerability.found",
        "vulnerabilities patched": "ict.vulnerability.patched",
        "processes digitised": "ict.process.digitised",
        "services": "reference.service.registered",
    },
}
"""What happens in each system, in the words of its people, and the event that says so."""
EVENTS = [(system, what, event) for system, events in TABLE.items() for what, event in events.items()]


@pytest.mark.parametrize(("system", "what", "event"), EVENTS)
def test_what_happens_in_a_system_has_a_contract_of_that_system(system: str, what: str, event: str) -> None:
    assert all_contracts()[f"org.{event}.v1"].system.id == system, what


def test_all_thirteen_systems_are_source_systems() -> None:
    assert set(TABLE) == set(SYSTEMS)
    assert len(TABLE) == 13


def test_no_event_is_named_twice() -> None:
    assert len({event for _, _, event in EVENTS}) == len(EVENTS)
