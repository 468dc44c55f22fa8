"""``orgpulse validate``: what would happen to the events of a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orgpulse_platform.validation_report.events import Progress
    from orgpulse_platform.validation_report.report import ValidationReport

SHOWN = 20
"""Rejected events that people see; `--json` lists all."""


def register(app: typer.Typer) -> None:
    """Add ``validate``."""
    app.command("validate")(validate)


def validate(
    file: Annotated[
        Path,
        typer.Argument(
            help="CloudEvents as NDJSON or JSON, or an export with --mapping.", show_default=False
        ),
    ],
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping", "-m", help="Path of a mapping, or name of a shipped one.", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Tell, before anything is published, which events of a file would be accepted, and what others lack.

    Publishes nothing and shows no values. Exits with 1 if an event would be rejected.
    """
    from orgpulse_platform.cli.console import print_json

    with _progress(file.name) as progress:
        report = _checked_export(file, mapping, progress) if mapping else _checked_events(file, progress)
    _explain(report, "field" if mapping else "path")
    if as_json:
        print_json(report.document())
    if report.rejected:
        raise typer.Exit(1)


def _checked_events(file: Path, progress: "Progress") -> "ValidationReport":
    from orgpulse_platform.validation_report.events import events_in
    from orgpulse_platform.validation_report.judge import Judge
    from orgpulse_platform.validation_report.report import report_of

    judge = Judge()
    return report_of(judge.verdict(line, value) for line, value in events_in(file, progress))


def _checked_export(file: Path, mapping: str, progress: "Progress") -> "ValidationReport":
    from orgpulse_platform.mapping.load import load_mapping
    from orgpulse_platform.mapping.run import check_file
    from orgpulse_platform.validation_report.report import report_of_export

    return report_of_export(check_file(file, load_mapping(mapping), progress))


def _explain(report: "ValidationReport", place: str) -> None:
    from rich.table import Table

    from orgpulse_platform.cli.console import people
    from orgpulse_platform.validation_report.report import explained

    rejected = [verdict for verdict in report.verdicts if not verdict.accepted]
    if rejected:
        table = Table("line", place, "reason", "meaning", "mended by", title="Would be rejected")
        for verdict in rejected[:SHOWN]:
            for code, path in verdict.violations:
                words = explained(code)
                table.add_row(f"{verdict.line:,}", path, code, words["meaning"], words["mended_by"])
        people.print(table)
        if len(rejected) > SHOWN:
            people.print(f"… and {len(rejected) - SHOWN:,} more; `--json` lists all.")
    for name, count in sorted(report.contracts.items()):
        people.print(f"{count:,} × {name}", markup=False)
    again = f", of which {report.repeated:,} repeat an earlier one" if report.repeated else ""
    total = report.accepted + report.rejected
    people.print(
        f"{total:,} events: {report.accepted:,} would be accepted{again}, {report.rejected:,} rejected."
    )


@contextmanager
def _progress(label: str) -> Iterator["Progress"]:
    """A bar for people at a terminal."""
    from rich.markup import escape
    from rich.progress import Progress as Bar

    from orgpulse_platform.cli.console import people

    with Bar(console=people, transient=True) as bar:
        task = bar.add_task(escape(label), total=None)

        def advance(position: int, total: int | None) -> None:
            bar.update(task, completed=position, total=total)

        yield advance
