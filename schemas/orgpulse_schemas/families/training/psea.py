"""Prevention of sexual exploitation and abuse: packages, sessions, attendance, focal points."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.training.family import PERSONNEL, PSEA_BASIS, PSEA_OWNER, TRAINING
from orgpulse_schemas.fields import Date, Language, PartnerPersonId, PersonnelId, RecordId, SessionId, UnitId
from orgpulse_schemas.rules import require_exactly_one

PARTNER_PERSONNEL = "personnel of implementing partners"
PackageLanguage = Literal["EN", "FR", "ES", "AR"]
COVERAGE = "Measure coverage of the prevention of sexual exploitation and abuse."


@TRAINING.contract(
    "org.training.psea_package.released.v1",
    system="PR-1",
    key="package_id",
    purpose=COVERAGE,
    owner=PSEA_OWNER,
    legal_basis=PSEA_BASIS,
)
class PseaPackageReleased(Contract):
    """A training package was released in a language."""

    package_id: RecordId
    """Number of the package."""
    audience: Literal["staff", "implementing_partners"]
    """Whom it is for."""
    language: PackageLanguage
    """Language of the package."""
    released_on: Date
    """First day on which it could be used."""


@TRAINING.contract(
    "org.training.psea_session.held.v1",
    system="PR-1",
    key="session_id",
    purpose=COVERAGE,
    owner=PSEA_OWNER,
    legal_basis=PSEA_BASIS,
)
class PseaSessionHeld(Contract):
    """A face-to-face session was held."""

    session_id: SessionId
    """Number of the session."""
    unit_id: UnitId
    """The office in which it was held."""
    audience: Literal["staff", "implementing_partners"]
    """Whom it was for."""
    language: Language
    """Language of the session."""
    held_by: Literal["gender_focal_point", "other_mission_staff"]
    """Who held it."""
    held_on: Date
    """First day of the session."""


@TRAINING.contract(
    "org.training.psea_attendance.recorded.v1",
    system="PR-1",
    key="session_id",
    purpose=COVERAGE,
    data_subjects=f"{PERSONNEL}; {PARTNER_PERSONNEL}",
    owner=PSEA_OWNER,
    legal_basis=PSEA_BASIS,
)
class PseaAttendanceRecorded(Contract):
    """Somebody attended a session: personnel, or personnel of an implementing partner."""

    session_id: SessionId
    """The session."""
    personnel_id: PersonnelId | None = None
    """Number of the person in the HR system; empty for partner personnel."""
    partner_person_id: PartnerPersonId | None = None
    """Number of the person at the partner; empty for personnel."""
    attended_on: Date
    """Day of attendance."""

    _person = require_exactly_one("personnel_id", "partner_person_id")


@TRAINING.contract(
    "org.training.focal_point.designated.v1",
    system="PR-1",
    key="unit_id",
    purpose="Know which missions have a trained focal point against sexual exploitation and abuse.",
    data_subjects=PERSONNEL,
    owner=PSEA_OWNER,
    legal_basis=PSEA_BASIS,
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
