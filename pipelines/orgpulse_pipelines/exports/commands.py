"""Commands about what leaves the organisation: ``orgpulse export``."""

from pathlib import Path
from typing import Annotated

import typer

from orgpulse_pipelines.indicators.commands import JSON, show_parts

EXPORT = Annotated[str, typer.Argument(metavar="ID", help="Identity of the export.")]


def register(app: typer.Typer) -> None:
    """Add the commands of exports to the command line."""
    exports = typer.Typer(
        help="Files for others: to whom, why, by which agreement, and what.", no_args_is_help=True
    )
    exports.command("list")(list_exports)
    exports.command("show")(show)
    exports.command("run")(run)
    app.add_typer(exports, name="export")


def list_exports(as_json: JSON = False) -> None:
    """List the exports that are defined, and whether their agreements cover today."""
    from datetime import UTC, datetime

    from orgpulse_pipelines.exports.load import load_exports
    from orgpulse_pipelines.exports.shown import exports_document, exports_table
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    found = exports_document(load_exports(load_settings().warehouse), datetime.now(UTC).date())
    if as_json:
        print_json(found)
    else:
        show_parts(exports_table(found))


def show(export_id: EXPORT, as_json: JSON = False) -> None:
    """Show a definition: recipient, purpose, agreement, fields, audience."""
    from datetime import UTC, datetime

    from orgpulse_pipelines.exports.load import find, load_exports
    from orgpulse_pipelines.exports.shown import export_text, exports_document
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    export = find(load_exports(load_settings().warehouse), export_id)
    (found,) = exports_document([export], datetime.now(UTC).date())
    if as_json:
        print_json(found)
    else:
        show_parts(*export_text(found))


def run(
    export_id: EXPORT,
    output: Annotated[
        Path, typer.Option(help="Folder in which the export gets a folder of its own.", file_okay=False)
    ],
    as_json: JSON = False,
) -> None:
    """Write the files of an export from the current publication, and log it."""
    from orgpulse_pipelines.exports.run import run_export
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.settings import load_settings

    made = run_export(load_settings(), export_id, output)
    if as_json:
        print_json([made.record.model_dump(mode="json") | {"folder": str(made.folder)}])
        return
    for file in made.record.files:
        people.print(f"{made.folder}: {file.content}, {file.rows:,} rows", markup=False, soft_wrap=True)
    people.print("Logged; the next build shows it in meta.export.")
