"""Audit recommendations, and controls along the lines of defence."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.finance.family import FINANCE
from orgpulse_schemas.fields import Date, RecordId, UnitId, Year
from orgpulse_schemas.rules import require_order


@FINANCE.contract(
    "org.finance.audit_recommendation.issued.v1",
    system="PE-5",
    key="recommendation_id",
    purpose="Measure whether audit recommendations are closed on time.",
)
class AuditRecommendationIssued(Contract):
    """An audit issued a recommendation."""

    recommendation_id: RecordId
    """Number of the recommendation."""
    unit_id: UnitId
    """The office audited."""
    priority: Literal["high", "medium", "low"]
    """How important it is."""
    issued_on: Date
    """Day of issue."""
    due_on: Date
    """Last day on which closure is on time."""

    _dates = require_order("issued_on", "due_on")


@FINANCE.contract(
    "org.finance.audit_recommendation.closed.v1",
    system="PE-5",
    key="recommendation_id",
    purpose="Measure whether audit recommendations are closed on time.",
)
class AuditRecommendationClosed(Contract):
    """An audit recommendation was closed."""

    recommendation_id: RecordId
    """Number of the recommendation."""
    closed_on: Date
    """Day of closure."""


@FINANCE.contract(
    "org.finance.control.attested.v1",
    system="PE-5",
    key="unit_id",
    purpose="Measure how much of the internal governance system is attested.",
)
class ControlAttested(Contract):
    """A control was attested along the lines of defence of the internal governance system."""

    control_id: RecordId
    """Number of the control."""
    unit_id: UnitId
    """The office."""
    line_of_defence: Literal["first", "second", "third"]
    """Who attests: operations, oversight functions, or internal audit."""
    year: Year
    """Year for which it is attested."""
    effective: bool
    """Whether the control works."""
    attested_on: Date
    """Day of the attestation."""
