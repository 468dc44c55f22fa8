"""The environmental marker of projects."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.environment.family import ENVIRONMENT
from orgpulse_schemas.fields import Date, ProjectId


@ENVIRONMENT.contract(
    "org.environment.project_marker.assessed.v1",
    system="PR-3",
    key="project_id",
    purpose="Measure how many projects assess and mitigate their environmental risk.",
)
class ProjectMarkerAssessed(Contract):
    """The environmental marker of a project was assessed."""

    project_id: ProjectId
    """The project."""
    risk: Literal["low", "medium", "high"]
    """Environmental risk of the project."""
    impact: Literal["low", "medium", "high"] | None = None
    """Impact on the environment that remains likely with mitigation; empty if not assessed."""
    mitigation_planned: bool
    """Whether mitigation is planned and budgeted."""
    assessed_on: Date
    """Day of the assessment."""


@ENVIRONMENT.contract(
    "org.environment.project_marker.reviewed.v1",
    system="PR-3",
    key="project_id",
    purpose="Know whether the environmental marker of projects is kept up.",
)
class ProjectMarkerReviewed(Contract):
    """The environmental marker of a project was reviewed."""

    project_id: ProjectId
    """The project."""
    mitigation_effective: bool
    """Whether mitigation works."""
    reviewed_on: Date
    """Day of the review."""
