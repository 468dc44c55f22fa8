"""The part of a scenario that the organisation's knowledge is invented from."""

from datetime import date

from orgpulse_platform.simulator.part import FollowUp, Part, Range, Share, Weights, Year


class Repository(Part):
    """Documents of the policy hub, and their use."""

    launched_on: date
    """Nobody searches or downloads before, and nothing is public."""
    filled_from: date
    """First day on which documents are registered."""
    documents: int
    before_launch: Share
    """Share of the documents that are registered before the launch."""
    kinds: Weights
    languages: Weights
    author_named: Share
    assured: Share
    published: Share
    """Share of the assured documents that are made public."""
    searches: int
    query_kept: Share
    no_result: dict[str, Share]
    """Share of searches without a result, by language."""
    downloads: int
    region_known: Share


class PolicySupport(Part):
    """Requests for policy support."""

    a_year: dict[Year, int]
    themes: Weights
    due_days: Range
    delivered: FollowUp


class GovernanceTrainings(Part):
    """Trainings on migration governance."""

    a_year: dict[Year, int]
    audiences: Weights
    participants: Range


class DataAssets(Part):
    """Data assets under the migration data strategy."""

    a_year: dict[Year, int]
    access: Weights


class KnowledgePlan(Part):
    """Everything of the family."""

    repository: Repository
    policy_support: PolicySupport
    governance_trainings: GovernanceTrainings
    data_assets: DataAssets
