"""Requests of data subjects and breaches of personal data."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.protection.family import PROTECTION
from orgpulse_schemas.fields import Date, FreeText, FullName, People, RecordId, Timestamp, UnitId


@PROTECTION.contract(
    "org.protection.subject_request.received.v1",
    system="PR-4",
    key="request_id",
    purpose="Measure whether requests of data subjects are answered in time.",
    data_subjects="people who ask for their data",
)
class SubjectRequestReceived(Contract):
    """A data subject's request was received."""

    request_id: RecordId
    """Number of the request."""
    kind: Literal["access", "correction", "deletion", "objection"]
    """What is asked for."""
    unit_id: UnitId
    """The office that received it."""
    requester_name: FullName | None = None
    """Name of the person who asks."""
    received_on: Date
    """Day of receipt."""


@PROTECTION.contract(
    "org.protection.subject_request.answered.v1",
    system="PR-4",
    key="request_id",
    purpose="Measure whether requests of data subjects are answered in time.",
)
class SubjectRequestAnswered(Contract):
    """A data subject's request was answered."""

    request_id: RecordId
    """Number of the request."""
    outcome: Literal["granted", "partly_granted", "refused"]
    """What was decided."""
    answered_on: Date
    """Day of the answer."""


@PROTECTION.contract(
    "org.protection.breach.detected.v1",
    system="PR-4",
    key="breach_id",
    purpose="Measure whether breaches are notified in time.",
    data_subjects="people whose data were breached",
)
class BreachDetected(Contract):
    """A breach of personal data was detected."""

    breach_id: RecordId
    """Number of the breach."""
    unit_id: UnitId
    """The office concerned."""
    severity: Literal["low", "medium", "high"]
    """Likely harm to the data subjects."""
    data_subjects: People
    """Number of people concerned, as far as known."""
    description: FreeText | None = None
    """What happened."""
    detected_at: Timestamp
    """When it was detected."""


@PROTECTION.contract(
    "org.protection.breach.notified.v1",
    system="PR-4",
    key="breach_id",
    purpose="Measure whether breaches are notified in time.",
)
class BreachNotified(Contract):
    """A breach was notified to the data-protection officer and, where needed, to the people concerned."""

    breach_id: RecordId
    """Number of the breach."""
    notified_at: Timestamp
    """When it was notified."""


@PROTECTION.contract(
    "org.protection.breach.closed.v1",
    system="PR-4",
    key="breach_id",
    purpose="Know how long breaches stay open.",
)
class BreachClosed(Contract):
    """A breach was closed after its causes were mended."""

    breach_id: RecordId
    """Number of the breach."""
    closed_on: Date
    """Day of closure."""
