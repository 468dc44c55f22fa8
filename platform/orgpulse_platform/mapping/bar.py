"""Progress of a file that is read, for people at a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.markup import escape
from rich.progress import Progress as Bar

from orgpulse_platform.cli.console import people
from orgpulse_platform.mapping.run import Progress


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar that goes when the file has been read."""
    with Bar(console=people, transient=True) as bar:
        task = bar.add_task(escape(label), total=None)

        def advance(position: int, total: int | None) -> None:
            bar.update(task, completed=position, total=total)

        yield advance
