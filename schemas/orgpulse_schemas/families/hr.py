"""Human resources: positions, people's careers in the organisation, appraisals, reported headcounts."""

from typing import Literal

from orgpulse_schemas.contract import Contract, Family
from orgpulse_schemas.fields import (
    BirthDate,
    Count,
    CountryCode,
    Date,
    EmailAddress,
    FreeText,
    FullName,
    Gender,
    Grade,
    Nationality,
    PersonnelId,
    PositionId,
    PublicName,
    UnitId,
    Year,
)
from orgpulse_schemas.rules import require_order

HR = Family(
    name="hr",
    owner="Human Resources Management",
    legal_basis="Performance of the employment contract; staff regulations and rules",
    retention_days=3650,
)
PERSONNEL = "personnel"


@HR.contract(
    "org.hr.position.created.v1",
    system="PE-3",
    key="position_id",
    purpose="Know the staffing table, and from it the vacancy rate.",
)
class PositionCreated(Contract):
    """A position was created in the staffing table."""

    position_id: PositionId
    """Number of the position."""
    unit_id: UnitId
    """The office it belongs to."""
    grade: Grade
    """Grade at which it is budgeted."""
    created_on: Date
    """First day on which it can be filled."""


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
    from_unit_id: UnitId
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
    from_grade: Grade
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
    reason: Literal["end_of_contract", "resignation", "retirement", "other"]
    """Why the service ended, as far as it may be published."""


@HR.contract(
    "org.hr.appraisal.completed.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Measure whether performance management works: on time, multi-rater, aligned to corporate goals.",
    data_subjects=PERSONNEL,
)
class AppraisalCompleted(Contract):
    """A yearly performance appraisal was completed."""

    personnel_id: PersonnelId
    """Number of the person appraised."""
    cycle: Year
    """Year of the performance cycle."""
    due_on: Date
    """Last day on which completion was on time."""
    completed_on: Date
    """Day of completion."""
    multi_rater: bool
    """Whether feedback of several raters was given."""
    aligned_to_corporate_goal: bool
    """Whether at least one objective was aligned to a corporate goal."""
    comments: FreeText | None = None
    """Comments of supervisor and supervisee."""


@HR.contract(
    "org.hr.duty_station_headcount.reported.v1",
    system="PE-3",
    key="country",
    purpose="Compare with the staff figures that the organisation reports to the UN system.",
)
class DutyStationHeadcountReported(Contract):
    """The number of staff at a duty station was reported to the UN system."""

    as_of: Date
    """Day for which the count holds."""
    country: CountryCode
    """Country of the duty station."""
    country_name: PublicName
    """Name of the country as reported."""
    duty_station: PublicName
    """City of the duty station."""
    region: PublicName
    """UN M49 region as reported."""
    subregion: PublicName
    """UN M49 sub-region as reported."""
    staff: Count
    """Staff with contracts of one year or more."""


@HR.contract(
    "org.hr.organisation_headcount.reported.v1",
    system="PE-3",
    key="year",
    purpose="Compare with the staff figures that the organisation reports to the UN system.",
)
class OrganisationHeadcountReported(Contract):
    """The number of staff of the whole organisation at the end of a year was reported to the UN system."""

    year: Year
    """Year at whose 31 December the count holds."""
    staff: Count
    """Staff with contracts of one year or more."""
