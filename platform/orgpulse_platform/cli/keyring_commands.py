"""``orgpulse keyring``: the keys for pseudonyms, event identities and rejected originals."""

import typer


def register(app: typer.Typer) -> None:
    """Add ``keyring create``."""
    keyring = typer.Typer(help="Create the keyring.", no_args_is_help=True)
    keyring.callback()(lambda: None)  # keeps the name `create` while it is the only command
    keyring.command("create")(create)
    app.add_typer(keyring, name="keyring")


def create() -> None:
    """Create a keyring with new keys in the state folder; never over an existing one."""
    from orgpulse_platform.cli.console import people
    from orgpulse_platform.keyring import create_keyring
    from orgpulse_platform.settings import load_settings

    path = load_settings().folder.keyring
    create_keyring(path)
    people.print(f"A new keyring is in {path}. Keep a copy where the warehouse is not.", soft_wrap=True)
