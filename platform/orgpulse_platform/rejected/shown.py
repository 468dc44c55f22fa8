"""Rejected events as people and scripts see them: places and codes, never a value of the original."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.table import Table

from orgpulse_platform.rejected.event import RejectedEvent
from orgpulse_platform.rejected.journal import Journal
from orgpulse_platform.rejected.original import Original
from orgpulse_platform.rejected.replay import Outcome, ReplayReport
from orgpulse_platform.rejected.stats import Count
from orgpulse_schemas.reasons import MEANINGS, Reason

OUTCOMES = {
    Outcome.ALREADY_REPLAYED: "were replayed already (--again replays them once more)",
    Outcome.NEEDS_FORCE: "are rejected for a reason that a replay cannot mend (--force replays them too)",
    Outcome.UNOPENED: "cannot be opened, since this keyring lacks their key",
    Outcome.DAMAGED: "are not what was sealed at their place",
    Outcome.NO_ORIGINAL: "were too large to be carried along",
    Outcome.NO_TOPIC: "belong to a raw topic that does not exist any more",
    Outcome.REFUSED: "are not taken by Kafka",
}


def event_document(event: RejectedEvent, journal: Journal) -> dict[str, Any]:
    """An event for scripts."""
    return {
        "id": event.origin,
        "family": event.family,
        "contract": event.contract,
        "reason": event.reason.value,
        "path": event.path,
        "arrived": event.arrived.isoformat(),
        "identity": None if event.identity is None else str(event.identity),
        "key_id": event.key_id,
        "meaning": event.meaning.meaning,
        "mended_by": event.meaning.mended_by,
        "replay_helps": event.meaning.replay_helps,
        "replayed": journal.replayed(event.origin),
    }


def stats_tables(counts: Sequence[Count]) -> tuple[Table, Table]:
    """The counts by day, and what their reasons mean."""
    table = Table("family", "contract", "reason", "day", title="Rejected events")
    for name in ("events", "replayed"):
        table.add_column(name, justify="right")
    for count in counts:
        table.add_row(
            count.family, count.contract or "unknown", count.reason.value, count.day.isoformat(),
            f"{count.events:,}", f"{count.replayed:,}",
        )  # fmt: skip
    return table, reasons_table({count.reason for count in counts})


def reasons_table(reasons: Iterable[Reason]) -> Table:
    """Who mends what, and whether a replay helps."""
    table = Table("reason", "meaning", "mended by", "replay helps", title="What the reasons mean")
    for reason in sorted(reasons):
        meaning = MEANINGS[reason]
        helps = "yes, after the fix" if meaning.replay_helps else "no"
        table.add_row(reason.value, meaning.meaning, meaning.mended_by, helps)
    return table


def events_table(events: Iterable[RejectedEvent], journal: Journal) -> Table:
    """One line an event."""
    table = Table()
    table.add_column("origin", no_wrap=True, overflow="fold")
    for name in ("reason", "path", "contract", "arrived (UTC)", "replayed"):
        table.add_column(name, overflow="fold")
    for event in events:
        replayed = "yes" if journal.replayed(event.origin) else "no"
        arrived = event.arrived.strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(
            event.origin, event.reason.value, event.path, event.contract or "unknown", arrived, replayed
        )
    return table


def replay_table(report: ReplayReport) -> Table:
    """What a replay did, by group."""
    verb = "would be replayed" if report.dry_run else "replayed"
    table = Table("family", "contract", "reason", title="Dry run of a replay" if report.dry_run else "Replay")
    for name in (verb, "left"):
        table.add_column(name, justify="right")
    for (family, contract, reason), counts in sorted(report.groups.items(), key=str):
        replayed = counts[Outcome.REPLAYED]
        table.add_row(
            family, contract or "unknown", reason, f"{replayed:,}", f"{counts.total() - replayed:,}"
        )
    return table


def replay_remarks(report: ReplayReport) -> list[str]:
    """Why events were left out, in words."""
    found = report.outcomes
    return [f"{found[outcome]:,} {words}." for outcome, words in OUTCOMES.items() if found[outcome]]


def original_lines(original: Original) -> list[str]:
    """The original as text that no terminal can take for a command."""
    lines = [f"key: {_text(original.key)}"]
    lines += [f"header {_printable(name)}: {_text(content)}" for name, content in original.headers]
    return [*lines, "value:", _text(original.value)]


def _text(content: bytes | None) -> str:
    return "(none)" if content is None else _printable(content.decode("utf-8", "backslashreplace"))


def _printable(text: str) -> str:
    return "".join(
        character if character.isprintable() or character in "\n\t" else ascii(character)[1:-1]
        for character in text
    )
