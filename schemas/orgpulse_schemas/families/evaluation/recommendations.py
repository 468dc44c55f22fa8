"""Recommendations of evaluations, and what became of them."""

from typing import Annotated, Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.evaluation.family import EVALUATION
from orgpulse_schemas.fields import Date, EvaluationId, FreeText, PersonnelId, RecommendationId
from orgpulse_schemas.privacy import NOT_NEEDED
from orgpulse_schemas.rules import require_order


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
    responsible_id: Annotated[PersonnelId, NOT_NEEDED]
    """Personnel number of the manager who answers for the action."""
    given_on: Date
    """Day of the response."""


@EVALUATION.contract(
    "org.evaluation.action.progressed.v1",
    system="PU-2",
    key="recommendation_id",
    purpose="Follow the actions that answer recommendations.",
    data_subjects="people whom the text may name",
)
class ActionProgressed(Contract):
    """The action that answers a recommendation progressed."""

    recommendation_id: RecommendationId
    """The recommendation."""
    status: Literal["not_started", "in_progress", "nearly_done"]
    """How far it is."""
    note: FreeText | None = None
    """What was done."""
    reported_on: Date
    """Day of the report."""


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
