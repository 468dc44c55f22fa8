"""Who reads the figures, and what they must not learn from them: limits of each audience."""

from dataclasses import dataclass
from typing import Literal

from orgpulse_platform.settings import WarehouseSettings

Audience = Literal["internal", "public"]
"""``internal``: readers of the publication. ``public``: everybody outside the organisation, by exports."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an audience may be shown."""

    people: int
    """Fewest people that a figure may count."""
    percent: float = 10
    """How closely a single gift may be estimated, in percent of it: the p%-rule."""


@dataclass(frozen=True, slots=True)
class Audiences:
    """The limits of all audiences; the public is never shown what internal readers are not."""

    internal: Limits
    public: Limits

    @classmethod
    def of(cls, settings: WarehouseSettings) -> "Audiences":
        """The limits that the settings state."""
        internal = Limits(settings.internal_threshold, settings.internal_dominance)
        public = Limits(
            max(internal.people, settings.public_threshold),
            max(internal.percent, settings.public_dominance),
        )
        return cls(internal, public)

    def __getitem__(self, audience: Audience) -> Limits:
        return self.internal if audience == "internal" else self.public
