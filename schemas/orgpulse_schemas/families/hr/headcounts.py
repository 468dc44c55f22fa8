"""Numbers of staff as the organisation reported them to the UN system."""

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.hr.family import HR
from orgpulse_schemas.fields import CountryCode, Date, People, PublicName, Year


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
    staff: People
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
    staff: People
    """Staff with contracts of one year or more."""
