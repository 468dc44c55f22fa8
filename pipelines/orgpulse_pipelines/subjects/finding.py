"""What was found about a person: where and how often, never what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that holds the person, or could not be looked into."""

    store: str
    """Kind of place: ``raw topics``, ``landing``, ``folders`` and so on."""
    place: str
    """Topic, table or file; a file's name without the person."""
    entries: int
    """Records, rows, lines or files that name the person; -1 where that cannot be known."""
    action: str
    """What an erasure does there."""
    note: str = ""
    """Why an entry has to wait, or what is unusual."""

    def document(self) -> dict[str, Any]:
        """For a JSON document."""
        return {
            "store": self.store,
            "place": self.place,
            "entries": self.entries if self.entries >= 0 else None,
            "action": self.action,
            "note": self.note,
        }


def findings_table(findings: Iterable[Finding]) -> Table:
    """One line a place."""
    table = Table("store", "place")
    table.add_column("entries", justify="right")
    for name in ("an erasure", "note"):
        table.add_column(name)
    for one in findings:
        entries = f"{one.entries:,}" if one.entries >= 0 else "unknown"
        table.add_row(one.store, one.place, entries, one.action, one.note)
    return table


def by_store(findings: Iterable[Finding]) -> dict[str, int]:
    """Entries by kind of place; what cannot be known counts as one."""
    counts = dict[str, int]()
    for one in findings:
        counts[one.store] = counts.get(one.store, 0) + (one.entries if one.entries >= 0 else 1)
    return counts
