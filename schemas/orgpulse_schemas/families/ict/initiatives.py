"""Initiatives of the business-transformation programme."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.ict.family import ICT
from orgpulse_schemas.fields import AmountUsd, Date, PublicName, RecordId
from orgpulse_schemas.rules import require_order


@ICT.contract(
    "org.ict.initiative.planned.v1",
    system="PE-6",
    key="initiative_id",
    purpose="Measure whether the programme delivers on time, on budget and on standard technology.",
)
class InitiativePlanned(Contract):
    """An initiative of the programme was planned, or replanned; the newest event holds."""

    initiative_id: RecordId
    """Number of the initiative."""
    title: PublicName
    """Name of the initiative."""
    objective: Literal["a", "b", "c"]
    """a: operations and core services; b: data, knowledge and learning; c: infrastructure and workspace."""
    technology: Literal["standard", "bespoke"]
    """Whether it uses the standard technology of the organisation."""
    budget_usd: AmountUsd
    """Budget approved."""
    start_on: Date
    """Planned start."""
    due_on: Date
    """Planned delivery."""

    _dates = require_order("start_on", "due_on")


@ICT.contract(
    "org.ict.milestone.met.v1",
    system="PE-6",
    key="initiative_id",
    purpose="Measure whether the programme is on time.",
)
class MilestoneMet(Contract):
    """A milestone of an initiative was met."""

    milestone_id: RecordId
    """Number of the milestone."""
    initiative_id: RecordId
    """The initiative."""
    due_on: Date
    """Day for which it was planned."""
    met_on: Date
    """Day on which it was met."""


@ICT.contract(
    "org.ict.initiative.delivered.v1",
    system="PE-6",
    key="initiative_id",
    purpose="Measure whether the programme delivers on time and on budget.",
)
class InitiativeDelivered(Contract):
    """An initiative was delivered."""

    initiative_id: RecordId
    """Number of the initiative."""
    cost_usd: AmountUsd
    """What it cost in all."""
    delivered_on: Date
    """Day of delivery."""
