"""``orgpulse simulate``: the source systems of an invented organisation publish."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orgpulse_platform.simulator.publication import Progress

MOST_SCALE = 10
"""Beyond it the numbers of persons and projects would no longer fit their patterns."""


def register(app: typer.Typer) -> None:
    """Add ``simulate``."""
    app.command("simulate")(simulate)


def simulate(
    seed: Annotated[int, typer.Option(help="Seed of the invented organisation.")] = 1,
    scale: Annotated[
        float,
        typer.Option(
            min=0.001, max=MOST_SCALE, help="Size of the organisation; 1 is the published one, exactly."
        ),
    ] = 1.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Publish what the source systems of an invented organisation would, with known faults among it.

    Publishing the same seed and scale again changes nothing: the events have the same identities.
    """
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.settings import load_settings
    from orgpulse_platform.simulator.publication import publish_simulation
    from orgpulse_platform.simulator.simulation import Simulation

    settings = connected(load_settings())
    with _progress() as progress:
        entry = publish_simulation(Simulation(seed, scale), settings, progress)
    total = sum(entry.published.values())
    broken = sum(sum(reasons.values()) for reasons in entry.rejected.values())
    people.print(
        f"{total:,} records published: {sum(entry.kept.values()):,} events, "
        f"{sum(entry.duplicates.values()):,} duplicates, {broken:,} broken on purpose."
    )
    if as_json:
        print_json(entry.model_dump(mode="json"))


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A bar for people at a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from orgpulse_platform.cli.console import people

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=people, transient=True) as bar:
        task = bar.add_task("Inventing the organisation", total=None)

        def advance(published: int, planned: int) -> None:
            bar.update(task, description="Publishing", completed=published, total=max(planned, published))

        yield advance
