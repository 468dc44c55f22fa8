"""The page that leads to all others."""

from collections.abc import Iterator, Sequence

from orgpulse_platform.reference_pages.markdown import link, table, text
from orgpulse_platform.reference_pages.page import COMMAND, INDEX, Page


def reference(pages: Sequence[Page]) -> list[Page]:
    """All pages with the index before them."""
    return [Page(INDEX, "Reference", _SUMMARY, tuple(_body(pages))), *pages]


_SUMMARY = (
    "What the code says about itself, for people who do not read code. Every page is written by "
    f"`{COMMAND}` (`make docs`) and checked by a test: it says what the code of the same commit does."
)


def _body(pages: Sequence[Page]) -> Iterator[str]:
    for readers in dict.fromkeys(page.readers for page in pages if page.readers):
        yield f"## {readers}"
        yield ""
        shown = [page for page in pages if page.readers == readers]
        yield from table(
            ("page", "what it tells"),
            [(link(text(page.title), page.path, of=INDEX), page.summary) for page in shown],
        )
