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


@dataclass(frozen=True, slots=True)
class Audiences:
    """The limits of all audiences; the public is never shown what internal readers are not."""

    internal: Limits
    public: Limits

    @classmethod
    def of(cls, settings: WarehouseSettings) -> "Audiences":
        """The limits that the settings state."""
        internal = Limits(settings.internal_threshold)
        return cls(internal, Limits(max(internal.people, settings.public_threshold)))

    def __getitem__(self, audience: Audience) -> Limits:
        return self.internal if audience == "internal" else self.public
