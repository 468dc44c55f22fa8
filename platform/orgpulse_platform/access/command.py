"""``orgpulse access``: who may do what, whether it is so, and making it so."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Files = Annotated[bool, typer.Option("--files", help="The files of the state folder alone, not Kafka.")]


def register(app: typer.Typer) -> None:
    """Add ``access show``, ``check`` and ``apply``."""
    access = typer.Typer(help="Show, check and apply who may do what.", no_args_is_help=True)
    for command in (show, check, apply):
        access.command()(command)
    app.add_typer(access, name="access")


def show(as_json: AsJson = False) -> None:
    """Show who may do what with which data."""
    from rich.table import Table

    from orgpulse_platform.access.policy import policy
    from orgpulse_platform.cli.console import print_json, results

    stated = policy()
    if as_json:
        print_json([{"id": name, **one.model_dump(mode="json")} for name, one in stated.identities.items()])
        return
    table = Table("who", *stated.resources)
    for name, identity in stated.identities.items():
        table.add_row(name, *(identity.may.get(resource, "") for resource in stated.resources))
    results.print(table)


def check(files: Files = False) -> None:
    """Compare Kafka's access-control lists and the files with the policy; exits with 1 if they differ."""
    from orgpulse_platform.access import acls, modes
    from orgpulse_platform.access.errors import AccessDiffersError
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import people, results
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    found = [str(one) for one in modes.compare(settings)]
    if not files:
        difference = acls.compare(connected(settings))
        found += [f"missing: {acls.shown(entry)}" for entry in difference.missing]
        found += [f"surplus: {acls.shown(entry)}" for entry in difference.surplus]
    for line in found:
        results.print(line, soft_wrap=True, markup=False)
    if found:
        raise AccessDiffersError(f"{len(found)} differences")
    people.print("Access is as it should be.")


def apply(
    files: Files = False,
    remove_surplus: Annotated[
        bool, typer.Option("--remove-surplus", help="Take away what is granted beyond the policy.")
    ] = False,
) -> None:
    """Set Kafka's access-control lists and the modes of the files; a second run changes nothing."""
    from orgpulse_platform.access import acls, modes
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    differences = modes.compare(settings)
    modes.apply(differences)
    people.print(f"Files: {len(differences)} changed.")
    if files:
        return
    settings = connected(settings)
    difference = acls.compare(settings)
    acls.apply(settings, difference, remove_surplus=remove_surplus)
    removed = len(difference.surplus) if remove_surplus else 0
    people.print(f"Kafka: {len(difference.missing)} entries added, {removed} removed.")
    if difference.surplus and not remove_surplus:
        people.print(f"{len(difference.surplus)} are too many; `orgpulse access check` lists them.")
