"""Figures as they were reported to the UN system or published by donors and partners."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.finance.family import FINANCE
from orgpulse_schemas.fields import AmountUsd, PublicName, RecordId, RevenueType, Year


@FINANCE.contract(
    "org.finance.revenue.reported.v1",
    system="PE-5",
    key="year",
    purpose="Compare with the revenue that the organisation reports to the UN system.",
)
class RevenueReported(Contract):
    """Revenue of a year was reported to the UN system, by type and sub-type."""

    year: Year
    """Financial year."""
    revenue_type: RevenueType
    """Type of revenue."""
    sub_type: RecordId
    """Sub-type code, such as ``R03E``, or the type where no sub-type is reported."""
    sub_type_name: PublicName
    """Name of the sub-type."""
    amount_usd: AmountUsd
    """Revenue of the year."""


@FINANCE.contract(
    "org.finance.expense.reported.v1",
    system="PE-5",
    key="year",
    purpose="Compare with the expenses that the organisation reports to the UN system.",
)
class ExpenseReported(Contract):
    """Expenses of a year were reported to the UN system, by sector."""

    year: Year
    """Financial year."""
    sector_name: PublicName
    """Sector as named in that year's classification."""
    amount_usd: AmountUsd
    """Expenses of the year."""


@FINANCE.contract(
    "org.finance.flow.reported.v1",
    system="PE-5",
    key="reporting_org_id",
    purpose="See the organisation's place among the flows that donors and partners publish (IATI).",
)
class FlowReported(Contract):
    """A flow of funds between organisations was published under the IATI standard."""

    reporting_org_id: PublicName
    """IATI identifier of the organisation that reports."""
    reporting_org_name: PublicName
    """Its name as published."""
    reporting_org_type: PublicName
    """Its type in the IATI code list."""
    provider_org_name: PublicName | None = None
    """Organisation that gave, as published."""
    receiver_org_name: PublicName | None = None
    """Organisation that received, as published; ``(Direct expenditure)`` where nobody did."""
    humanitarian: bool
    """Whether the flow is humanitarian."""
    strict: bool
    """Whether the flow is marked as part of the response to COVID-19 exactly as IATI asks for it."""
    direction: Literal["incoming", "outgoing"]
    """Seen from the reporting organisation."""
    amount_usd: AmountUsd
    """Total of the flow."""
