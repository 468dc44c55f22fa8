"""Partnerships and memberships."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.finance.family import FINANCE
from orgpulse_schemas.fields import CountryCode, Date, PublicName, RecordId


@FINANCE.contract(
    "org.finance.partnership.concluded.v1",
    system="PE-5",
    key="partnership_id",
    purpose="Know with whom the organisation works.",
)
class PartnershipConcluded(Contract):
    """A partnership was concluded."""

    partnership_id: RecordId
    """Number of the agreement."""
    partner_kind: Literal["un_agency", "government", "civil_society", "private_sector", "academia"]
    """What kind of partner it is."""
    concluded_on: Date
    """Day of signature."""


@FINANCE.contract(
    "org.finance.membership.concluded.v1",
    system="PE-5",
    key="country",
    purpose="Know the Member States.",
)
class MembershipConcluded(Contract):
    """A state became a member or an observer."""

    country: CountryCode
    """The state."""
    status: Literal["member", "observer"]
    """What it became."""
    name: PublicName
    """Name of the state as the organisation lists it."""
    concluded_on: Date
    """First day of the status."""
