"""The footprint of facilities by source: greenhouse gas by scope, water, waste by stream and treatment."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.environment.family import ENVIRONMENT
from orgpulse_schemas.fields import CubicMetres, Date, FacilityId, Kilograms, TonnesCo2e, Year

FOOTPRINT = "Measure the footprint of facilities by source."


@ENVIRONMENT.contract(
    "org.environment.emission.reported.v1", system="PR-3", key="facility_id", purpose=FOOTPRINT
)
class EmissionReported(Contract):
    """Greenhouse-gas emissions of a facility from a source in a year; the newest report holds."""

    facility_id: FacilityId
    """The facility."""
    year: Year
    """Year of the emissions."""
    scope: Literal["1", "2", "3"]
    """Scope of the GHG Protocol: direct, purchased energy, other indirect."""
    source: Literal[
        "generators", "vehicles", "refrigerants", "heating", "electricity", "air_travel", "commuting"
    ]
    """What emits."""
    greenhouse_gas: TonnesCo2e
    """Emissions."""
    reported_on: Date
    """Day of the report."""


@ENVIRONMENT.contract(
    "org.environment.water_use.reported.v1", system="PR-3", key="facility_id", purpose=FOOTPRINT
)
class WaterUseReported(Contract):
    """Water taken by a facility in a year; the newest report holds."""

    facility_id: FacilityId
    """The facility."""
    year: Year
    """Year of use."""
    water: CubicMetres
    """Water taken."""
    reported_on: Date
    """Day of the report."""


@ENVIRONMENT.contract(
    "org.environment.waste.reported.v1", system="PR-3", key="facility_id", purpose=FOOTPRINT
)
class WasteReported(Contract):
    """Waste of a facility by stream and treatment; the newest report holds."""

    facility_id: FacilityId
    """The facility."""
    year: Year
    """Year of the waste."""
    stream: Literal["paper", "plastic", "metal", "glass", "organic", "electronic", "hazardous", "mixed"]
    """What it consists of."""
    treatment: Literal["reuse", "recycling", "composting", "incineration", "landfill", "unknown"]
    """What became of it."""
    waste: Kilograms
    """How much it was."""
    reported_on: Date
    """Day of the report."""
