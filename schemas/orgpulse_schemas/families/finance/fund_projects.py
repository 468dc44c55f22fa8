"""The development fund: contributions, allocations, disbursements and the projects that they pay for."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.finance.family import FINANCE, FUND_BASIS, FUND_OWNER
from orgpulse_schemas.fields import AmountUsd, CountryCode, Date, DonorId, FullName, ProjectId, RecordId

FUND = "Measure access to seed funding, its balance between regions, and what becomes of it."


@FINANCE.contract(
    "org.finance.fund_contribution.received.v1",
    system="PE-1",
    key="contribution_id",
    purpose="Measure contributions to the fund by source.",
    data_subjects="members of the general public who give",
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundContributionReceived(Contract):
    """A contribution to the fund was received."""

    contribution_id: RecordId
    """Number of the contribution."""
    source: Literal["member_state", "general_public"]
    """Who gave."""
    donor_id: DonorId | None = None
    """Number of the donor; empty for the general public."""
    giver_name: FullName | None = None
    """Name of the person who gave."""
    amount_usd: AmountUsd
    """Amount received."""
    received_on: Date
    """Day of receipt."""


@FINANCE.contract(
    "org.finance.fund_allocation.made.v1",
    system="PE-1",
    key="project_id",
    purpose=FUND,
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundAllocationMade(Contract):
    """Funds were allocated to a project."""

    allocation_id: RecordId
    """Number of the allocation."""
    request_id: RecordId
    """The request that it answers."""
    project_id: ProjectId
    """The project funded."""
    country: CountryCode
    """The Member State that benefits."""
    amount_usd: AmountUsd
    """Amount allocated."""
    allocated_on: Date
    """Day of the allocation."""


@FINANCE.contract(
    "org.finance.fund_disbursement.made.v1",
    system="PE-1",
    key="project_id",
    purpose=FUND,
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundDisbursementMade(Contract):
    """Funds were disbursed to a project."""

    disbursement_id: RecordId
    """Number of the disbursement."""
    project_id: ProjectId
    """The project."""
    amount_usd: AmountUsd
    """Amount disbursed."""
    disbursed_on: Date
    """Day of the disbursement."""


@FINANCE.contract(
    "org.finance.fund_project.started.v1",
    system="PE-1",
    key="project_id",
    purpose=FUND,
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundProjectStarted(Contract):
    """A project of the fund started."""

    project_id: ProjectId
    """The project."""
    country: CountryCode
    """The Member State that benefits."""
    started_on: Date
    """First day of implementation."""


@FINANCE.contract(
    "org.finance.fund_project.completed.v1",
    system="PE-1",
    key="project_id",
    purpose=FUND,
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundProjectCompleted(Contract):
    """A project of the fund was completed."""

    project_id: ProjectId
    """The project."""
    completed_on: Date
    """Last day of implementation."""


@FINANCE.contract(
    "org.finance.fund_project.evaluated.v1",
    system="PE-1",
    key="project_id",
    purpose="Measure whether ex-post evaluations fall within six to twelve months after completion.",
    owner=FUND_OWNER,
    legal_basis=FUND_BASIS,
)
class FundProjectEvaluated(Contract):
    """The ex-post evaluation of a project of the fund was finished."""

    project_id: ProjectId
    """The project."""
    evaluated_on: Date
    """Day on which the report was accepted."""
