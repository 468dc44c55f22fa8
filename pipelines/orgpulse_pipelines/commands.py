"""Commands of the pipelines."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this room to the command line."""
