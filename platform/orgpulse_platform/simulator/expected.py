"""What a simulation knows about its own records, so that a run of the platform can be reconciled with it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from orgpulse_platform.simulator.facts import DAY
from orgpulse_schemas.reasons import Reason


@dataclass(slots=True)
class Expected:
    """Counts by family, complete once every record was taken: published = kept + duplicates + rejected."""

    published: Counter[str] = field(default_factory=Counter[str])
    """Records."""
    rejected: defaultdict[str, Counter[Reason]] = field(default_factory=lambda: defaultdict(Counter))
    """Broken records by reason; validation gives the same reasons."""
    duplicates: Counter[str] = field(default_factory=Counter[str])
    """Good records published again."""
    kept: Counter[str] = field(default_factory=Counter[str])
    """Distinct good events."""
    late: Counter[str] = field(default_factory=Counter[str])
    """Of the kept: published after one of the family that happened more than ``late_after_days`` later."""
    out_of_order: Counter[str] = field(default_factory=Counter[str])
    """Of the kept: published after one with the same topic and key that happened later."""


class Tally:
    """Counts the records as they are published."""

    def __init__(self, late_after_days: int) -> None:
        self.expected = Expected()
        self._late_after = late_after_days * DAY
        self._newest: dict[str, int] = {}

    def count_kept(self, family: str, at: int, overtaken: bool) -> None:
        """Count a good event, published for the first time; ``at`` is when it happened (seconds, UTC)."""
        self.expected.published[family] += 1
        self.expected.kept[family] += 1
        newest = self._newest.get(family, at)
        if newest - at > self._late_after:
            self.expected.late[family] += 1
        self._newest[family] = max(newest, at)
        if overtaken:
            self.expected.out_of_order[family] += 1

    def count_duplicate(self, family: str) -> None:
        """Count a good event that is published again."""
        self.expected.published[family] += 1
        self.expected.duplicates[family] += 1

    def count_rejected(self, family: str, reason: Reason) -> None:
        """Count a broken record."""
        self.expected.published[family] += 1
        self.expected.rejected[family][reason] += 1
