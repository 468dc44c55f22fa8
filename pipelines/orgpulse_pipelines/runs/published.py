"""Tells people what a build left for readers."""

from orgpulse_pipelines.publication.moves import hold, read_moves
from orgpulse_pipelines.publication.shelf import current
from orgpulse_platform.cli.console import people
from orgpulse_platform.settings import Settings


def tell_published(settings: Settings) -> None:
    """Which publication readers have now."""
    shown = current(settings.folder)
    if hold(read_moves(settings.folder)) is not None:
        people.print(f"[yellow]Not shown:[/yellow] readers still have {shown.id if shown else 'nothing'}.")
    elif shown is not None:
        people.print(f"[green]Published[/green] {shown.id} as {settings.folder.published}")
