"""The development fund: eligibility lists, and requests of eligible Member States."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.finance.family import FINANCE, FUND_BASIS, FUND_OWNER
from orgpulse_schemas.fields import AmountUsd, CountryCode, Date, RecordId, Region, Year

FUND = "Measure access to seed funding, its balance between regions, and what becomes of it."


@FINANCE.contract(
    "org.finance.eligibility.listed.v1",
    system="PE-1",
    key="country",
    purpose=FUND,
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class EligibilityListed(Contract):
    """A Member State was listed as eligible, or not, for a year; the newest event holds."""

    country: CountryCode
    """The Member State."""
    region: Region
    """Its region."""
    year: Year
    """The year."""
    eligible: bool
    """Whether it may ask for funds."""
    listed_on: Date
    """Day of the list."""


@FINANCE.contract(
    "org.finance.fund_request.submitted.v1",
    system="PE-1",
    key="request_id",
    purpose=FUND,
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundRequestSubmitted(Contract):
    """A Member State, through a country office, asked the fund for seed funding."""

    request_id: RecordId
    """Number of the request."""
    country: CountryCode
    """The Member State that benefits."""
    region: Region
    """Its region."""
    amount_usd: AmountUsd
    """Amount asked for."""
    submitted_on: Date
    """Day of the request."""


@FINANCE.contract(
    "org.finance.fund_request.screened.v1",
    system="PE-1",
    key="request_id",
    purpose=FUND,
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundRequestScreened(Contract):
    """A request was screened for eligibility."""

    request_id: RecordId
    """Number of the request."""
    eligible: bool
    """Whether the Member State and the project are eligible."""
    screened_on: Date
    """Day of the screening."""


@FINANCE.contract(
    "org.finance.fund_request.approved.v1",
    system="PE-1",
    key="request_id",
    purpose=FUND,
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundRequestApproved(Contract):
    """A request was approved."""

    request_id: RecordId
    """Number of the request."""
    amount_usd: AmountUsd
    """Amount approved."""
    approved_on: Date
    """Day of the approval."""


@FINANCE.contract(
    "org.finance.fund_request.declined.v1",
    system="PE-1",
    key="request_id",
    purpose=FUND,
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundRequestDeclined(Contract):
    """A request was declined."""

    request_id: RecordId
    """Number of the request."""
    reason: Literal["not_eligible", "funds_exhausted", "quality", "withdrawn"]
    """Why."""
    declined_on: Date
    """Day of the decision."""
