"""Availability of services, incidents, changes, satisfaction."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.ict.family import ICT
from orgpulse_schemas.fields import Date, FreeText, Percentage, Rating, RecordId, ServiceId, Timestamp
from orgpulse_schemas.rules import require_order


@ICT.contract(
    "org.ict.availability.sampled.v1",
    system="PE-6",
    key="service_id",
    purpose="Measure availability of services against their targets.",
)
class AvailabilitySampled(Contract):
    """The availability of a service was measured over a day."""

    service_id: ServiceId
    """The service."""
    day: Date
    """The day, in UTC."""
    availability: Percentage
    """Share of the agreed service time in which the service worked."""


@ICT.contract(
    "org.ict.incident.opened.v1",
    system="PE-6",
    key="incident_id",
    purpose="Measure how fast services are restored.",
    data_subjects="personnel who report incidents",
)
class IncidentOpened(Contract):
    """An incident was opened."""

    incident_id: RecordId
    """Number of the incident."""
    service_id: ServiceId
    """The service that failed."""
    priority: Literal["critical", "high", "medium", "low"]
    """How urgent it is."""
    caused_by_change: bool
    """Whether a change caused it."""
    opened_at: Timestamp
    """When it was opened."""
    restore_due_at: Timestamp
    """Latest time at which restoring the service is on target."""
    description: FreeText | None = None
    """What was reported."""

    _times = require_order("opened_at", "restore_due_at")


@ICT.contract(
    "org.ict.incident.restored.v1",
    system="PE-6",
    key="incident_id",
    purpose="Measure how fast services are restored.",
)
class IncidentRestored(Contract):
    """The service that an incident concerned works again."""

    incident_id: RecordId
    """Number of the incident."""
    restored_at: Timestamp
    """When the service worked again."""


@ICT.contract(
    "org.ict.incident.closed.v1",
    system="PE-6",
    key="incident_id",
    purpose="Know how long incidents stay open.",
)
class IncidentClosed(Contract):
    """An incident was closed after its cause was mended."""

    incident_id: RecordId
    """Number of the incident."""
    closed_at: Timestamp
    """When it was closed."""


@ICT.contract(
    "org.ict.change.deployed.v1",
    system="PE-6",
    key="change_id",
    purpose="Measure how many changes fail.",
)
class ChangeDeployed(Contract):
    """A change was deployed to a service."""

    change_id: RecordId
    """Number of the change."""
    service_id: ServiceId
    """The service changed."""
    failed: bool
    """Whether it had to be rolled back or repaired."""
    deployed_at: Timestamp
    """When it was deployed."""


@ICT.contract(
    "org.ict.satisfaction.answered.v1",
    system="PE-6",
    key="answer_id",
    purpose="Measure satisfaction with ICT services.",
    data_subjects="personnel",
)
class SatisfactionAnswered(Contract):
    """A client answered how satisfied they were; who answered is not asked for."""

    answer_id: RecordId
    """Number of the answer."""
    service_id: ServiceId
    """The service judged."""
    rating: Rating
    """Satisfaction; 4 and 5 count as favourable."""
    comment: FreeText | None = None
    """What the client wrote."""
    answered_on: Date
    """Day of the answer."""
