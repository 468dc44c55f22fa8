"""``orgpulse trace``: what became of one event."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orgpulse_platform.topic_scan import Progress


def register(app: typer.Typer) -> None:
    """Add ``trace``."""
    app.command("trace")(trace)


def trace(
    source: Annotated[
        str, typer.Argument(help="Id of the source system, such as PE-3, or its CloudEvents source.")
    ],
    id_: Annotated[str, typer.Argument(metavar="ID", help="CloudEvents id of the event.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Tell what became of an event: received, accepted or rejected and why, landed, in which tables.

    Exits with 1 if nothing is known of it.
    """
    from orgpulse_pipelines.tracing.follow import follow
    from orgpulse_pipelines.tracing.shown import trace_lines
    from orgpulse_platform.cli.console import people, print_json, results
    from orgpulse_platform.settings import load_settings

    with _progress() as progress:
        found = follow(load_settings(), source, id_, progress)
    if as_json:
        print_json(found.document())
    else:
        for line in trace_lines(found):
            results.print(line, soft_wrap=True, markup=False)
    for notice in found.notices:
        people.print(notice, markup=False)
    if not found.found:
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A bar for people at a terminal."""
    from rich.progress import Progress as Bar

    from orgpulse_platform.cli.console import people

    with Bar(console=people, transient=True) as bar:
        task = bar.add_task("Reading topics", total=None)

        def advance(read: int, total: int) -> None:
            bar.update(task, completed=read, total=total)

        yield advance
