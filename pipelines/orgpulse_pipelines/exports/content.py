"""What an export holds, as relations on a publication: figures, the workforce, and tables about nobody."""

from collections.abc import Iterator
from typing import Final

import duckdb

from orgpulse_pipelines.exports.definition import ExportDefinition, Figures, TableContent
from orgpulse_pipelines.exports.errors import ExportRefusedError
from orgpulse_pipelines.indicators.audiences import Audience
from orgpulse_pipelines.indicators.workforce import WORKFORCE
from orgpulse_pipelines.warehouse.catalog import identifier

Content = tuple[str, duckdb.DuckDBPyRelation]
"""What a file holds, and its rows."""
FIGURES: Final = "figures"
_DEFINED: Final = ("title", "pillar", "definition")
_OUTSIDE: Final = {
    "numerator": "if(shown_to_public, {0}, null)",
    "denominator": "if(shown_to_public, {0}, null)",
    "value": "if(shown_to_public, {0}, null)",
    "people": "if(shown_to_public, {0}, null)",
    "status": "if(shown_to_public, {0}, 'suppressed')",
    "suppression": "if(shown_to_public, 'none', 'suppressed')",
    "minimum_people": "minimum_people_public",
}
"""What readers outside are shown of a column."""


def contents(connection: duckdb.DuckDBPyConnection, export: ExportDefinition) -> Iterator[Content]:
    """Every part of an export; raises :class:`ExportRefusedError` if the publication does not hold it."""
    try:
        if export.figures is not None:
            yield FIGURES, _figures(connection, export.figures, export.audience)
        for content in export.tables:
            yield content.table, _table(connection, content, export.audience)
    except (duckdb.BinderException, duckdb.CatalogException):
        raise ExportRefusedError(
            f"{export.id} names a table or column that the publication does not hold"
        ) from None


def fewest_people(connection: duckdb.DuckDBPyConnection, audience: Audience) -> int:
    """Fewest people that the figures of a publication show to an audience; nothing of none is about people.

    Raises :class:`ExportRefusedError` for a publication that was made before there were audiences.
    """
    column = "minimum_people" if audience == "internal" else "minimum_people_public"
    try:
        row = connection.execute(f"select coalesce(min({column}), 0) from indicators.definition").fetchone()  # noqa: S608
    except duckdb.BinderException:
        raise ExportRefusedError("the publication does not say what may be shown outside") from None
    return int(row[0]) if row else 0


def _figures(
    connection: duckdb.DuckDBPyConnection, figures: Figures, audience: Audience
) -> duckdb.DuckDBPyRelation:
    columns = ", ".join(
        _shown(name, f"{'definition' if name in _DEFINED else 'value'}.{name}", audience)
        for name in figures.columns
    )
    rows = connection.execute(
        f"""
        select {columns}
        from indicators.value as value
        join indicators.definition as definition using (indicator_id, version)
        where list_contains($indicators, value.indicator_id) and list_contains($periods, value.grain)
          and list_contains($dimensions, value.dimension) and year(value.period_end) >= $since
        order by value.indicator_id, value.period_end, value.grain, value.dimension, value.member
        """,  # noqa: S608 - columns are checked by the definition
        {
            "indicators": list(figures.indicators),
            "periods": list(figures.periods),
            "dimensions": list(figures.dimensions),
            "since": figures.since or 0,
        },
    ).to_arrow_table()
    return connection.from_arrow(rows)


def _table(
    connection: duckdb.DuckDBPyConnection, content: TableContent, audience: Audience
) -> duckdb.DuckDBPyRelation:
    about_people = content.table == WORKFORCE
    columns = ", ".join(
        _shown(name, identifier(name), audience) if about_people else identifier(name)
        for name in content.columns
    )
    return connection.sql(f"select {columns} from {content.table} order by all")  # noqa: S608


def _shown(name: str, published: str, audience: Audience) -> str:
    shown = published if audience == "internal" else _OUTSIDE.get(name, "{0}").format(published)
    return f"{shown} as {identifier(name)}"
