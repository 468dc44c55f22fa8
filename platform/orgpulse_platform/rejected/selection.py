"""Which rejected events are meant."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from orgpulse_platform.rejected.errors import UnknownFilterError
from orgpulse_platform.rejected.event import RejectedEvent
from orgpulse_schemas.reasons import Reason
from orgpulse_schemas.registry import all_families

_SPANS: Final = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter; what is empty does not restrict."""

    families: frozenset[str] = frozenset()
    contracts: frozenset[str] = frozenset()
    """Event types."""
    reasons: frozenset[str] = frozenset()
    """Reason codes."""
    origins: frozenset[str] = frozenset()
    """Origins, with or without the time of arrival that follows their ``@``."""
    since: datetime | None = None
    """Arrived at this time or later."""
    until: datetime | None = None
    """Arrived before this time."""

    def __contains__(self, event: RejectedEvent) -> bool:
        return (
            (not self.families or event.family in self.families)
            and (not self.contracts or event.contract in self.contracts)
            and (not self.reasons or event.reason.value in self.reasons)
            and (not self.origins or named_by(event.origin, self.origins))
            and (self.since is None or event.arrived >= self.since)
            and (self.until is None or event.arrived < self.until)
        )

    def checked(self) -> "Selection":
        """The selection itself; raises :class:`UnknownFilterError` for an unknown family or reason."""
        for names, known, what in (
            (self.families, set(all_families()), "family"),
            (self.reasons, {reason.value for reason in Reason}, "reason"),
        ):
            unknown = sorted(names - known)
            if unknown:
                raise UnknownFilterError(f"no {what} `{unknown[0]}`; there are {', '.join(sorted(known))}")
        return self


def named_by(origin: str, names: frozenset[str]) -> bool:
    """Whether an origin is among the names, which may lack its time of arrival."""
    return origin in names or origin.rpartition("@")[0] in names


def moment(text: str, now: datetime) -> datetime:
    """A time in UTC from ``2019-06-30``, ``2019-06-30T12:00:00Z``, or ``36h`` (``90m``, ``7d``) before now.

    A text without a zone is in UTC. Raises :class:`UnknownFilterError`.
    """
    span, unit = text[:-1], _SPANS.get(text[-1:])
    try:
        if unit and span.isdecimal():
            return now - timedelta(**{unit: int(span)})
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise UnknownFilterError(
            f"`{text}` is no time; write 2019-06-30T12:00:00Z, or 36h for a span"
        ) from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
