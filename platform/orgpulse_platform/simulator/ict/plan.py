"""The part of a scenario that the work of the ICT division is invented from."""

from datetime import date
from decimal import Decimal

from orgpulse_platform.simulator.part import FollowUp, Part, Range, Share, Weights, Year


class Service(Part):
    """A service of the catalogue; its fields are those of the contract."""

    service_id: str
    name: str
    availability_target: Decimal
    registered_on: date


class Initiatives(Part):
    """Initiatives of the business-transformation programme."""

    titles: dict[str, tuple[str, ...]]
    """By objective."""
    begin: tuple[date, date]
    months: Range
    budget_usd: Range
    standard: Share
    """Share on standard technology."""
    replanned: Share
    milestones: Range
    milestone: FollowUp
    delivery: FollowUp
    on_budget: Share
    overspent: Share
    """An initiative over budget costs at most so much more, as a share of the budget."""


class Incidents(Part):
    """Changes and what fails."""

    changes_a_year: dict[Year, int]
    failed: dict[Year, Share]
    """Share of changes that fail."""
    a_year: dict[Year, int]
    """Incidents that no change causes."""
    priorities: Weights
    restore_hours: dict[str, int]
    """Target by priority."""
    in_target: Share
    described: Share


class Satisfaction(Part):
    """The client survey."""

    answers_a_year: dict[Year, int]
    ratings: dict[int, float]
    with_comment: Share


class Vulnerabilities(Part):
    """Findings of the security scans."""

    a_year: dict[Year, int]
    severities: Weights
    patch_days: dict[str, int]
    """Target by severity."""
    patched: dict[str, FollowUp]


class Digitisation(Part):
    """Workspaces and processes."""

    first: date
    offices: Share
    in_two_steps: Share
    processes: dict[str, int]
    """Number by domain."""


class IctPlan(Part):
    """Everything of the family."""

    services: tuple[Service, ...]
    sampled_from: date
    initiatives: Initiatives
    incidents: Incidents
    satisfaction: Satisfaction
    vulnerabilities: Vulnerabilities
    digitisation: Digitisation
