"""People's careers in the organisation: appointed, reassigned, promoted, separated."""

from typing import Annotated, Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.hr.family import HR, PERSONNEL
from orgpulse_schemas.fields import (
    BirthDate,
    Date,
    EmailAddress,
    FullName,
    Gender,
    Grade,
    Nationality,
    PersonnelId,
    PositionId,
    UnitId,
)
from orgpulse_schemas.privacy import NOT_NEEDED
from orgpulse_schemas.rules import require_order


@HR.contract(
    "org.hr.appointment.made.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Know who works where, to measure workforce composition and training coverage.",
    data_subjects=PERSONNEL,
)
class AppointmentMade(Contract):
    """A person entered the organisation's service."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    full_name: FullName
    """Name of the person."""
    email: EmailAddress
    """Official e-mail address."""
    birth_date: BirthDate
    """Date of birth."""
    gender: Gender
    """Gender as recorded in the HR system."""
    nationality: Nationality
    """Nationality that counts for geographical representation."""
    contract_type: Literal["staff", "affiliate"]
    """Staff hold a contract of one year or more; affiliates are all other personnel."""
    grade: Grade
    """Grade at entry."""
    unit_id: UnitId
    """Office of assignment."""
    position_id: PositionId | None = None
    """Position of the staffing table that is filled; affiliates hold none."""
    manager: bool
    """Whether the person supervises others."""
    appointed_on: Date
    """First day of service."""

    _dates = require_order("birth_date", "appointed_on")


@HR.contract(
    "org.hr.reassignment.made.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Follow where people work, and measure mobility.",
    data_subjects=PERSONNEL,
)
class ReassignmentMade(Contract):
    """A person moved to another office."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    from_unit_id: Annotated[UnitId, NOT_NEEDED]
    """Office that the person leaves."""
    to_unit_id: UnitId
    """Office that the person joins."""
    position_id: PositionId | None = None
    """Position that is filled there; empty for affiliates."""
    effective_on: Date
    """First day in the new office."""


@HR.contract(
    "org.hr.promotion.granted.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Measure representation in senior grades.",
    data_subjects=PERSONNEL,
)
class PromotionGranted(Contract):
    """A person was promoted."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    from_grade: Annotated[Grade, NOT_NEEDED]
    """Grade before."""
    to_grade: Grade
    """Grade after."""
    effective_on: Date
    """First day in the new grade."""


@HR.contract(
    "org.hr.separation.recorded.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Know who is in service, and measure turnover.",
    data_subjects=PERSONNEL,
)
class SeparationRecorded(Contract):
    """A person left the organisation's service."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    separated_on: Date
    """Last day of service."""
    reason: Annotated[Literal["end_of_contract", "resignation", "retirement", "other"], NOT_NEEDED]
    """Why the service ended."""
