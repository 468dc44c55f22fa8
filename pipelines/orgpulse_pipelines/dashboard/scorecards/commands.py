"""``orgpulse dashboard report``: scorecards as PDF."""

from pathlib import Path
from typing import Annotated

import typer


def register(group: typer.Typer) -> None:
    """Add the command to those of the dashboard."""
    group.command("report")(report)


def report(
    output: Annotated[Path, typer.Option(help="Folder for the files; it is made.", file_okay=False)],
    region: Annotated[
        str | None, typer.Option(help="Code of a region, or `organisation`; by default all of them.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="`en`, `fr` or `es`; by default all of them.")] = None,
) -> None:
    """Write scorecards of the current publication as PDF, and as HTML to print from any browser.

    Chromium prints the PDF files: Debian's package `chromium` on PATH, or what ORGPULSE_CHROMIUM names.
    """
    from orgpulse_pipelines.dashboard.scorecards.report import write_reports
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        for path in write_reports(connection, output, region, language):
            people.print(str(path), markup=False, highlight=False, soft_wrap=True)
