"""The measures of a source system: a word, the figures behind it, and what to do next."""

from dataclasses import dataclass, field
from typing import Any

from orgpulse_pipelines.quality.figures import Figures, Row
from orgpulse_pipelines.quality.judgement import Thresholds, Word

_GUIDE = "docs/guides/data-quality.md"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a source system."""

    name: str
    word: Word | None
    """Nothing where there is nothing to judge."""
    shown: str
    """The figure for people."""
    figures: dict[str, Any] = field(default_factory=dict[str, Any])
    advice: str = ""
    """What to do next; empty where nothing is to be done."""


def measures_of(system: str, figures: Figures, thresholds: Thresholds) -> tuple[Measure, ...]:
    """The measures of a source system, in the order in which they are shown."""
    kept = figures.events.get(system, {}).get("kept") or 0
    return (
        _completeness(figures.completeness.get(system), thresholds),
        _late(figures.late.get(system), thresholds),
        _orphans(system, figures.orphans.get(system), kept, thresholds),
        _rejections(figures.events.get(system), figures.rejections.get(system), thresholds),
        _freshness(figures.freshness.get(system), thresholds),
    )


def _completeness(row: Row | None, thresholds: Thresholds) -> Measure:
    name = "completeness"
    if row is None:
        return Measure(name, Word.BAD, "no events", {}, "Connect the source system: nothing of it is here.")
    if row["reported"] is None:
        advice = f"Ask it to publish how many events it sends a day: {_GUIDE}."
        return Measure(name, Word.LOOK, "not counted", {}, advice)
    figures = {key: row[key] for key in ("reported", "missing", "extra", "unreported_days")}
    wrong = row["missing"] + row["extra"]
    share = wrong / max(row["reported"], wrong, 1)
    word = thresholds.completeness.word(share)
    if word is Word.GOOD and row["unreported_days"]:
        word = Word.LOOK
    return Measure(name, word, _differences(row), figures, _completeness_advice(row))


def _differences(row: Row) -> str:
    parts = [f"{row[key]:,} {key}" for key in ("missing", "extra") if row[key]]
    return ", ".join(parts) or f"all {row['reported']:,}"


def _completeness_advice(row: Row) -> str:
    if row["missing"]:
        return f"Ask it to send again what is missing, under the same ids; most: {row['most_missing']}."
    if row["extra"]:
        return f"Ask it to count again: more came than it reported; most: {row['most_extra']}."
    if row["unreported_days"]:
        return (
            f"Ask for the counts of {row['unreported_days']:,} days that it left out since it began to count."
        )
    return ""


def _late(row: Row | None, thresholds: Thresholds) -> Measure:
    if row is None:
        return Measure("late", None, "")
    share = row["late"] / row["events"]
    word = thresholds.late.word(share)
    advice = (
        "" if word is Word.GOOD else f"Ask why events come weeks after they happened; most: {row['worst']}."
    )
    figures = {"events": row["events"], "late": row["late"], "share": share}
    return Measure("late", word, f"{share:.1%}", figures, advice)


def _orphans(system: str, row: Row | None, kept: int, thresholds: Thresholds) -> Measure:
    if row is None:
        return Measure("orphans", Word.GOOD if kept else None, "none" if kept else "", {"rows": 0})
    word = thresholds.orphans.word(row["rows"] / max(kept, row["rows"]))
    query = f"from marts.orphans where system = '{system}'"
    advice = f'Have what {row["worst"]} names registered; all: `orgpulse sql "{query}"`.'
    return Measure("orphans", word, f"{row['rows']:,}", {"rows": row["rows"]}, advice)


def _rejections(events: Row | None, row: Row | None, thresholds: Thresholds) -> Measure:
    if events is None:
        return Measure("rejections", None, "")
    records = events["kept"] + events["rejected"]
    share = events["rejected"] / max(records, 1)
    word = thresholds.rejections.word(share)
    advice = ""
    if row is not None and word is not Word.GOOD:
        command = f"`orgpulse rejected stats --family {row['family']}`"
        advice = f"Most are {row['worst']}: {command} says who mends them."
    figures = {"rejected": events["rejected"], "records": records, "share": share}
    return Measure("rejections", word, f"{share:.1%}", figures, advice)


def _freshness(row: Row | None, thresholds: Thresholds) -> Measure:
    if row is None:
        return Measure("freshness", None, "")
    figures = {key: row[key] for key in ("newest_arrival", "judged", "silent")}
    shown = f"{row['newest_arrival']:%Y-%m-%d}"
    if not row["silent"]:
        return Measure("freshness", Word.GOOD, shown, figures)
    word = thresholds.freshness.word(row["silent"] / row["judged"])
    advice = f"Ask whether it still publishes {row['worst']}: it has never been silent for so long."
    return Measure("freshness", word, f"{shown}, {row['silent']} silent", figures, advice)


def most_urgent(measures: tuple[Measure, ...]) -> Measure | None:
    """The measure about which to do something first: a bad one before others, else in their order."""
    advised = [one for one in measures if one.advice and one.word is not Word.GOOD]
    return min(advised, key=lambda one: one.word is not Word.BAD, default=None)
