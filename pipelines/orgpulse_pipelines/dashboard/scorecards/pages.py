"""The scorecards' pages of the site, in one language."""

from collections.abc import Iterator

import duckdb

from orgpulse_pipelines.dashboard.pages import SCORECARDS, Entry, Page
from orgpulse_pipelines.dashboard.read import Content
from orgpulse_pipelines.dashboard.scorecards.scorecard import headlines, scorecard, title_of
from orgpulse_pipelines.dashboard.words.catalogue import Words


def scorecard_pages(connection: duckdb.DuckDBPyConnection, content: Content, words: Words) -> Iterator[Page]:
    """A scorecard of the organisation and one of each region that has figures."""
    figures = headlines(connection, content)
    beside = [Entry(f"scorecard/{id_}.html", title_of(id_, words)) for id_ in figures]
    kind = words.text("Scorecards")
    for (id_, chosen), entry in zip(figures.items(), beside, strict=True):
        card = scorecard(id_, chosen, content, words)
        yield Page(entry.path, "scorecard.html", SCORECARDS, {"card": card, "beside": beside, "kind": kind})
