"""``orgpulse simulate``: the source systems of an invented organisation publish."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orgpulse_platform.simulator.publication import Progress

MOST_SCALE = 58
"""Beyond it the numbers of persons, projects and partners would no longer fit their patterns."""
MEGABYTE = 1_000_000


def register(app: typer.Typer) -> None:
    """Add ``simulate``."""
    app.command("simulate")(simulate)


def simulate(
    seed: Annotated[int, typer.Option(help="Seed of the invented organisation.")] = 1,
    scale: Annotated[
        float,
        typer.Option(
            min=0.001,
            max=MOST_SCALE,
            help="Size of the organisation. 1 is the published one, exactly, with 200,000 events; 0.02 is "
            "enough for a try, 57 has 10 million events.",
        ),
    ] = 1.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Publish what the source systems of an invented organisation would, with known faults among it.

    Publishing the same seed and scale again changes nothing: the events have the same identities.

    Everything is invented first, then published in order of time. Meanwhile large ones wait on disk.

    The state folder needs room for that: none at scale 1, 2 GB at scale 57. It is free again at the end.
    """
    from orgpulse_platform.broker import connected
    from orgpulse_platform.cli.console import people, print_json
    from orgpulse_platform.settings import load_settings
    from orgpulse_platform.simulator.publication import publish_simulation
    from orgpulse_platform.simulator.simulation import Simulation

    settings = connected(load_settings())
    folder = settings.folder.prepare(settings.folder.root)
    with closing(Simulation(seed, scale, folder=folder)) as simulation:
        with _progress() as progress:
            entry = publish_simulation(simulation, settings, progress)
        disk = simulation.disk
    total = sum(entry.published.values())
    broken = sum(sum(reasons.values()) for reasons in entry.rejected.values())
    people.print(
        f"{total:,} records published: {sum(entry.kept.values()):,} events, "
        f"{sum(entry.duplicates.values()):,} duplicates, {broken:,} broken on purpose."
    )
    if disk:
        people.print(f"{disk / MEGABYTE:,.0f} MB of disk were in use meanwhile; they are free again.")
    if as_json:
        print_json(entry.model_dump(mode="json"))


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A bar for people at a terminal."""
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from orgpulse_platform.cli.console import people
    from orgpulse_platform.simulator.publication import Progress

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"))
    with Bar(*columns, TimeElapsedColumn(), console=people, transient=True) as bar:
        task = bar.add_task("Inventing the organisation", total=None, done="")

        def invent(facts: int) -> None:
            bar.update(task, done=f"{facts:,} events")

        def publish(published: int, planned: int) -> None:
            total = max(planned, published)
            done = f"{published:,} of {total:,} records"
            bar.update(task, description="Publishing", completed=published, total=total, done=done)

        yield Progress(invent, publish)
