"""Risks, from registration to closure."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.finance.family import FINANCE
from orgpulse_schemas.fields import Date, RecordId, UnitId
from orgpulse_schemas.rules import require_order

RISK = "Measure whether risks are known and mitigated."
RiskLevel = Literal["low", "medium", "high", "critical"]


@FINANCE.contract("org.finance.risk.registered.v1", system="PE-5", key="risk_id", purpose=RISK)
class RiskRegistered(Contract):
    """A risk was registered."""

    risk_id: RecordId
    """Number of the risk."""
    unit_id: UnitId
    """The office that owns it."""
    category: Literal["strategic", "operational", "financial", "reputational", "safeguarding", "security"]
    """What kind of risk it is."""
    level: RiskLevel
    """Level before mitigation."""
    registered_on: Date
    """Day of registration."""


@FINANCE.contract("org.finance.risk.reassessed.v1", system="PE-5", key="risk_id", purpose=RISK)
class RiskReassessed(Contract):
    """A risk was assessed anew."""

    risk_id: RecordId
    """Number of the risk."""
    level: RiskLevel
    """Level found."""
    reassessed_on: Date
    """Day of the assessment."""


@FINANCE.contract("org.finance.risk.mitigated.v1", system="PE-5", key="risk_id", purpose=RISK)
class RiskMitigated(Contract):
    """A mitigation of a risk was put in place."""

    risk_id: RecordId
    """Number of the risk."""
    mitigated_on: Date
    """Day from which it works."""
    review_due_on: Date
    """Last day on which the mitigation counts as current."""

    _dates = require_order("mitigated_on", "review_due_on")


@FINANCE.contract("org.finance.risk.closed.v1", system="PE-5", key="risk_id", purpose=RISK)
class RiskClosed(Contract):
    """A risk was closed."""

    risk_id: RecordId
    """Number of the risk."""
    closed_on: Date
    """Day of closure."""
