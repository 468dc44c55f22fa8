"""Finance: contributions, expenditure, budgets, donor reports, and figures reported to the UN system."""

from typing import Literal

from orgpulse_schemas.contract import Contract, Family
from orgpulse_schemas.fields import (
    Amount,
    AmountUsd,
    CurrencyCode,
    Date,
    DonorId,
    ProjectId,
    PublicName,
    RecordId,
    RevenueType,
    UnitId,
    Year,
)

FINANCE = Family(
    name="finance",
    owner="Resources Management",
    legal_basis="Financial regulations; International Public Sector Accounting Standards",
    retention_days=3650,
)


@FINANCE.contract(
    "org.finance.contribution.received.v1",
    system="PE-5",
    key="donor_id",
    purpose="Measure revenue, its sources and its flexibility (earmarking).",
)
class ContributionReceived(Contract):
    """A contribution was received from a donor."""

    contribution_id: RecordId
    """Number of the contribution in the ledger."""
    donor_id: DonorId
    """Number of the donor."""
    donor_type: Literal["member_state", "un_agency", "multilateral", "private_sector", "general_public"]
    """What kind of donor it is."""
    revenue_type: RevenueType
    """Earmarking level of the contribution."""
    amount: Amount
    """Amount in the currency of the agreement."""
    currency: CurrencyCode
    """Currency of the agreement."""
    amount_usd: AmountUsd
    """Amount at the UN operational rate of exchange of the day of receipt."""
    received_on: Date
    """Day on which it was booked."""


@FINANCE.contract(
    "org.finance.expenditure.posted.v1",
    system="PE-5",
    key="project_id",
    purpose="Measure budget execution and expenditure by sector and office.",
)
class ExpenditurePosted(Contract):
    """Expenditure was posted to a project."""

    posting_id: RecordId
    """Number of the ledger line."""
    project_id: ProjectId
    """The project charged."""
    unit_id: UnitId
    """The office that spent."""
    sector: Literal["humanitarian", "development", "global_agenda"]
    """Sector of the UN system's financial statistics."""
    amount_usd: AmountUsd
    """Amount posted; negative where a posting is reversed."""
    posted_on: Date
    """Day of the posting."""


@FINANCE.contract(
    "org.finance.budget.approved.v1",
    system="PE-5",
    key="budget_id",
    purpose="Measure budget execution and the size of the development fund.",
)
class BudgetApproved(Contract):
    """A yearly budget was approved; the newest approval of a kind and year holds."""

    budget_id: RecordId
    """Number of the approval."""
    kind: Literal["organisation", "development_fund"]
    """What the budget is for."""
    year: Year
    """Budget year."""
    amount_usd: AmountUsd
    """Amount approved for the year."""
    approved_on: Date
    """Day of the approval."""


@FINANCE.contract(
    "org.finance.donor_report.submitted.v1",
    system="PE-5",
    key="project_id",
    purpose="Measure whether donors are reported to on time.",
)
class DonorReportSubmitted(Contract):
    """A report to a donor was submitted."""

    report_id: RecordId
    """Number of the report."""
    project_id: ProjectId
    """The project reported on."""
    due_on: Date
    """Last day on which it was on time."""
    submitted_on: Date
    """Day of submission."""


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
