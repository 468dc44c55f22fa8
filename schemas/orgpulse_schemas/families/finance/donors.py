"""Contributions of donors, and the reports owed to them."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.finance.family import FINANCE
from orgpulse_schemas.fields import (
    Amount,
    AmountUsd,
    CurrencyCode,
    Date,
    DonorId,
    ProjectId,
    RecordId,
    RevenueType,
)


@FINANCE.contract(
    "org.finance.contribution.pledged.v1",
    system="PE-5",
    key="donor_id",
    purpose="Measure how much of what is pledged arrives.",
)
class ContributionPledged(Contract):
    """A donor pledged a contribution."""

    pledge_id: RecordId
    """Number of the pledge."""
    donor_id: DonorId
    """Number of the donor."""
    revenue_type: RevenueType
    """Type of revenue it will be."""
    amount_usd: AmountUsd
    """Amount pledged."""
    pledged_on: Date
    """Day of the pledge."""


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
    "org.finance.donor_report.due.v1",
    system="PE-5",
    key="project_id",
    purpose="Measure whether donors are reported to on time, including reports that never came.",
)
class DonorReportDue(Contract):
    """A report to a donor was agreed for a day."""

    report_id: RecordId
    """Number of the report."""
    project_id: ProjectId
    """The project reported on."""
    due_on: Date
    """Last day on which it is on time."""


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
