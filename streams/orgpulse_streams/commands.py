"""Commands of the stream workers."""

from typing import Annotated

import typer

from orgpulse_streams.scrub import command as scrub


def register(app: typer.Typer) -> None:
    """Add the commands of this room to the command line."""
    streams = typer.Typer(help="Validate and protect raw events.", no_args_is_help=True)
    streams.callback()(_streams)
    streams.command("run")(run)
    app.add_typer(streams, name="streams")
    scrub.register(app)


def _streams() -> None:
    """Validate and protect raw events."""


def run(
    until_drained: Annotated[
        bool, typer.Option("--until-drained", help="Stop when every raw event there is has been processed.")
    ] = False,
) -> None:
    """Run a stream worker and start it again if it fails; Ctrl-C stops it without losing an event."""
    from orgpulse_platform.broker import connected
    from orgpulse_platform.settings import load_settings
    from orgpulse_streams.run import run_streams

    run_streams(connected(load_settings()), until_drained=until_drained)
