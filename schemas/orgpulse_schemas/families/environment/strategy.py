"""Offsets and the milestones of policy and strategy."""

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.environment.family import ENVIRONMENT
from orgpulse_schemas.fields import Date, PublicName, RecordId, TonnesCo2e, Year


@ENVIRONMENT.contract(
    "org.environment.offset.retired.v1",
    system="PR-3",
    key="offset_id",
    purpose="Measure the share of emissions that is offset.",
)
class OffsetRetired(Contract):
    """Certified emission reductions were retired for a year's emissions."""

    offset_id: RecordId
    """Number of the certificate."""
    year: Year
    """Year whose emissions are offset."""
    greenhouse_gas: TonnesCo2e
    """Emissions offset."""
    retired_on: Date
    """Day of the retirement."""


@ENVIRONMENT.contract(
    "org.environment.milestone.reached.v1",
    system="PR-3",
    key="milestone_id",
    purpose="Follow the UN Strategy for Sustainability Management 2020-2030, phase I.",
)
class EnvironmentMilestoneReached(Contract):
    """A milestone of the policy or strategy was reached."""

    milestone_id: RecordId
    """Number of the milestone."""
    title: PublicName
    """Name of the milestone."""
    due_on: Date
    """Day for which it was planned."""
    reached_on: Date
    """Day on which it was reached."""
