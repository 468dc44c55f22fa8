"""GitHub Markdown from texts that know nothing of Markdown."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_SPAN: Final = re.compile(r"(?P<fence>`+)(?P<content>.+?)(?<!`)(?P=fence)(?!`)")
_SPECIAL: Final = re.compile(r"[\\`*<\[\]|~&]|(?<![^\W_])_|_(?![^\W_])")
_LEADING: Final = re.compile(r"^(?P<number>[0-9]*)(?P<mark>[#>+=.)-])")
_NOT_IN_SPAN: Final = re.compile(r"[`|\r\n]")
_NOT_IN_ANCHOR: Final = re.compile(r"[^\w\- ]")
_OPEN_PIPE: Final = re.compile(r"(?<!\\)(?:\\\\)*\|")


def text(said: str) -> str:
    """A text on one line that shows as it reads; what stands in backticks becomes code."""
    line = " ".join(said.split())
    written, at = "", 0
    for span in _SPAN.finditer(line):
        written += _plain(line[at : span.start()]) + code(span["content"].strip())
        at = span.end()
    return _LEADING.sub(r"\g<number>\\\g<mark>", written + _plain(line[at:]))


def _plain(said: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", said)


def code(content: str) -> str:
    """A code span, also in a cell of a table; never empty."""
    if not _NOT_IN_SPAN.search(content):
        return f"`{content}`"
    # A pipe ends a cell even within backticks; as HTML every character can be named by its number.
    return f"<code>{''.join(_named(character) for character in content)}</code>"


def _named(character: str) -> str:
    return character if character.isalnum() or character == " " else f"&#{ord(character)};"


def anchor(heading: str) -> str:
    """The fragment by which GitHub links to a heading."""
    return _NOT_IN_ANCHOR.sub("", heading.strip().lower()).replace(" ", "-")


def link(label: str, target: str, *, of: str, heading: str = "") -> str:
    """A link from the page ``of`` to a page, or a heading on it; both paths lie below the reference.

    The label is Markdown already. A target beside the reference begins with ``../``.
    """
    path = "" if target == of else posixpath.relpath(target, posixpath.dirname(of) or ".")
    fragment = f"#{anchor(heading)}" if heading else ""
    return f"[{label}]({path}{fragment})"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, and an empty line after it; cells are Markdown already.

    Raises :class:`ValueError` for a cell that would break out of its row.
    """
    yield _row(columns)
    yield _row(["---"] * len(columns))
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row of {len(row)} cells in a table of {len(columns)} columns")
        yield _row(row)
    yield ""


def _row(cells: Sequence[str]) -> str:
    for cell in cells:
        if _OPEN_PIPE.search(cell) or "\n" in cell or "\r" in cell:
            raise ValueError("a cell holds a pipe or a line break")
    return f"| {' | '.join(cells)} |"


def block(language: str, content: str) -> Iterator[str]:
    """The lines of a code block, and an empty line after it."""
    yield f"```{language}"
    yield from content.splitlines()
    yield "```"
    yield ""


def folded(summary: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that are shown on demand, under a summary in HTML."""
    yield f"<details><summary>{summary}</summary>"
    yield ""
    yield from lines
    yield "</details>"
    yield ""
