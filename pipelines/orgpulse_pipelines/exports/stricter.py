"""Suppression anew for a stricter threshold, on what is published and already suppressed.

Of a suppressed figure the publication does not say how many people it counts. It is taken to count hardly
anybody, so that it is never what makes a sum of hidden figures large enough: more is hidden than with the
numbers at hand, never less. What the publication hides stays hidden, so whoever holds several exports holds
nothing that the publication does not show.

Everything that any export hands outside is considered, not only the one that is made: what one of them hides
must not follow from another.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.exports.errors import ExportRefusedError
from orgpulse_pipelines.exports.same_people import counted_alike, hide_alike
from orgpulse_pipelines.exports.shown_figures import ShownFigures
from orgpulse_pipelines.exports.shown_sums import Calendar, sums_of
from orgpulse_pipelines.exports.sum_by_sum import Key, suppress
from orgpulse_pipelines.indicators import calendar
from orgpulse_pipelines.indicators.definition import Definition, load_definitions

WITHHELD: Final = "temp.withheld"
"""What is withheld beyond the publication: indicator_id, version, period, dimension, member, reason."""
Scope = Mapping[str, frozenset[tuple[str, str]]]
"""What leaves of each indicator: kinds of period and dimensions."""
_SCHEMA: Final = pa.schema(
    {
        "indicator_id": pa.string(),
        "version": pa.int32(),
        "period": pa.string(),
        "dimension": pa.string(),
        "member": pa.string(),
        "reason": pa.string(),
    }
)
_COUNTED: Final = ("sum", "distinct")
"""Aggregates whose value is a number of people; of others the publication does not say how many there are."""


def withhold(connection: duckdb.DuckDBPyConnection, scope: Scope, threshold: int) -> None:
    """Fill ``WITHHELD`` for the figures that leave, on a connection to a publication.

    Raises :class:`ExportRefusedError` if the publication holds another version of an indicator than the code.
    """
    figures = _read(connection, scope, threshold)
    for alike in counted_alike(figures):
        hide_alike(alike, threshold)
    for one in figures:
        suppress(one.cells, one.sums, threshold)
    rows = [
        (one.definition.id, one.definition.version, *key, cell.suppression)
        for one in figures
        for key, cell in one.cells.items()
        if cell.hidden and key not in one.hidden
    ]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(_SCHEMA.names)}
    connection.register("withheld_rows", pa.table(columns, schema=_SCHEMA))
    connection.execute(f"create or replace temp table {WITHHELD[5:]} as from withheld_rows")
    connection.unregister("withheld_rows")


def _read(connection: duckdb.DuckDBPyConnection, scope: Scope, threshold: int) -> list[ShownFigures]:
    """The figures about people whose smallest number is below the threshold."""
    stated = connection.execute(
        "select distinct indicator_id, version, protects from indicators.definition "
        "join indicators.value using (indicator_id, version) "
        "where list_contains(?, indicator_id) and len(protects) > 0 and minimum_people < ?",
        [sorted(scope), threshold],
    ).fetchall()
    if not stated:
        return []
    known = {(one.id, one.version): one for one in load_definitions()}
    calendar.prepare(connection, tuple(known.values()))
    days = Calendar(connection)
    figures = list[ShownFigures]()
    for indicator_id, version, protects in sorted(stated):
        definition = known.get((indicator_id, version))
        rule = definition.small_number if definition else None
        if definition is None or rule is None or rule.protects != tuple(protects):
            raise ExportRefusedError(
                f"{indicator_id}, version {version}, was published by another version of the platform"
            )
        rows = _rows(connection, definition, scope[indicator_id])
        keys = [row[:3] for row in rows]
        figures.append(ShownFigures(definition, _values(rows, definition), sums_of(definition, keys, days)))
    return figures


def _rows(
    connection: duckdb.DuckDBPyConnection, definition: Definition, scope: frozenset[tuple[str, str]]
) -> list[tuple[str, str, str, bool, Decimal, Decimal]]:
    rows = connection.execute(
        "select grain, period, dimension, member, suppressed, "
        "coalesce(numerator, 0), coalesce(denominator, 0) "
        "from indicators.value where (indicator_id, version) = (?, ?)",
        [definition.id, definition.version],
    ).fetchall()
    return [row[1:] for row in rows if (row[0], row[2]) in scope]


def _values(
    rows: list[tuple[str, str, str, bool, Decimal, Decimal]], definition: Definition
) -> dict[Key, tuple[Decimal, Decimal] | None]:
    """Numerator and denominator of each figure; nothing where they do not say how many people they count."""
    counted = all(measure.aggregate in _COUNTED for measure in definition.measures.values())
    return {
        (period, dimension, member): None if suppressed or not counted else (numerator, denominator)
        for period, dimension, member, suppressed, numerator, denominator in rows
    }
