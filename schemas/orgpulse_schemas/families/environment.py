"""Environmental sustainability: facility inventories, measures, project markers, offsets."""

from typing import Literal

from orgpulse_schemas.contract import Contract, Family
from orgpulse_schemas.fields import (
    CubicMetres,
    Date,
    FacilityId,
    Kilograms,
    KilowattHours,
    NetKilowattHours,
    NetTonnesCo2e,
    ProjectId,
    PublicName,
    RecordId,
    SquareMetres,
    TonnesCo2e,
    Year,
)

ENVIRONMENT = Family(
    name="environment",
    owner="Environmental Sustainability Programme",
    legal_basis="UN Strategy for Sustainability Management 2020-2030; no personal data",
    retention_days=3650,
)


@ENVIRONMENT.contract(
    "org.environment.facility_inventory.reported.v1",
    system="PR-3",
    key="facility_id",
    purpose="Measure the environmental footprint of facilities, and how many report it.",
)
class FacilityInventoryReported(Contract):
    """The environmental inventory of a facility for a year; an empty figure is unknown, not zero."""

    facility_id: FacilityId
    """Number of the facility."""
    facility_name: PublicName | None = None
    """Name of the facility."""
    year: Year
    """Year of the inventory."""
    floor_area: SquareMetres | None = None
    """Gross floor area."""
    electricity: NetKilowattHours | None = None
    """Electricity bought, less what was fed into the grid."""
    renewable_electricity: KilowattHours | None = None
    """Of the electricity: from renewable sources."""
    natural_gas: KilowattHours | None = None
    """Energy content of the natural gas burnt."""
    greenhouse_gas: NetTonnesCo2e | None = None
    """Greenhouse-gas emissions, all scopes reported, less what electricity fed into the grid saves."""
    water: CubicMetres | None = None
    """Water taken."""
    waste: Kilograms | None = None
    """Waste, all streams."""
    waste_diverted: Kilograms | None = None
    """Of the waste: reused, recycled or composted."""


@ENVIRONMENT.contract(
    "org.environment.facility_measure.adopted.v1",
    system="PR-3",
    key="facility_id",
    purpose="Know which facilities act on their footprint.",
)
class FacilityMeasureAdopted(Contract):
    """A facility adopted a measure."""

    measure_id: RecordId
    """Number of the measure."""
    facility_id: FacilityId
    """The facility."""
    measure: Literal["solar_power", "led_lighting", "water_saving", "waste_sorting", "insulation"]
    """What was done."""
    adopted_on: Date
    """Day from which it works."""


@ENVIRONMENT.contract(
    "org.environment.project_marker.assessed.v1",
    system="PR-3",
    key="project_id",
    purpose="Measure how many projects assess and mitigate their environmental risk.",
)
class ProjectMarkerAssessed(Contract):
    """The environmental marker of a project was assessed."""

    project_id: ProjectId
    """The project."""
    risk: Literal["low", "medium", "high"]
    """Environmental risk of the project."""
    mitigation_planned: bool
    """Whether mitigation is planned and budgeted."""
    assessed_on: Date
    """Day of the assessment."""


@ENVIRONMENT.contract(
    "org.environment.offset.retired.v1",
    system="PR-3",
    key="offset_id",
    purpose="Measure the share of emissions that is offset.",
)
class OffsetRetired(Contract):
    """Certified emission reductions were retired for a year's emissions."""

    offset_id: RecordId
    """Number of the certificate."""
    year: Year
    """Year whose emissions are offset."""
    greenhouse_gas: TonnesCo2e
    """Emissions offset."""
    retired_on: Date
    """Day of the retirement."""
