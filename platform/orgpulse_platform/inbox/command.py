"""``orgpulse inbox``: files that are put into a folder are published."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orgpulse_platform.inbox.watch import Pass

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output; with --once.")]


def register(app: typer.Typer) -> None:
    """Add ``inbox run``."""
    inbox = typer.Typer(help="Publish the files that are put into a folder.", no_args_is_help=True)
    inbox.command("run")(run)
    inbox.callback()(_group)
    app.add_typer(inbox, name="inbox")


def run(
    folder: Annotated[Path, typer.Argument(help="Folder into which the files are put.", show_default=False)],
    mappings: Annotated[
        Path | None, typer.Option(help="Folder with your own mappings; the shipped ones are known too.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Publish what is there, then end.")] = False,
    poll: Annotated[float, typer.Option(min=0.05, max=3600, help="Seconds between two looks.")] = 5.0,
    as_json: AsJson = False,
) -> None:
    """Publish the files that are put into a folder, each with the mapping that applies to it.

    A file ends in `done/`, or in `failed/` if a row was refused or it could not be read, with a report beside
    it. With `--once` it exits with 1 unless every file ended in `done/`.
    """
    from orgpulse_platform.inbox.catalogue import Catalogue
    from orgpulse_platform.inbox.folder import InboxFolder
    from orgpulse_platform.inbox.watch import Inbox
    from orgpulse_platform.mapping.bar import progress_bar
    from orgpulse_platform.settings import load_settings

    if as_json and not once:
        raise typer.BadParameter("--json needs --once")
    inbox_folder = InboxFolder(folder.resolve())
    Catalogue.load(mappings)
    with inbox_folder.opened():
        inbox = Inbox(inbox_folder, mappings, load_settings(), poll, progress_bar)
        if once:
            _end(inbox.once(), as_json=as_json)
        else:
            _watch(inbox.passes(), poll)


def _group() -> None:
    """Keeps ``run`` a command of its own, beside those that may come."""


def _end(found: "Pass", *, as_json: bool) -> None:
    from orgpulse_platform.cli.console import complain, people, print_json
    from orgpulse_platform.inbox.account import State

    for account in found.accounts:
        people.print(account.summary(), markup=False, soft_wrap=True)
    for error in found.errors:
        complain(error)
    for remark in found.look.remarks():
        people.print(remark)
    if as_json:
        print_json([account.document() for account in found.accounts])
    if found.errors or any(account.state is State.FAILED for account in found.accounts):
        raise typer.Exit(1)


def _watch(passes: Iterator["Pass"], poll: float) -> None:
    from orgpulse_platform.cli.console import people

    people.print(f"Watching every {poll:g} s. Ctrl+C ends it; no file is lost.")
    said: set[str] = set()
    for found in passes:
        lines = [account.summary() for account in found.accounts]
        lasting = {*(str(error) for error in found.errors), *found.look.remarks()}
        for line in [*lines, *sorted(lasting - said)]:
            people.print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}", markup=False, soft_wrap=True)
        said = lasting
