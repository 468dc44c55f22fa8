"""What became of the rows of a file: counts, and the refused ones by line, field and reason code."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from orgpulse_platform.mapping.refusal import Problem, Refusal

RefusalSink = Callable[[Refusal], None]
"""Takes each refused row as it is found."""


@dataclass
class Report:
    """The account of one file: every row read was accepted or refused."""

    mapping: str
    contract: str
    dataset: str
    """Mapping and SHA-256 of the file; the same for the same file under any name."""
    dry_run: bool
    family: str
    accepted: int = 0
    published: int = 0
    """Accepted rows that Kafka has acknowledged; none in a dry run."""
    skipped: int = 0
    """Lines passed over because the mapping says so; they are no rows."""
    refused_rows: int = 0
    refused: list[Refusal] = field(default_factory=list[Refusal])
    """The refused rows, unless they were given to a :data:`RefusalSink`."""
    interrupted: str | None = None
    """Why the file could not be read to its end; what was read before was published all the same."""
    counts: Counter[Problem] = field(default_factory=Counter[Problem])
    """How many rows have each problem."""

    @property
    def rows(self) -> int:
        """Rows read."""
        return self.accepted + self.refused_rows

    def refuse(self, refusal: Refusal) -> None:
        """Count a refused row."""
        self.refused_rows += 1
        self.counts.update(refusal.problems)

    def problems(self) -> list[tuple[Problem, int]]:
        """How many rows have each problem, the most frequent first."""
        return self.counts.most_common()

    def document(self) -> dict[str, Any]:
        """The report for scripts."""
        return {
            "id": self.dataset,
            "mapping": self.mapping,
            "contract": self.contract,
            "dry_run": self.dry_run,
            "rows": self.rows,
            "accepted": self.accepted,
            "published": self.published,
            "skipped": self.skipped,
            "refused_rows": self.refused_rows,
            "refused": [refused_row(refusal) for refusal in self.refused],
        }


def refused_row(refusal: Refusal) -> dict[str, Any]:
    """The first problem of a row in front, as scripts that count rows expect it; the others beside it."""
    first, *others = refusal.problems
    return {
        "id": refusal.id,
        "line": refusal.line,
        **({} if refusal.sheet is None else {"sheet": refusal.sheet}),
        "field": first.field,
        "reason": first.reason.value,
        "also": [
            {"id": problem.field, "field": problem.field, "reason": problem.reason.value}
            for problem in others
        ],
    }
