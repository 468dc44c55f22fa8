"""The part of a scenario that Member States, donors and exchange rates are invented from."""

from datetime import date

from orgpulse_platform.simulator.part import Part, Region, Share, Year


class Membership(Part):
    """Which states are members or observers, and since when."""

    without_duty_station: dict[Region, tuple[str, ...]]
    """Member States beside the countries of the duty stations."""
    founders: tuple[str, ...]
    joined: dict[str, date]
    """States that joined in the years simulated; the others joined before."""
    observers: dict[str, date]
    """States that became observers; those that also joined were observers first."""


class ReferencePlan(Part):
    """Everything of the family beside offices, projects, courses and facilities."""

    membership: Membership
    donors_registered: tuple[Year, Year]
    rate_swing: Share
    """How far a rate of exchange strays from its mean, as a share of it."""
