"""``orgpulse rejected``: count, list, show and replay what the streams rejected."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from orgpulse_platform.rejected.audit import Why

if TYPE_CHECKING:
    from orgpulse_platform.rejected.event import RejectedEvent
    from orgpulse_platform.rejected.selection import Selection
    from orgpulse_platform.settings import Settings
    from orgpulse_platform.topic_scan import Progress

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Families = Annotated[list[str] | None, typer.Option("--family", help="Only this family; repeatable.")]
Contracts = Annotated[list[str] | None, typer.Option("--contract", help="Only this event type; repeatable.")]
Reasons = Annotated[list[str] | None, typer.Option("--reason", help="Only this reason code; repeatable.")]
WhyOption = Annotated[Why, typer.Option(help="Why originals are opened; it goes on record.")]
Since = Annotated[
    str | None, typer.Option(help="Arrived at this time (UTC) or later: 2019-06-30T12:00, or 36h for a span.")
]
Until = Annotated[str | None, typer.Option(help="Arrived before this time (UTC), or so long ago.")]


def register(app: typer.Typer) -> None:
    """Add ``rejected stats``, ``list``, ``show`` and ``replay``."""
    rejected = typer.Typer(help="Count, list, show and replay rejected events.", no_args_is_help=True)
    rejected.command("stats")(stats)
    rejected.command("list")(list_rejected)
    rejected.command("show")(show)
    rejected.command("replay")(replay)
    app.add_typer(rejected, name="rejected")


def stats(  # noqa: PLR0913, PLR0917 - options of a command
    family: Families = None,
    contract: Contracts = None,
    reason: Reasons = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Count rejected events by family, contract, reason and day, and say who mends them."""
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.rejected.journal import read_journal
    from orgpulse_platform.rejected.reading import rejected_events
    from orgpulse_platform.rejected.shown import stats_tables
    from orgpulse_platform.rejected.stats import count_rejected
    from orgpulse_platform.settings import load_settings

    selection = _selection(family, contract, reason, since, until)
    settings = connected(load_settings())
    journal = read_journal(settings.folder.replays)
    with _progress() as progress:
        counts = count_rejected(rejected_events(settings, selection, progress), journal)
    if as_json:
        print_json([count.document() for count in counts])
        return
    if counts:
        _print(*stats_tables(counts))
    total = sum(count.events for count in counts)
    people.print(f"{total:,} rejected events, {sum(count.replayed for count in counts):,} of them replayed.")


def list_rejected(  # noqa: PLR0913, PLR0917 - options of a command
    family: Families = None,
    contract: Contracts = None,
    reason: Reasons = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="Most events that are listed, newest first.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List rejected events with the place and the reason, newest first; no values."""
    from heapq import nlargest

    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.rejected.journal import read_journal
    from orgpulse_platform.rejected.reading import rejected_events
    from orgpulse_platform.rejected.shown import event_document, events_table
    from orgpulse_platform.settings import load_settings

    selection = _selection(family, contract, reason, since, until)
    settings = connected(load_settings())
    journal = read_journal(settings.folder.replays)
    with _progress() as progress:
        events = (event.without_original() for event in rejected_events(settings, selection, progress))
        newest = nlargest(limit, events, key=lambda event: (event.arrived, event.origin))
    if as_json:
        print_json([event_document(event, journal) for event in newest])
        return
    _print(events_table(newest, journal))
    people.print(f"{len(newest):,} events; `orgpulse rejected stats` counts all, --limit lists more.")


def show(
    origin: Annotated[str, typer.Argument(help="Origin, as `rejected list` names it.", show_default=False)],
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Open the original and show it on this terminal; is on record.")
    ] = False,
    why: WhyOption = Why.DIAGNOSIS,
    as_json: AsJson = False,
) -> None:
    """Show a rejected event: why, where, who mends it; with --reveal also its original."""
    import sys

    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import print_json, results
    from orgpulse_platform.rejected.errors import NoOriginalError, NotATerminalError
    from orgpulse_platform.rejected.journal import read_journal
    from orgpulse_platform.rejected.reading import rejected_event
    from orgpulse_platform.rejected.shown import event_document
    from orgpulse_platform.settings import load_settings

    if reveal and (as_json or not sys.stdout.isatty()):
        raise NotATerminalError
    settings = connected(load_settings())
    with _progress() as progress:
        event = rejected_event(settings, origin, progress)
    if reveal and not event.sealed:
        raise NoOriginalError(event.origin)
    document = event_document(event, read_journal(settings.folder.replays))
    if as_json:
        print_json(document)
        return
    for name, value in document.items():
        shown = ("yes" if value else "no") if isinstance(value, bool) else value
        results.print(f"{name:<12} {'unknown' if shown is None else shown}", soft_wrap=True, markup=False)
    if reveal:
        _reveal(settings, event, why)


