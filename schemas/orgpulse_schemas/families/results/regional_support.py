"""Support of regional offices: requests, events for partners, strategy reviews."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.results.family import RESULTS, SUPPORT_OWNER
from orgpulse_schemas.fields import Date, People, RecordId, UnitId
from orgpulse_schemas.rules import require_order

SUPPORT = "Measure how fast and how well offices are supported."


@RESULTS.contract(
    "org.results.support_request.opened.v1",
    system="PE-2",
    key="request_id",
    purpose=SUPPORT,
    owner=SUPPORT_OWNER,
)
class SupportRequestOpened(Contract):
    """An office asked its regional office for support."""

    request_id: RecordId
    """Number of the request."""
    unit_id: UnitId
    """The office that asks."""
    kind: Literal[
        "project_development", "monitoring_and_evaluation", "reporting", "knowledge",
        "resource_mobilisation", "policy",
    ]  # fmt: skip
    """What support is asked for."""
    opened_on: Date
    """Day of the request."""
    due_on: Date
    """Last day on which closure is on time."""

    _dates = require_order("opened_on", "due_on")


@RESULTS.contract(
    "org.results.support_request.closed.v1",
    system="PE-2",
    key="request_id",
    purpose=SUPPORT,
    owner=SUPPORT_OWNER,
)
class SupportRequestClosed(Contract):
    """A request for support was closed."""

    request_id: RecordId
    """Number of the request."""
    closed_on: Date
    """Day of closure."""


@RESULTS.contract(
    "org.results.capacity_event.held.v1",
    system="PE-2",
    key="capacity_event_id",
    purpose="Know how many partners are trained.",
    owner=SUPPORT_OWNER,
)
class CapacityEventHeld(Contract):
    """A capacity-building event for people outside the organisation was held."""

    capacity_event_id: RecordId
    """Number of the event."""
    unit_id: UnitId
    """The office that held it."""
    participants: People
    """Number of participants."""
    held_on: Date
    """Day of the event."""


@RESULTS.contract(
    "org.results.strategy_document.reviewed.v1",
    system="PE-2",
    key="document_id",
    purpose=SUPPORT,
    owner=SUPPORT_OWNER,
)
class StrategyDocumentReviewed(Contract):
    """The regional office reviewed a strategy document."""

    document_id: RecordId
    """Number of the document."""
    unit_id: UnitId
    """The office that wrote it."""
    reviewed_on: Date
    """Day of the review."""
