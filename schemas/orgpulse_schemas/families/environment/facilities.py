"""Facilities: their yearly inventories and the measures that they adopt."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.environment.family import ENVIRONMENT
from orgpulse_schemas.fields import (
    CubicMetres,
    Date,
    FacilityId,
    Kilograms,
    KilowattHours,
    NetKilowattHours,
    NetTonnesCo2e,
    PublicName,
    RecordId,
    SquareMetres,
    Year,
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
