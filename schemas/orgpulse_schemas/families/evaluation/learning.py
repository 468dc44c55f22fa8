"""What the evaluation function learns and teaches: trainings, lessons, peer review."""

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.evaluation.family import EVALUATION
from orgpulse_schemas.fields import (
    Date,
    EvaluationId,
    FreeText,
    Language,
    PersonnelId,
    Rating,
    RecordId,
    UnitId,
)

FUNCTION = "Measure how well the organisation evaluates and learns."


@EVALUATION.contract(
    "org.evaluation.evaluator.trained.v1",
    system="PU-2",
    key="personnel_id",
    purpose="Know how many evaluators are trained, by language.",
    data_subjects="personnel",
)
class EvaluatorTrained(Contract):
    """A person was trained as internal evaluator."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    language: Language
    """Language of the training."""
    trained_on: Date
    """Day of completion."""


@EVALUATION.contract(
    "org.evaluation.elearning.completed.v1",
    system="PU-2",
    key="personnel_id",
    purpose="Know how many people learn monitoring and evaluation, by language.",
    data_subjects="personnel",
)
class MonitoringElearningCompleted(Contract):
    """A person completed the e-learning on monitoring and evaluation."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    language: Language
    """Language of the course."""
    completed_on: Date
    """Day of completion."""


@EVALUATION.contract(
    "org.evaluation.lesson.recorded.v1",
    system="PU-2",
    key="lesson_id",
    purpose=FUNCTION,
    data_subjects="people whom the text may name",
)
class LessonRecorded(Contract):
    """A lesson learned was recorded."""

    lesson_id: RecordId
    """Number of the lesson."""
    evaluation_id: EvaluationId
    """The evaluation that taught it."""
    text: FreeText | None = None
    """The lesson."""
    recorded_on: Date
    """Day of the record."""


@EVALUATION.contract("org.evaluation.lesson.reused.v1", system="PU-2", key="lesson_id", purpose=FUNCTION)
class LessonReused(Contract):
    """A recorded lesson was used in another project."""

    lesson_id: RecordId
    """Number of the lesson."""
    unit_id: UnitId
    """The office that used it."""
    reused_on: Date
    """Day of use."""


@EVALUATION.contract(
    "org.evaluation.peer_review.completed.v1",
    system="PU-2",
    key="review_id",
    purpose=FUNCTION,
)
class PeerReviewCompleted(Contract):
    """The evaluation function was reviewed by its peers in the UN system."""

    review_id: RecordId
    """Number of the review."""
    rating: Rating
    """Overall rating."""
    completed_on: Date
    """Day of completion."""
