"""Budgets, and what is committed and spent against them."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.finance.family import FINANCE
from orgpulse_schemas.fields import AmountUsd, Date, ProjectId, RecordId, UnitId, Year


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
    "org.finance.budget.revised.v1",
    system="PE-5",
    key="budget_id",
    purpose="Measure budget execution against the budget in force.",
)
class BudgetRevised(Contract):
    """A budget was revised; the newest revision holds."""

    budget_id: RecordId
    """Number of the approval that is revised."""
    kind: Literal["organisation", "development_fund"]
    """What the budget is for."""
    year: Year
    """Budget year."""
    amount_usd: AmountUsd
    """Amount for the year after the revision."""
    revised_on: Date
    """Day of the revision."""


@FINANCE.contract(
    "org.finance.commitment.posted.v1",
    system="PE-5",
    key="project_id",
    purpose="Know what is committed beside what is spent.",
)
class CommitmentPosted(Contract):
    """A commitment was posted to a project."""

    commitment_id: RecordId
    """Number of the commitment."""
    project_id: ProjectId
    """The project."""
    unit_id: UnitId
    """The office that commits."""
    amount_usd: AmountUsd
    """Amount committed; negative where a commitment is released."""
    posted_on: Date
    """Day of the posting."""


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
