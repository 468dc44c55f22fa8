"""Trainings and tools that help offices to protect data."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.protection.family import PROTECTION
from orgpulse_schemas.fields import Date, People, RecordId, UnitId


@PROTECTION.contract(
    "org.protection.training.held.v1",
    system="PR-4",
    key="training_id",
    purpose="Measure how many people are trained in data protection.",
)
class ProtectionTrainingHeld(Contract):
    """A data-protection training was held."""

    training_id: RecordId
    """Number of the training."""
    unit_id: UnitId
    """The office in which, or for which, it was held."""
    modality: Literal["face_to_face", "webinar"]
    """How it was held."""
    participants: People
    """Number of people trained."""
    held_on: Date
    """Day of the training."""


@PROTECTION.contract(
    "org.protection.tool.published.v1",
    system="PR-4",
    key="tool_id",
    purpose="Know which tools help offices to protect data.",
)
class ToolPublished(Contract):
    """A template, checklist or infosheet was published."""

    tool_id: RecordId
    """Number of the tool."""
    kind: Literal["template", "checklist", "infosheet"]
    """What it is."""
    published_on: Date
    """Day of publication."""
