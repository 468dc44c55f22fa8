"""``orgpulse demo``: the main job in one command."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add ``demo``."""
    app.command()(demo)


def demo(
    seed: Annotated[int, typer.Option(help="Seed of the invented organisation.")] = 1,
    scale: Annotated[float, typer.Option(help="Size of the organisation; 1 is the published one.")] = 1.0,
    json: Annotated[
        Path | None, typer.Option(help="Write reconciliation and indicators to this file.")
    ] = None,
) -> None:
    """Run the main job on a simulated organisation and print its scorecard."""
    from orgpulse_platform.demo.run import run_demo
    from orgpulse_platform.settings import load_settings

    run_demo(load_settings(), seed=seed, scale=scale, json_file=json)
