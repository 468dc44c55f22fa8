"""Policy support, trainings on migration governance, data assets."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.knowledge.family import KNOWLEDGE
from orgpulse_schemas.fields import Date, People, RecordId, UnitId
from orgpulse_schemas.rules import require_order


@KNOWLEDGE.contract(
    "org.knowledge.policy_support.requested.v1",
    system="PU-3",
    key="request_id",
    purpose="Measure whether policy support is delivered on time.",
)
class PolicySupportRequested(Contract):
    """An office requested policy support."""

    request_id: RecordId
    """Number of the request."""
    unit_id: UnitId
    """The office that asks."""
    theme: Literal["labour_migration", "displacement", "climate", "return", "trafficking", "governance"]
    """What it is about."""
    requested_on: Date
    """Day of the request."""
    due_on: Date
    """Last day on which delivery is on time."""

    _dates = require_order("requested_on", "due_on")


@KNOWLEDGE.contract(
    "org.knowledge.policy_support.delivered.v1",
    system="PU-3",
    key="request_id",
    purpose="Measure whether policy support is delivered on time.",
)
class PolicySupportDelivered(Contract):
    """Policy support was delivered."""

    request_id: RecordId
    """Number of the request."""
    delivered_on: Date
    """Day of delivery."""


@KNOWLEDGE.contract(
    "org.knowledge.governance_training.held.v1",
    system="PU-3",
    key="training_id",
    purpose="Know how many people learn about migration governance.",
)
class GovernanceTrainingHeld(Contract):
    """A training on migration governance was held."""

    training_id: RecordId
    """Number of the training."""
    audience: Literal["personnel", "governments", "partners"]
    """Whom it was for."""
    participants: People
    """Number of participants."""
    held_on: Date
    """Day of the training."""


@KNOWLEDGE.contract(
    "org.knowledge.data_asset.registered.v1",
    system="PU-3",
    key="asset_id",
    purpose="Know which data the organisation holds under the migration data strategy.",
)
class DataAssetRegistered(Contract):
    """A data asset was registered under the migration data strategy."""

    asset_id: RecordId
    """Number of the asset."""
    unit_id: UnitId
    """The office that keeps it."""
    access: Literal["public", "restricted", "internal"]
    """Who may use it."""
    registered_on: Date
    """Day of registration."""
