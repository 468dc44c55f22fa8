"""Evaluations from plan to publication, and the monitoring frameworks of projects."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.evaluation.family import EVALUATION
from orgpulse_schemas.fields import Date, EvaluationId, FullName, ProjectId, Rating, UnitId
from orgpulse_schemas.rules import require_order

Criterion = Literal["relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"]
FUNCTION = "Measure how well the organisation evaluates and learns."


@EVALUATION.contract(
    "org.evaluation.evaluation.planned.v1", system="PU-2", key="evaluation_id", purpose=FUNCTION
)
class EvaluationPlanned(Contract):
    """An evaluation was planned."""

    evaluation_id: EvaluationId
    """Number of the evaluation."""
    unit_id: UnitId
    """The office to be evaluated."""
    criterion: Criterion
    """Leading criterion of the OECD Development Assistance Committee."""
    planned_for: Date
    """Day for which publication is planned."""
    planned_on: Date
    """Day of the plan."""

    _dates = require_order("planned_on", "planned_for")


@EVALUATION.contract(
    "org.evaluation.evaluation.started.v1", system="PU-2", key="evaluation_id", purpose=FUNCTION
)
class EvaluationStarted(Contract):
    """An evaluation started."""

    evaluation_id: EvaluationId
    """Number of the evaluation."""
    started_on: Date
    """Day of the start."""


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
    criterion: Criterion | None = None
    """Leading criterion of the OECD Development Assistance Committee; empty if none leads."""
    quality_rating: Rating | None = None
    """Rating of the report by the quality review; empty if not reviewed."""
    evaluator_name: FullName | None = None
    """Name of the lead evaluator."""
    published_on: Date
    """Day of publication."""


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
