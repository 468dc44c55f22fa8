"""What publishers say they did, from the ledger."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orgpulse_platform.ledger import LedgerEntry


@dataclass(frozen=True, slots=True)
class Expected:
    """What publishers expect of one family."""

    published: int
    rejected: dict[str, int]
    """By reason code."""
    kept: int
    """Distinct events, if no two datasets share any."""
    kept_at_least: int
    """Distinct events, if all datasets are the same events: those of the largest."""
    undetermined: int = 0
    """Records among the published that may be rejected, duplicates or kept: replays."""

    @property
    def duplicates(self) -> int:
        """What is neither rejected nor kept, if no two datasets share any event."""
        return self.published - self.undetermined - sum(self.rejected.values()) - self.kept

    def allows(self, rejected: Mapping[str, int], kept: int) -> bool:
        """Whether counts of rejected records, by reason, and of kept events agree with what is expected.

        What is undetermined may have gone either way, but each record one way only.
        """
        beyond = {reason: count - self.rejected.get(reason, 0) for reason, count in rejected.items()}
        short = any(self.rejected[reason] > rejected.get(reason, 0) for reason in self.rejected)
        left = self.undetermined - sum(beyond.values())
        return not short and left >= 0 and self.kept_at_least <= kept <= self.kept + left


def expect(entries: Iterable[LedgerEntry], family: str) -> Expected | None:
    """What the entries say about a family, or nothing if none of them published to it.

    A dataset that was published again counts again as published and rejected, and once as kept.
    """
    entries = [entry for entry in entries if entry.published.get(family)]
    if not entries:
        return None
    rejected = Counter[str]()
    for entry in entries:
        rejected.update(entry.rejected.get(family, {}))
    kept = {(entry.publisher, entry.dataset): entry.kept.get(family, 0) for entry in entries}
    return Expected(
        published=sum(entry.published[family] for entry in entries),
        rejected={reason: count for reason, count in sorted(rejected.items()) if count},
        kept=sum(kept.values()),
        kept_at_least=max(kept.values()),
        undetermined=sum(entry.undetermined.get(family, 0) for entry in entries),
    )
