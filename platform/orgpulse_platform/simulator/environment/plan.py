"""The part of a scenario that the footprint of facilities and the strategy are invented from."""

from orgpulse_platform.simulator.part import Milestone, Part, Share, Weights, Year


class Footprint(Part):
    """Figures by source, beside the totals of the inventories."""

    from_year: Year
    """First year whose inventories tell sources, streams and treatments."""
    other_sources: Weights
    """How emissions from neither electricity nor heating are shared out."""
    streams: Weights
    recovered: dict[str, dict[str, float]]
    """Weights of the treatments of diverted waste, by stream."""
    disposed: Weights
    """Weights of the treatments of waste that is not diverted."""


class Reviews(Part):
    """Reviews of environmental markers."""

    reviewed: Share
    effective: Share
    impact_assessed: Share


class EnvironmentPlan(Part):
    """Everything of the family beside facilities and their inventories."""

    footprint: Footprint
    reviews: Reviews
    milestones: tuple[Milestone, ...]
