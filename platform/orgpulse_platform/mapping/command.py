"""``orgpulse publish`` and ``orgpulse mappings``: files to events."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orgpulse_platform.mapping.report import Report

SHOWN_ROWS = 20
"""Refused rows that people see; `--json` lists all."""
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def register(app: typer.Typer) -> None:
    """Add ``publish``, ``mappings list`` and ``mappings show``."""
    app.command("publish")(publish)
    mappings = typer.Typer(help="Mappings that come with the platform.", no_args_is_help=True)
    mappings.command("list")(list_mappings)
    mappings.command("show")(show)
    app.add_typer(mappings, name="mappings")


def publish(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX or NDJSON file.", show_default=False)],
    mapping: Annotated[
        str,
        typer.Option(
            "--mapping", "-m", help="Path of a mapping, or name of a shipped one.", show_default=False
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check every row, publish nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Publish the rows of a file as events.

    A row that does not fit is reported with its line and field, and stops no other. Exits with 1 if a row
    was refused. Publishing a file again changes nothing: its events have the same identities.
    """
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.mapping.bar import progress_bar
    from orgpulse_platform.mapping.load import load_mapping
    from orgpulse_platform.mapping.run import check_file, publish_file
    from orgpulse_platform.settings import load_settings

    loaded = load_mapping(mapping)
    with progress_bar(file.name) as progress:
        if dry_run:
            report = check_file(file, loaded, progress)
        else:
            report = publish_file(file, loaded, connected(load_settings()), progress)
    _explain(report)
    if as_json:
        print_json(report.document())
    if report.refused:
        raise typer.Exit(1)


def list_mappings(as_json: AsJson = False) -> None:
    """List the mappings that come with the platform."""
    from rich.table import Table

    from orgpulse_platform.cli.console import print_json, results
    from orgpulse_platform.mapping.load import load_mapping, shipped_mappings

    shipped = [load_mapping(name).mapping for name in shipped_mappings()]
    if as_json:
        print_json(
            [
                {"id": found.name, "contract": found.contract, "description": found.description}
                for found in shipped
            ]
        )
        return
    table = Table("mapping", "contract", "description")
    for found in shipped:
        table.add_row(found.name, found.contract, found.description)
    results.print(table)


def show(name: Annotated[str, typer.Argument(help="Name of a shipped mapping.", show_default=False)]) -> None:
    """Print a shipped mapping, to start one's own from."""
    from orgpulse_platform.mapping.load import shipped_text

    typer.echo(shipped_text(name), nl=False)


def _explain(report: "Report") -> None:
    """The account in words: refused rows first, then the counts."""
    from rich.table import Table

    from orgpulse_platform.cli.console import people

    if report.refused:
        rows = Table("line", "field", "reason", "meaning", title="Refused rows")
        for refusal in report.refused[:SHOWN_ROWS]:
            for problem in refusal.problems:
                rows.add_row(refusal.place, problem.field, problem.reason.value, problem.meaning)
        people.print(rows)
        hidden = report.refused_rows - SHOWN_ROWS
        if hidden > 0:
            people.print(f"… and {hidden:,} more rows; `--json` lists all. By field and reason:")
            for problem, count in report.problems():
                people.print(f"  {problem.field}: {problem.reason.value}, {count:,} rows", markup=False)
    done = f"{report.accepted:,} fit (dry run)" if report.dry_run else f"{report.published:,} published"
    skipped = f"; lines passed over as the mapping says: {report.skipped:,}" if report.skipped else ""
    people.print(f"{report.rows:,} rows read: {done}, {report.refused_rows:,} refused{skipped}.")
