"""Precision and recall of what was found against what is marked.

By spans, a label counts as found when finds of its kind cover at least half of it, and a find counts as right
when labels of its kind cover at least half of it. By characters, each character counts by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from orgpulse_streams.scrub.evaluation.labelled_set import Label, LabelledText
from orgpulse_streams.scrub.spans import Kind, Span


class Rule(StrEnum):
    """What is counted."""

    SPANS = "spans"
    CHARACTERS = "characters"


class Finder(Protocol):
    """Whatever finds personal details in a text."""

    def find(self, text: str) -> list[Span]:
        """What is found, without overlaps."""


@dataclass
class Score:
    """The counts of a kind, or of several together."""

    kind: str
    labelled: int = 0
    """Labels, or their characters: the support."""
    found: int = 0
    """Those of them that were found as what they are."""
    claimed: int = 0
    """Finds, or their characters."""
    right: int = 0
    """Those of them that are what they claim."""
    labelled_characters: int = 0
    hidden_characters: int = 0
    """Labelled characters that some placeholder takes the place of, of whatever kind."""

    @property
    def precision(self) -> float | None:
        """Share of the finds that are right; nothing where there are none."""
        return self.right / self.claimed if self.claimed else None

    @property
    def recall(self) -> float | None:
        """Share of the labels that were found; nothing where there are none."""
        return self.found / self.labelled if self.labelled else None

    @property
    def hidden(self) -> float | None:
        """Share of the labelled characters that no longer stand in the scrubbed text."""
        return self.hidden_characters / self.labelled_characters if self.labelled_characters else None

    def f(self, beta: float) -> float | None:
        """The F measure: recall weighs ``beta`` times as much as precision."""
        precision, recall = self.precision or 0.0, self.recall
        if recall is None:
            return None
        below = beta**2 * precision + recall
        return (1 + beta**2) * precision * recall / below if below else 0.0

    def document(self) -> dict[str, Any]:
        """The score for scripts."""
        return {
            "entity_type": self.kind,
            "support": self.labelled,
            "found": self.found,
            "claimed": self.claimed,
            "right": self.right,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f(1),
            "f2": self.f(2),
            "hidden": self.hidden,
        }


def measure(texts: Iterable[LabelledText], finder: Finder, rule: Rule = Rule.SPANS) -> list[Score]:
    """The score of every kind that is labelled or claimed, by its name."""
    scores: dict[str, Score] = {}

    def of(kind: str) -> Score:
        return scores.setdefault(kind, Score(kind))

    for text in texts:
        finds = [Label(span.start, span.end, span.kind.value) for span in finder.find(text.text)]
        everywhere = _covered(finds)
        found, marked = _by_kind(finds), _by_kind(text.labels)
        for label in text.labels:
            score, size = of(label.kind), label.end - label.start
            score.labelled_characters += size
            score.hidden_characters += _within(label, everywhere)
            both = _within(label, found[label.kind])
            score.labelled += 1 if rule is Rule.SPANS else size
            score.found += int(2 * both >= size) if rule is Rule.SPANS else both
        for find in finds:
            score, size = of(find.kind), find.end - find.start
            both = _within(find, marked[find.kind])
            score.claimed += 1 if rule is Rule.SPANS else size
            score.right += int(2 * both >= size) if rule is Rule.SPANS else both
    return [scores[kind] for kind in sorted(scores)]


def total(name: str, scores: Sequence[Score]) -> Score:
    """Several kinds together: their counts are added up (micro average)."""
    return Score(
        name,
        sum(score.labelled for score in scores),
        sum(score.found for score in scores),
        sum(score.claimed for score in scores),
        sum(score.right for score in scores),
        sum(score.labelled_characters for score in scores),
        sum(score.hidden_characters for score in scores),
    )


def totals(scores: Sequence[Score]) -> list[Score]:
    """All kinds together; and those that the scrubber looks for and the set labels."""
    sought = [score for score in scores if score.kind in set(Kind) and score.labelled]
    return [total("all that is sought and labelled", sought), total("all", scores)]


def _by_kind(labels: Iterable[Label]) -> defaultdict[str, set[int]]:
    apart: defaultdict[str, list[Label]] = defaultdict(list)
    for label in labels:
        apart[label.kind].append(label)
    return defaultdict(set, {kind: _covered(group) for kind, group in apart.items()})


def _covered(labels: Iterable[Label]) -> set[int]:
    return {place for label in labels for place in range(label.start, label.end)}


def _within(label: Label, places: set[int]) -> int:
    return sum(place in places for place in range(label.start, label.end))
