"""Entry of the ``orgpulse`` command: finds the rooms' commands and turns errors into clear answers."""

import sys
from dataclasses import dataclass
from importlib.metadata import entry_points

import typer

from orgpulse_platform.cli.console import complain
from orgpulse_platform.errors import OrgPulseError


@dataclass
class MissingExtraError(OrgPulseError):
    """The command needs a part of OrgPulse that is not installed."""

    guidance = (
        "Install the part it belongs to: `pip install 'orgpulse[intake]'` for the HTTP intake, "
        "`'orgpulse[streams]'` for the streams, `'orgpulse[pipelines]'` for warehouse and indicators."
    )


def build_app() -> typer.Typer:
    """The command line with the commands of every room that is installed."""
    app = typer.Typer(
        name="orgpulse",
        help="Events from source systems to indicators of organisational effectiveness.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    for entry in sorted(entry_points(group="orgpulse.commands"), key=lambda entry: entry.name):
        try:
            register = entry.load()
        except ModuleNotFoundError as error:
            if _is_own(error):
                raise
            continue  # an install without this room's extra has only its own part of the commands
        register(app)
    return app


def run() -> None:
    """Run the command line; exits with 1 and a clear answer on a failure that people can act on."""
    try:
        build_app()()
    except OrgPulseError as error:
        complain(error)
        sys.exit(1)
    except ModuleNotFoundError as error:
        if _is_own(error):
            raise
        complain(MissingExtraError(f"it lacks {error.name}"))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _is_own(error: ModuleNotFoundError) -> bool:
    """Whether the missing module is one of OrgPulse, or has no name: then something is broken."""
    return error.name is None or error.name.startswith("orgpulse_")


if __name__ == "__main__":
    run()
