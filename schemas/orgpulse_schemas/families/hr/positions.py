"""Positions of the staffing table: created, vacated, advertised, filled."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.hr.family import HR, PERSONNEL
from orgpulse_schemas.fields import Date, Grade, PersonnelId, PositionId, UnitId


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
    "org.hr.position.vacated.v1",
    system="PE-3",
    key="position_id",
    purpose="Measure vacancy and time to fill.",
)
class PositionVacated(Contract):
    """A position fell vacant."""

    position_id: PositionId
    """Number of the position."""
    vacated_on: Date
    """First day without incumbent."""


@HR.contract(
    "org.hr.position.advertised.v1",
    system="PE-3",
    key="position_id",
    purpose="Measure time to fill.",
)
class PositionAdvertised(Contract):
    """A position was advertised."""

    position_id: PositionId
    """Number of the position."""
    scope: Literal["internal", "external", "roster"]
    """Who may apply."""
    advertised_on: Date
    """Day of the advertisement."""


@HR.contract(
    "org.hr.position.filled.v1",
    system="PE-3",
    key="position_id",
    purpose="Measure time to fill, internal fill and the use of the roster.",
    data_subjects=PERSONNEL,
)
class PositionFilled(Contract):
    """A position was filled."""

    position_id: PositionId
    """Number of the position."""
    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    channel: Literal["internal", "external", "roster"]
    """Where the person came from."""
    filled_on: Date
    """First day of the person in the position."""
