"""What participants say about a training, at once and some months later."""

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.training.family import PERSONNEL, TRAINING
from orgpulse_schemas.fields import CourseId, Date, FreeText, Rating, RecordId


@TRAINING.contract(
    "org.training.feedback.given.v1",
    system="PR-2",
    key="feedback_id",
    purpose="Measure satisfaction with trainings.",
    data_subjects=PERSONNEL,
)
class FeedbackGiven(Contract):
    """A participant gave feedback on a training; who gave it is not asked for."""

    feedback_id: RecordId
    """Number of the questionnaire."""
    course_id: CourseId
    """The course judged."""
    rating: Rating
    """Overall satisfaction; 4 and 5 count as favourable."""
    comment: FreeText | None = None
    """What the participant wrote."""
    given_on: Date
    """Day of the feedback."""


@TRAINING.contract(
    "org.training.behaviour_followup.answered.v1",
    system="PR-2",
    key="followup_id",
    purpose="Measure whether trainings change behaviour.",
    data_subjects=PERSONNEL,
)
class BehaviourFollowupAnswered(Contract):
    """A participant answered whether a training changed their behaviour; who answered is not asked for."""

    followup_id: RecordId
    """Number of the questionnaire."""
    course_id: CourseId
    """The course."""
    changed: bool
    """Whether the participant reports a change."""
    example: FreeText | None = None
    """What changed, in their own words."""
    answered_on: Date
    """Day of the answer."""
