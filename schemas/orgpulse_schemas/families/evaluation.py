"""Monitoring and evaluation: evaluations, recommendations and what became of them, monitoring frameworks."""

from typing import Literal

from orgpulse_schemas.contract import Contract, Family
from orgpulse_schemas.fields import (
    Date,
    EvaluationId,
    FreeText,
    FullName,
    PersonnelId,
    ProjectId,
    Rating,
    RecommendationId,
    UnitId,
)
from orgpulse_schemas.rules import require_order

EVALUATION = Family(
    name="evaluation",
    owner="Central Evaluation",
    legal_basis="Evaluation policy; UNEG norms and standards",
    retention_days=3650,
)


@EVALUATION.contract(
    "org.evaluation.evaluation.published.v1",
    system="PU-2",
    key="evaluation_id",
    purpose="Measure how much of the organisation's work is evaluated, and how well.",
    data_subjects="evaluators",
)
class EvaluationPublished(Contract):
    """An evaluation report was published in the repository."""

    evaluation_id: EvaluationId
    """Number of the evaluation."""
    unit_id: UnitId
    """The office evaluated."""
    project_id: ProjectId | None = None
    """The project evaluated; empty for thematic and strategic evaluations."""
    kind: Literal["internal", "external", "ex_post", "thematic"]
    """Type of the evaluation."""
    theme: Literal[
        "counter_trafficking", "emergency", "health", "labour_migration", "border_management", "return"
    ]
    """What it is about."""
    quality_rating: Rating | None = None
    """Rating of the report by the quality review; empty if not reviewed."""
    evaluator_name: FullName | None = None
    """Name of the lead evaluator."""
    published_on: Date
    """Day of publication."""


@EVALUATION.contract(
    "org.evaluation.recommendation.issued.v1",
    system="PU-2",
    key="recommendation_id",
    purpose="Follow what evaluations ask for.",
    data_subjects="people whom the text may name",
)
class RecommendationIssued(Contract):
    """An evaluation issued a recommendation."""

    recommendation_id: RecommendationId
    """Number of the recommendation."""
    evaluation_id: EvaluationId
    """The evaluation that issued it."""
    text: FreeText | None = None
    """What it asks for."""
    issued_on: Date
    """Day of issue."""
    response_due_on: Date
    """Last day on which a management response is on time."""
    implementation_due_on: Date
    """Last day on which implementation is on time."""

    _response = require_order("issued_on", "response_due_on")
    _implementation = require_order("issued_on", "implementation_due_on")


@EVALUATION.contract(
    "org.evaluation.management_response.given.v1",
    system="PU-2",
    key="recommendation_id",
    purpose="Measure whether management answers recommendations, and on time.",
    data_subjects="personnel",
)
class ManagementResponseGiven(Contract):
    """Management answered a recommendation."""

    recommendation_id: RecommendationId
    """The recommendation answered."""
    decision: Literal["accepted", "partially_accepted", "rejected"]
    """What management decided."""
    responsible_id: PersonnelId
    """Personnel number of the manager who answers for the action."""
    given_on: Date
    """Day of the response."""


@EVALUATION.contract(
    "org.evaluation.recommendation.closed.v1",
    system="PU-2",
    key="recommendation_id",
    purpose="Measure whether recommendations are implemented on time.",
)
class RecommendationClosed(Contract):
    """A recommendation was closed."""

    recommendation_id: RecommendationId
    """The recommendation closed."""
    outcome: Literal["implemented", "not_implemented"]
    """Whether its action was completed."""
    closed_on: Date
    """Day of closure."""


@EVALUATION.contract(
    "org.evaluation.monitoring_framework.submitted.v1",
    system="PU-2",
    key="project_id",
    purpose="Measure whether projects have a results monitoring framework within the first month.",
)
class MonitoringFrameworkSubmitted(Contract):
    """A project's results monitoring framework was submitted."""

    project_id: ProjectId
    """The project monitored."""
    submitted_on: Date
    """Day of submission."""
