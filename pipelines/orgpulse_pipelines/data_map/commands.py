"""Commands of the data map: ``orgpulse data-map``."""

from pathlib import Path
from typing import Annotated

import typer

from orgpulse_pipelines.indicators.commands import JSON, show_parts

VERSION = "A file that `export` wrote, or the id of a publication, or how it begins."


def register(app: typer.Typer) -> None:
    """Add the commands of the data map to the command line."""
    data_map = typer.Typer(
        help="The record of processing: whose data, why, how protected, and where each field goes.",
        no_args_is_help=True,
    )
    data_map.command("show")(show)
    data_map.command("export")(export)
    data_map.command("diff")(diff)
    app.add_typer(data_map, name="data-map")


def show(
    name: Annotated[
        str | None, typer.Argument(help="Contract, family or source system; by default an overview.")
    ] = None,
    as_json: JSON = False,
) -> None:
    """Show what personal data is processed, of the current publication."""
    from orgpulse_pipelines.data_map.read import data_map_rows
    from orgpulse_pipelines.data_map.shown import contract_text, contracts_table
    from orgpulse_pipelines.publication.read import open_published
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    with open_published(load_settings()) as connection:
        rows = data_map_rows(connection, name)
    if as_json:
        print_json([{"id": f"{row['contract']}.{row['field']}"} | row for row in rows])
    elif name is None:
        show_parts(contracts_table(rows))
    else:
        show_parts(*contract_text(rows))


def export(
    path: Annotated[Path, typer.Argument(help="Ends in .csv, .xlsx or .parquet.", dir_okay=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Save the data map of the current publication, for the register or for a later comparison."""
    from orgpulse_pipelines.data_map.versions import AS_TEXT
    from orgpulse_pipelines.publication.export import save
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    rows = save(load_settings(), AS_TEXT, path, force=force)
    people.print(f"{path}: {rows:,} rows", markup=False, highlight=False, soft_wrap=True)


def diff(
    old: Annotated[str, typer.Argument(help=VERSION)],
    new: Annotated[str, typer.Argument(help=VERSION)],
    as_json: JSON = False,
) -> None:
    """Show in words what changed between two versions; what somebody should judge comes first."""
    from dataclasses import asdict

    from orgpulse_pipelines.data_map.difference import changes
    from orgpulse_pipelines.data_map.shown import changes_text
    from orgpulse_pipelines.data_map.versions import read_version
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.settings import load_settings

    folder = load_settings().folder
    found = changes(read_version(folder, old), read_version(folder, new))
    if as_json:
        print_json([{"id": one.place} | asdict(one) for one in found])
    else:
        show_parts(*changes_text(found))
