"""The part of a scenario that the results of the organisation are invented from."""

from datetime import date

from orgpulse_platform.simulator.part import FollowUp, Part, Range, Share, Weights, Year


class Strategies(Part):
    """Country and regional strategies, with gaps between them."""

    offices: Share
    """Share of the country and regional offices that ever have one."""
    first: tuple[date, date]
    """First and last day on which an office's first one begins."""
    years: Range
    with_gap: Share
    """Share of strategies that the next one does not follow at once."""
    gap_days: Range
    ended_early: Share
    reviewed: Share
    """Share whose draft the regional office reviews."""


class Frameworks(Part):
    """Results frameworks by level: which exist, and what they measure."""

    programme_years: int
    """A corporate framework plans for so many years."""
    planned: dict[str, Share]
    """Share of the strategies, or of the projects started, that get a framework."""
    indicators: dict[str, int]
    """Indicators of a framework, by level."""
    redefined: Share
    lower_is_better: Share
    on_course: Share
    """Share of indicators that reach their target."""
    measured_every_months: int
    linked: dict[str, Share]
    """Share of indicators linked to a global goal, by level."""
    sdg_targets: Weights
    gcm_objectives: dict[int, float]
    gcm_adopted_on: date
    """No link to the Global Compact is older."""


class Proposals(Part):
    """Project proposals on their way to endorsement."""

    a_year: dict[Year, int]
    kinds: Weights
    returned: tuple[Share, ...]
    """Share returned at the first review, at the second and so on; after the last none is."""
    abandoned: Share
    """Share of the returned ones that never come back."""
    with_comments: Share


class RegionalSupport(Part):
    """Requests for support, events for partners."""

    requests_a_year: dict[Year, int]
    kinds: Weights
    due_days: Range
    closed: FollowUp
    events_a_year: dict[Year, int]
    participants: Range


class ResultsPlan(Part):
    """Everything of the family."""

    strategies: Strategies
    frameworks: Frameworks
    maturity: dict[Year, Share]
    """Share of country and regional offices that assess themselves in the year."""
    proposals: Proposals
    support: RegionalSupport
