"""The part of a scenario that the fund's work, pledges, commitments, risks and controls are invented from."""

from datetime import date
from decimal import Decimal
from typing import Literal

from orgpulse_platform.simulator.part import FollowUp, Part, Range, Share, Weights, Year


class FundRequests(Part):
    """Requests to the development fund beside those whose projects it pays."""

    declined: int
    """Requests declined since the fund began."""
    reasons: Weights
    screening_days: Range
    decision_days: Range
    start_days: Range
    """Days from the approval to the start of the project."""


class Fund(Part):
    """The development fund beside its projects and budgets of the years simulated."""

    requests: FundRequests
    earlier_budget: dict[Year, Decimal]
    """Yearly budgets in USD before the years simulated."""
    allocated: Share
    """Share of a yearly budget that is allocated; at least the share that is spent."""
    disbursed: Share
    """Of what is allocated and not spent in a year: share that is disbursed nevertheless."""
    also_not_eligible: tuple[str, ...]
    """Member States that may not ask for funds, beside those of the main file."""
    suspended: dict[Year, int]
    """Eligible states that are off the list for a year, in which they ask for nothing."""
    contributed: Share
    """Contributions of a year, as a share of the budget."""
    by_public: Share
    """Share of the contributions that the general public gives."""
    contributions_a_year: dict[str, int]
    """By source."""


class Pledges(Part):
    """What is promised before it arrives."""

    pledged: dict[str, Share]
    """Share of the contributions that were pledged before, by revenue type."""
    days_before: Range
    exceeding: Share
    """Share of pledges of which less arrives."""
    never_received: dict[Year, int]


class Revision(Part):
    """A revision of the approval of one kind of budget that is made every year."""

    kind: Literal["organisation", "development_fund"]
    budget: str
    """Number of the approval without the year, such as ``BU-1``."""
    month: int
    day: int
    share: Decimal
    """Share of the year's final amount that holds after it."""


class Commitments(Part):
    """Commitments of projects beside the fund's, year by year."""

    committed: Share
    """Share of the years of projects in which a commitment is posted."""
    above: tuple[float, float]
    """How much more than is spent in the year is committed, as a share."""
    released: Share


class Audits(Part):
    """Recommendations of audits."""

    a_year: dict[Year, int]
    priorities: dict[str, tuple[float, int]]
    """Weight, and days until closure is due."""
    closed: FollowUp


class Risks(Part):
    """The risk register."""

    number: int
    registered: tuple[date, date]
    categories: Weights
    levels: Weights
    mitigated: Share
    mitigation_days: Range
    review_days: Range
    """Days for which a mitigation counts as current."""
    renewed: Share
    reassessed_every_days: int
    reassessed: Share
    closed: Share


class Controls(Part):
    """Controls attested along the lines of defence."""

    attested: dict[Year, Share]
    """Share of offices whose operations attest."""
    effective: dict[str, Share]
    """Share of controls that work, by line of defence."""


class Partnerships(Part):
    """Agreements with partners."""

    a_year: dict[Year, int]
    kinds: Weights


class FinancePlan(Part):
    """Everything of the family beside revenue, expenses and yearly budgets."""

    fund: Fund
    pledges: Pledges
    revisions: tuple[Revision, ...]
    commitments: Commitments
    audits: Audits
    risks: Risks
    controls: Controls
    partnerships: Partnerships
