"""``orgpulse contracts``: list, show, export, check, release."""

from pathlib import Path
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
EventType = Annotated[
    str, typer.Argument(metavar="TYPE", help="Event type, such as org.hr.appointment.made.v1.")
]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write; it is made if missing.")]
FORMATS = "json-schema, asyncapi, odcs or all."


def register(app: typer.Typer) -> None:
    """Add the commands of the contracts."""
    contracts = typer.Typer(help="Look at, export, check and release the contracts.", no_args_is_help=True)
    contracts.command("list")(list_contracts)
    contracts.command("show")(show)
    contracts.command("export")(export)
    contracts.command("check")(check)
    contracts.command("release")(release)
    app.add_typer(contracts, name="contracts")


def list_contracts(as_json: AsJson = False) -> None:
    """List every contract: what it is called, who owns it, whether its current state is released."""
    from orgpulse_platform.cli.console import print_json, results
    from orgpulse_platform.contracts_commands.listing import contracts_table, summary
    from orgpulse_schemas.compatibility.releases import Releases
    from orgpulse_schemas.registry import all_contracts

    releases = Releases()
    rows = [summary(about, releases) for about in all_contracts().values()]
    if as_json:
        print_json(rows)
    else:
        results.print(contracts_table(rows))


def show(event_type: EventType, as_json: AsJson = False) -> None:
    """Show everything that a contract says about itself and its fields."""
    from orgpulse_platform.cli.console import print_json, results
    from orgpulse_platform.contracts_commands.errors import UnknownContractError
    from orgpulse_platform.contracts_commands.listing import details, fields_table, statements_table
    from orgpulse_schemas.compatibility.releases import Releases
    from orgpulse_schemas.registry import contract_for

    about = contract_for(event_type)
    if about is None:
        raise UnknownContractError(event_type)
    contract = details(about, Releases())
    if as_json:
        print_json(contract)
        return
    results.print(statements_table(contract))
    results.print(fields_table(contract))


def export(
    folder: Folder,
    format_: Annotated[str, typer.Option("--format", help=FORMATS)] = "all",
    as_json: AsJson = False,
) -> None:
    """Write JSON Schema 2020-12, an AsyncAPI 3 document and ODCS 3.1 data contracts."""
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.contracts_commands.export import Format
    from orgpulse_platform.contracts_commands.export import export as write
    from orgpulse_platform.settings import load_settings

    if format_ not in set(Format):
        raise typer.BadParameter(FORMATS, param_hint="--format")
    written = [str(path) for path in write(folder, Format(format_), load_settings().kafka)]
    if as_json:
        print_json([{"id": path} for path in written])
    else:
        people.print(f"{len(written)} files are in {folder}.", soft_wrap=True)


def check(
    old: Annotated[Path | None, typer.Option(help="A JSON Schema file to compare with instead.")] = None,
    new: Annotated[Path | None, typer.Option(help="The JSON Schema file that is to replace it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare the contracts with every released version, or two schemas; exits with 1 if a promise breaks."""
    from orgpulse_platform.cli.console import print_json
    from orgpulse_platform.contracts_commands.promises import broken_promises, report
    from orgpulse_platform.contracts_commands.two_schemas import broken_by_file
    from orgpulse_schemas.compatibility.releases import Releases

    if (old is None) != (new is None):
        raise typer.BadParameter("name both files, or none", param_hint="--old, --new")
    broken = broken_by_file(old, new) if old and new else broken_promises(Releases())
    if as_json:
        print_json(broken)
    else:
        report(broken)
    if broken:
        raise typer.Exit(1)


def release(as_json: AsJson = False) -> None:
    """Freeze the current state of every contract that has changed since its last release."""
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.contracts_commands.promises import release_all
    from orgpulse_schemas.compatibility.releases import Releases

    released: list[dict[str, Any]] = release_all(Releases())
    if as_json:
        print_json(released)
        return
    for item in released:
        people.print(f"released {item['id']}, state {item['release']}")
    people.print(f"{len(released)} contracts were released; released files never change.")
