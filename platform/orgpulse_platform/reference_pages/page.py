"""A page of the reference, and where all of them come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Final

from orgpulse_platform.reference_pages.errors import RoomNotInstalledError
from orgpulse_platform.reference_pages.markdown import link

INDEX: Final = "README.md"
"""Path of the page that leads to all others."""
COMMAND: Final = "orgpulse docs build"
MARK: Final = f"<!-- Generated from the code by `{COMMAND}`. Change the code, not this page. -->"
"""First line of every page."""

Contribution = Callable[[], Iterable["Page"]]
"""What the entry point of a room names."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: GitHub Markdown with a title, made of lines."""

    path: str
    """Where it lies below the reference, such as ``contracts/hr.md``."""
    title: str
    summary: str
    """What it tells, in one sentence of Markdown; it stands on top and in the index."""
    body: tuple[str, ...]
    """The lines below the summary."""
    readers: str = ""
    """For whom it is, as a heading of the index; empty where another page leads to it."""

    @property
    def content(self) -> bytes:
        """The page as its file holds it: UTF-8, one newline at the end."""
        above = [] if self.path == INDEX else [link("Reference", INDEX, of=self.path), ""]
        lines = [MARK, f"# {self.title}", "", *above, self.summary, "", *self.body]
        return ("\n".join(lines).rstrip("\n") + "\n").encode()


def contributed_pages() -> list[Page]:
    """The pages of every room, in the order in which the index names them.

    Raises :class:`RoomNotInstalledError` where a room cannot be imported, and :class:`ValueError` if two
    pages have one path.
    """
    pages: list[Page] = []
    for entry in sorted(entry_points(group="orgpulse.reference_pages"), key=lambda entry: entry.name):
        try:
            contribute: Contribution = entry.load()
        except ModuleNotFoundError as error:
            raise RoomNotInstalledError(f"{entry.name} needs {error.name}") from None
        pages += contribute()
    paths = [page.path for page in pages]
    twice = sorted({path for path in paths if paths.count(path) > 1})
    if twice:
        raise ValueError(f"two pages have the path {twice[0]}")
    return pages
