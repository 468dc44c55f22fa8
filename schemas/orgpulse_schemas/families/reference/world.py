"""The world around it: Member States, donors, exchange rates."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.reference.family import REFERENCE
from orgpulse_schemas.fields import CountryCode, CurrencyCode, Date, DonorId, PublicName, Region
from orgpulse_schemas.plain_decimal import PlainDecimal
from orgpulse_schemas.privacy import NOBODY, Unit

Rate = Annotated[
    Decimal,
    Field(gt=0, max_digits=18, decimal_places=6),
    PlainDecimal(),
    Unit("units of the currency for one USD"),
    NOBODY,
]


@REFERENCE.contract(
    "org.reference.member_state.registered.v1",
    system="PE-5",
    key="country",
    purpose="Know the Member States, their regions, and which are not represented.",
)
class MemberStateRegistered(Contract):
    """A Member State was registered; the newest event holds."""

    country: CountryCode
    """The state."""
    name: PublicName
    """Its name."""
    region: Region
    """Its region."""
    member_since: Date
    """First day of membership."""


@REFERENCE.contract(
    "org.reference.donor.registered.v1",
    system="PE-5",
    key="donor_id",
    purpose="Measure donor concentration and sources of contributions.",
)
class DonorRegistered(Contract):
    """A donor was registered."""

    donor_id: DonorId
    """Number of the donor."""
    kind: Literal["member_state", "un_agency", "multilateral", "private_sector", "general_public"]
    """What kind of donor it is."""
    country: CountryCode | None = None
    """Country of the donor, if it has one."""
    registered_on: Date
    """Day of registration."""


@REFERENCE.contract(
    "org.reference.exchange_rate.published.v1",
    system="PE-5",
    key="currency",
    purpose="Turn amounts into dollars at the rate of their period.",
)
class ExchangeRatePublished(Contract):
    """The UN operational rate of exchange of a currency was published."""

    currency: CurrencyCode
    """The currency."""
    rate: Rate
    """Units of the currency for one United States dollar."""
    valid_from: Date
    """First day on which the rate holds."""
