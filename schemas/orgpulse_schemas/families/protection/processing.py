"""The record of processing: activities and the impact assessments of new technology."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.protection.family import PROTECTION
from orgpulse_schemas.fields import Date, Months, RecordId, UnitId

Technology = Literal["none", "mobile_app", "biometrics", "artificial_intelligence", "unmanned_aircraft"]


@PROTECTION.contract(
    "org.protection.processing_activity.registered.v1",
    system="PR-4",
    key="activity_id",
    purpose="Know where personal data are processed, why and by whom (data mapping).",
)
class ProcessingActivityRegistered(Contract):
    """A processing activity was registered, or its registration changed; the newest event holds."""

    activity_id: RecordId
    """Number of the activity."""
    unit_id: UnitId
    """The office that answers for it."""
    data_subjects: Literal["beneficiaries", "personnel", "candidates", "partners", "public"]
    """Whose data are processed."""
    data_category: Literal["identification", "biographic", "biometric", "health", "financial", "case"]
    """The most sensitive category processed."""
    purpose: Literal["assistance", "administration", "protection", "research", "communication"]
    """What the data are processed for."""
    recipients_inside: bool
    """Whether other units receive the data."""
    recipients_outside: bool
    """Whether partners, governments or suppliers receive the data."""
    transfer_agreement: bool
    """Whether transfers to third parties rest on a written agreement; false where none is needed."""
    retention: Months
    """How long the data are kept."""
    technology: Technology
    """New technology used, if any."""
    registered_on: Date
    """Day of registration."""


@PROTECTION.contract(
    "org.protection.impact_assessment.completed.v1",
    system="PR-4",
    key="activity_id",
    purpose="Measure how many activities on new technology were assessed.",
)
class ImpactAssessmentCompleted(Contract):
    """A data-protection impact assessment was completed."""

    assessment_id: RecordId
    """Number of the assessment."""
    activity_id: RecordId
    """The activity assessed."""
    technology: Technology
    """The technology assessed."""
    residual_risk: Literal["low", "medium", "high"]
    """Risk that remains after mitigation."""
    completed_on: Date
    """Day of completion."""
