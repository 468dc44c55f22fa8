"""``orgpulse keyring``: the keys for pseudonyms, event identities and rejected originals."""

from pathlib import Path
from typing import Annotated

import typer

To = Annotated[
    Path | None,
    typer.Option(
        help="Write the keyring to this new file, for a secret store, and leave its source as it is."
    ),
]


def register(app: typer.Typer) -> None:
    """Add ``keyring create``, ``show``, ``check`` and ``rotate``."""
    keyring = typer.Typer(help="Create, show, check and rotate the keys.", no_args_is_help=True)
    for command in (create, show, check, rotate):
        keyring.command()(command)
    app.add_typer(keyring, name="keyring")


def create(to: To = None) -> None:
    """Create a keyring with new keys where the settings expect it; never over an existing one."""
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.keyring import rotation
    from orgpulse_platform.settings import load_settings

    path = rotation.create(load_settings(), to)
    people.print(f"A new keyring is in {path}. Keep a copy where the warehouse is not.", soft_wrap=True)


def show(as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False) -> None:
    """Show which keys there are, by their ids; never a key."""
    from rich.table import Table

    from orgpulse_platform.cli.console import people, print_json, results
    from orgpulse_platform.keyring import open_keyring
    from orgpulse_platform.keyring.sources import key_source
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    uses = open_keyring(settings).check_values()
    if as_json:
        print_json(
            [
                {
                    "id": f"{use.purpose}/{use.domain}".rstrip("/"),
                    "purpose": use.purpose,
                    "domain": use.domain or None,
                    "keys": list(keys),
                    "in_use": list(keys)[-1],
                }
                for use, keys in uses.items()
            ]
        )
        return
    table = Table("purpose", "domain", "key in use", "older keys")
    for use, keys in uses.items():
        *older, newest = keys
        table.add_row(use.purpose, use.domain, newest, ", ".join(older))
    results.print(table)
    people.print(f"The keys come from {key_source(settings).name}.", soft_wrap=True, markup=False)


def check() -> None:
    """Check that the keyring can be used, and that it is the one by which the state folder was made."""
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.keyring import open_keyring
    from orgpulse_platform.keyring.sources import key_source
    from orgpulse_platform.settings import load_settings

    settings = load_settings()
    uses = open_keyring(settings).check_values()
    count = sum(len(keys) for keys in uses.values())
    people.print(
        f"{count} keys from {key_source(settings).name} are whole, and those by which this state was made.",
        soft_wrap=True,
        markup=False,
    )


def rotate(
    purpose: Annotated[str, typer.Argument(help="`pseudonym` or `rejected`.", show_default=False)],
    domain: Annotated[str, typer.Argument(help="Domain of the pseudonyms, such as `person`.")] = "",
    to: To = None,
) -> None:
    """Give a purpose a newer key; the older ones stay, since they open and join what they made."""
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.keyring import rotation
    from orgpulse_platform.keyring.document import PSEUDONYM, Use
    from orgpulse_platform.settings import load_settings

    key = rotation.rotate(load_settings(), Use(purpose, domain), to)
    people.print(f"The newest key for {Use(purpose, domain)} is {key}.")
    if to is not None:
        people.print(f"It is in {to}: bring that into the secret store and remove the file.", soft_wrap=True)
    people.print("Start the stream workers again, so that they use it; keep a new copy of the keyring.")
    if purpose == PSEUDONYM:
        people.print(
            "`orgpulse rekey` gives the people in the warehouse their new pseudonyms; so does a build."
        )
