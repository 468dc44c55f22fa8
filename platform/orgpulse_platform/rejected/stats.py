"""How many events were rejected: by family, contract, reason and day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from orgpulse_platform.rejected.event import RejectedEvent
from orgpulse_platform.rejected.journal import Journal
from orgpulse_schemas.reasons import MEANINGS, Reason

_Group = tuple[str, str, Reason, date]


@dataclass(frozen=True, slots=True)
class Count:
    """The rejected events of a family, contract, reason and day."""

    family: str
    contract: str | None
    reason: Reason
    day: date
    """Day of arrival, in UTC."""
    events: int
    replayed: int
    """How many of them were replayed."""

    def document(self) -> dict[str, Any]:
        """The count for scripts, with what its reason means."""
        meaning = MEANINGS[self.reason]
        return {
            "id": f"{self.family}/{self.contract or '-'}/{self.reason.value}/{self.day.isoformat()}",
            "family": self.family,
            "contract": self.contract,
            "reason": self.reason.value,
            "day": self.day.isoformat(),
            "events": self.events,
            "replayed": self.replayed,
            "meaning": meaning.meaning,
            "mended_by": meaning.mended_by,
            "replay_helps": meaning.replay_helps,
        }


def count_rejected(events: Iterable[RejectedEvent], journal: Journal) -> list[Count]:
    """The counts, in the order of their group."""
    found: Counter[_Group] = Counter()
    replayed: Counter[_Group] = Counter()
    for event in events:
        group = (event.family, event.contract or "", event.reason, event.arrived.date())
        found[group] += 1
        replayed[group] += journal.replayed(event.origin)
    return [
        Count(family, contract or None, reason, day, count, replayed[family, contract, reason, day])
        for (family, contract, reason, day), count in sorted(found.items())
    ]
