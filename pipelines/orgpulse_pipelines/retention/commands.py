"""``orgpulse retention``: what has to be forgotten when, and what was."""

from datetime import UTC, datetime
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add ``retention``."""
    app.command("retention")(retention)


def retention(
    at: Annotated[
        datetime | None,
        typer.Option(
            help="Judge as of this moment (UTC), to see what will be due then.", formats=["%Y-%m-%d"]
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Show by contract how long events may name somebody, what is due, and what was unlinked.

    The build unlinks what is due; this changes nothing. The warehouse must not be in use by a build.
    """
    from rich.table import Column, Table

    from orgpulse_pipelines.errors import NothingPublishedError
    from orgpulse_pipelines.retention.report import holdings
    from orgpulse_pipelines.warehouse.connect import open_warehouse
    from orgpulse_platform.cli.console import print_json, results
    from orgpulse_platform.settings import load_settings

    now = at.replace(tzinfo=UTC) if at else datetime.now(UTC)
    settings = load_settings()
    if not settings.folder.warehouse.exists():
        raise NothingPublishedError(f"{settings.folder.warehouse} does not exist")
    with open_warehouse(settings) as connection:
        found = holdings(connection, now)
    if as_json:
        print_json(
            [
                {
                    "id": one.event_type,
                    "retention_days": one.days,
                    "linked": one.linked,
                    "due": one.due,
                    "unlinked": one.unlinked,
                    "next_due": one.next_due.isoformat() if one.next_due else None,
                }
                for one in found
            ]
        )
        return
    table = Table(
        Column("contract", overflow="fold"),
        "days",
        "linked",
        "due",
        "unlinked",
        "next due",
        title=f"As of {now:%Y-%m-%d}",
    )
    for one in found:
        next_due = f"{one.next_due:%Y-%m-%d}" if one.next_due else ""
        counts = (f"{number:,}" for number in (one.days, one.linked, one.due, one.unlinked))
        table.add_row(one.event_type, *counts, next_due)
    results.print(table)
