"""Training: completions, face-to-face sessions and attendance, feedback, focal points."""

from typing import Literal

from orgpulse_schemas.contract import Contract, Family
from orgpulse_schemas.fields import (
    CourseId,
    Date,
    FreeText,
    FullName,
    Language,
    PersonnelId,
    Rating,
    RecordId,
    SessionId,
    UnitId,
)

TRAINING = Family(
    name="training",
    owner="Staff Development and Learning",
    legal_basis="Staff regulations and rules: mandatory training",
    retention_days=3650,
)
PERSONNEL = "personnel"


@TRAINING.contract(
    "org.training.completion.recorded.v1",
    system="PR-2",
    key="personnel_id",
    purpose="Measure coverage of mandatory training and its refreshment.",
    data_subjects=PERSONNEL,
)
class CompletionRecorded(Contract):
    """A person completed an e-learning course."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    course_id: CourseId
    """The course completed."""
    completed_on: Date
    """Day of completion."""
    language: Language
    """Language in which the course was taken."""


@TRAINING.contract(
    "org.training.session.held.v1",
    system="PR-2",
    key="session_id",
    purpose="Know which missions were reached face to face.",
    data_subjects="trainers",
)
class SessionHeld(Contract):
    """A face-to-face session or webinar was held."""

    session_id: SessionId
    """Number of the session."""
    course_id: CourseId
    """The course taught."""
    unit_id: UnitId
    """The office in which it was held."""
    held_on: Date
    """First day of the session."""
    language: Language
    """Language of the session."""
    facilitator_name: FullName | None = None
    """Name of the facilitator."""


@TRAINING.contract(
    "org.training.attendance.recorded.v1",
    system="PR-2",
    key="personnel_id",
    purpose="Know whom face-to-face sessions reached.",
    data_subjects=PERSONNEL,
)
class AttendanceRecorded(Contract):
    """A person attended a session."""

    session_id: SessionId
    """The session attended."""
    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    attended_on: Date
    """Day of attendance."""


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
    "org.training.focal_point.designated.v1",
    system="PR-1",
    key="unit_id",
    purpose="Know which missions have a trained focal point against sexual exploitation and abuse.",
    data_subjects=PERSONNEL,
)
class FocalPointDesignated(Contract):
    """A person was designated focal point of an office."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    unit_id: UnitId
    """The office served."""
    role: Literal["psea", "gender"]
    """What the focal point is for."""
    designated_on: Date
    """First day in the role."""
    trained_on: Date | None = None
    """Day on which the training for the role was completed; empty if not yet."""