def replay(  # noqa: PLR0913, PLR0917 - options of a command
    family: Families = None,
    contract: Contracts = None,
    reason: Reasons = None,
    since: Since = None,
    until: Until = None,
    origin: Annotated[list[str] | None, typer.Option(help="Only this origin; repeatable.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also what was replayed already.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also where the reason says that a replay cannot help.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count only, send nothing.")] = False,
    why: WhyOption = Why.FIX,
    as_json: AsJson = False,
) -> None:
    """Send originals to their raw topics again, after a fix; each event once, however often this runs.

    A replayed event is accepted or rejected anew by the streams. Exits with 1 if some could not be sent.
    """
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.errors import DamagedSealError
    from orgpulse_platform.keyring import open_keyring
    from orgpulse_platform.rejected import replay as replays
    from orgpulse_platform.rejected.errors import OriginalsUnopenedError
    from orgpulse_platform.rejected.shown import replay_remarks, replay_table
    from orgpulse_platform.settings import load_settings

    selection = _selection(family, contract, reason, since, until, origin)
    settings = connected(load_settings())
    keyring = open_keyring(settings)
    wish = replays.Wish(selection, dry_run=dry_run, again=again, force=force, why=why)
    with _progress() as progress:
        report = replays.replay(settings, keyring, wish, progress)
    found = report.outcomes
    if as_json:
        print_json(report.document())
    elif report.groups:
        _print(replay_table(report))
    for remark in replay_remarks(report):
        people.print(remark)
    verb = "would be replayed" if dry_run else "replayed"
    people.print(f"{found.total():,} events selected, {found[replays.Outcome.REPLAYED]:,} {verb}.")
    unopened, damaged = found[replays.Outcome.UNOPENED], found[replays.Outcome.DAMAGED]
    if damaged:
        raise DamagedSealError(f"{damaged:,} of {found.total():,}")
    if unopened:
        raise OriginalsUnopenedError(f"{unopened:,} of {found.total():,}")
    if any(found[outcome] for outcome in replays.FAILURES):
        raise typer.Exit(1)


def _reveal(settings: "Settings", event: "RejectedEvent", why: Why) -> None:
    """Show an original, once it is on record that it is opened."""
    from orgpulse_platform.cli.console import results
    from orgpulse_platform.keyring import open_keyring
    from orgpulse_platform.rejected.audit import record_opening
    from orgpulse_platform.rejected.shown import original_lines

    keyring = open_keyring(settings)
    record_opening(settings.folder.audit, "rejected show --reveal", why=why, origin=event.origin)
    original = event.open(keyring)
    results.rule("original: personal data")
    for line in original_lines(original):
        results.print(line, soft_wrap=True, markup=False, emoji=False)


def _selection(  # noqa: PLR0913, PLR0917 - options of the commands
    family: list[str] | None,
    contract: list[str] | None,
    reason: list[str] | None,
    since: str | None,
    until: str | None,
    origin: list[str] | None = None,
) -> "Selection":
    from datetime import UTC, datetime

    from orgpulse_platform.rejected.selection import Selection, moment

    now = datetime.now(UTC)
    return Selection(
        families=frozenset(family or ()),
        contracts=frozenset(contract or ()),
        reasons=frozenset(reason or ()),
        origins=frozenset(origin or ()),
        since=None if since is None else moment(since, now),
        until=None if until is None else moment(until, now),
    ).checked()


def _print(*parts: object) -> None:
    """Print results; where no terminal says how wide it is, wide enough for a table."""
    from rich.console import Console

    from orgpulse_platform.cli.console import results

    console = results if results.is_terminal else Console(width=160, highlight=False)
    for part in parts:
        console.print(part)


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A bar for people at a terminal."""
    from rich.progress import Progress as Bar

    from orgpulse_platform.cli.console import people

    with Bar(console=people, transient=True) as bar:
        task = bar.add_task("Reading rejected events", total=None)

        def advance(read: int, total: int) -> None:
            bar.update(task, completed=read, total=total)

        yield advance
