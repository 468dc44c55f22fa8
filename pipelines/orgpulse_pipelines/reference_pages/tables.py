"""The data dictionary: every table and column that a publication holds."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.reference_pages.dictionary import DescribedTable, published_dictionary
from orgpulse_pipelines.reference_pages.places import ANALYSTS, TABLES
from orgpulse_platform.reference_pages.markdown import code, link, table, text
from orgpulse_platform.reference_pages.page import Page

_SCHEMAS: Final = {
    "answers": "Views in the analysts' language: what most questions need, without a join.",
    "core": "People, offices, projects and other things with their history, and facts with a stated grain.",
    "indicators": "What the indicators mean, their figures, what stands behind them, and their scores.",
    "marts": "One theme a table, for direct use.",
    "meta": "What the publication is, and whether every event is accounted for.",
}


def tables_page() -> Page:
    """Every published table with its columns."""
    tables = published_dictionary()
    return Page(
        TABLES,
        "Data dictionary",
        f"The {len(tables)} tables and views of a publication, column by column. "
        'The same stands in the publication itself: `orgpulse sql "from meta.columns"`.',
        tuple(_body(tables)),
        ANALYSTS,
    )


def _body(tables: tuple[DescribedTable, ...]) -> Iterator[str]:
    yield "Tables about single people are built and never published; they are not here. Times are in UTC."
    yield ""
    for schema, group in groupby(tables, lambda one: one.name.partition(".")[0]):
        yield f"{code(schema)}: {_SCHEMAS[schema]}"
        yield ""
        rows = (
            (link(code(one.name), TABLES, of=TABLES, heading=one.name), text(one.comment)) for one in group
        )
        yield from table(("table", "what it holds"), rows)
    retention = {model.name: model.metadata.retention for model in load_models()}
    for one in tables:
        yield from _section(one, retention.get(one.name))


def _section(one: DescribedTable, retention: str | None) -> Iterator[str]:
    yield f"## {code(one.name)}"
    yield ""
    yield text(one.comment) + (f" Kept: {text(retention)}" if retention else "")
    yield ""
    rows = ((code(name), code(type_), text(said)) for name, type_, said in one.columns)
    yield from table(("column", "type", "meaning"), rows)
