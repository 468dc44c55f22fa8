"""Courses taken: e-learning completed, sessions held and attended."""

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.training.family import PERSONNEL, TRAINING
from orgpulse_schemas.fields import CourseId, Date, FullName, Language, PersonnelId, SessionId, UnitId


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
