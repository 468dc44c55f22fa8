"""What the organisation consists of: offices, projects, courses, facilities, services."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.reference.family import REFERENCE
from orgpulse_schemas.fields import (
    CountryCode,
    CourseId,
    Date,
    FacilityId,
    Months,
    Percentage,
    ProjectId,
    PublicName,
    Region,
    ServiceId,
    SquareMetres,
    UnitId,
)
from orgpulse_schemas.rules import require_order


@REFERENCE.contract(
    "org.reference.organisation_unit.registered.v1",
    system="PE-3",
    key="unit_id",
    purpose="Place every figure in the organisation's hierarchy and region.",
)
class OrganisationUnitRegistered(Contract):
    """An office was registered, or its registration changed; the newest ``valid_from`` holds."""

    unit_id: UnitId
    """Number of the unit."""
    name: PublicName
    """Name of the office."""
    unit_type: Literal["headquarters", "regional_office", "country_office", "sub_office"]
    """Level of the office in the hierarchy."""
    parent_unit_id: UnitId | None
    """The unit it reports to; empty for headquarters."""
    region: Region
    """Region in which the office lies."""
    country: CountryCode
    """Country in which the office lies."""
    duty_station: PublicName
    """City of the office as the UN lists it among its duty stations."""
    high_risk: bool
    """Whether the office counts as a high-risk mission for conduct and safeguarding."""
    valid_from: Date
    """First day on which this registration holds."""


@REFERENCE.contract(
    "org.reference.project.registered.v1",
    system="PE-5",
    key="project_id",
    purpose="Relate expenditure, evaluations, monitoring and donor reports to projects.",
)
class ProjectRegistered(Contract):
    """A project was registered, or its registration changed."""

    project_id: ProjectId
    """Number of the project."""
    unit_id: UnitId
    """The office that manages it."""
    fund: Literal["development_fund", "other"]
    """Whether the development fund for eligible Member States pays for it."""
    sector: Literal["humanitarian", "development", "global_agenda"]
    """Sector of the UN system's financial statistics."""
    start_date: Date
    """First day of implementation."""
    end_date: Date | None = None
    """Last day of implementation; empty while none is agreed."""

    _dates = require_order("start_date", "end_date")


@REFERENCE.contract(
    "org.reference.course.registered.v1",
    system="PR-2",
    key="course_id",
    purpose="Know which trainings exist, which are mandatory and how long a completion is valid.",
)
class CourseRegistered(Contract):
    """A course was registered in the training catalogue."""

    course_id: CourseId
    """Number of the course."""
    title: PublicName
    """Title of the course in English."""
    subject: Literal[
        "ethics_values",
        "standards_of_conduct",
        "respectful_workplace",
        "fraud_prevention",
        "psea",
        "data_protection",
        "results_based_management",
        "monitoring_and_evaluation",
    ]
    """What it teaches."""
    modality: Literal["e_learning", "face_to_face", "webinar"]
    """How it is taught."""
    mandatory: bool
    """Whether all personnel must complete it."""
    validity: Months | None = None
    """How long a completion is valid; empty if for good."""
    released_on: Date
    """First day on which it could be taken."""


@REFERENCE.contract(
    "org.reference.facility.registered.v1",
    system="PR-3",
    key="facility_id",
    purpose="Know which facilities an environmental inventory must cover.",
)
class FacilityRegistered(Contract):
    """A building that the organisation uses was registered."""

    facility_id: FacilityId
    """Number of the facility."""
    unit_id: UnitId
    """The office that uses it."""
    country: CountryCode
    """Country in which it lies."""
    floor_area: SquareMetres | None = None
    """Gross floor area, if measured."""
    in_use_from: Date
    """First day of use."""


@REFERENCE.contract(
    "org.reference.service.registered.v1",
    system="PE-6",
    key="service_id",
    purpose="Know the ICT services and their availability targets.",
)
class ServiceRegistered(Contract):
    """An ICT service was registered; the newest event holds."""

    service_id: ServiceId
    """Number of the service."""
    name: PublicName
    """Name of the service."""
    availability_target: Percentage
    """Share of the agreed service time in which it is to work."""
    registered_on: Date
    """Day of registration."""
