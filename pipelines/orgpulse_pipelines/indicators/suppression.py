"""Suppression of small numbers in the evaluated figures of all indicators."""

from collections import defaultdict
from typing import Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.indicators.adding_up import Calendar
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.disclosure import Suppression, suppress
from orgpulse_pipelines.indicators.evaluation import CELL
from orgpulse_pipelines.indicators.people import Figure, counted_people, link_same_people

_COUNTED: Final = ("sum", "distinct")
"""Aggregates whose value is a number of people where people are counted; behind others stand rows."""


def suppress_figures(
    connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...], threshold: int
) -> None:
    """Hide the figures that count fewer people than the threshold, and those that would give them back."""
    hidden = suppressed_figures(connection, definitions, threshold)
    if hidden:
        _hide(connection, hidden)


def suppressed_figures(
    connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...], threshold: int
) -> dict[int, Suppression]:
    """Which evaluated figures must be hidden from readers with this threshold, and why, by ``cell_id``.

    All indicators together: what one of them hides, another one that counts the same people must not show.
    """
    calendar = Calendar(connection)
    figures: dict[str, list[Figure]] = defaultdict(list)
    for definition in definitions:
        if definition.small_number is not None:
            figures[definition.id] += _figures(connection, definition)
    indicators = {name: counted_people(name, own, threshold) for name, own in figures.items()}
    for counted in indicators.values():
        calendar.count(counted)
    bases = link_same_people(figures, indicators, threshold, calendar)
    everything = [*indicators.values(), *bases]
    suppress(
        (cell for counted in everything for cell in counted.cells),
        (one for counted in everything for one in counted.sums),
        (one for counted in everything for one in counted.crossings),
    )
    return {
        figure.cell_id: "primary" if figure.counts_few(threshold) else "complementary"
        for name, own in figures.items()
        for figure in own
        if indicators[name].at[figure.place, figure.label].hidden
    }


def _figures(connection: duckdb.DuckDBPyConnection, definition: Definition) -> list[Figure]:
    sides = (("numerator", definition.numerator), ("denominator", definition.denominator))
    columns = ", ".join(
        f"coalesce({side}{'' if measure is None or measure.aggregate in _COUNTED else '_rows'}, 0)::double"
        for side, measure in sides
    )
    rows = connection.execute(
        f"select cell_id, dimension, member, label, {columns} from {CELL} "  # noqa: S608
        "where (indicator_id, version) = (?, ?) order by cell_id",
        [definition.id, definition.version],
    ).fetchall()
    return [
        Figure(cell_id, definition, (dimension, member), *more) for cell_id, dimension, member, *more in rows
    ]


def _hide(connection: duckdb.DuckDBPyConnection, hidden: dict[int, Suppression]) -> None:
    table = pa.table({"cell_id": list(hidden), "reason": list(hidden.values())})
    connection.register("hidden_cells", table)
    connection.execute(
        f"""
        update {CELL} as cell
        set numerator = null, denominator = null, suppression = hidden_cells.reason
        from hidden_cells
        where hidden_cells.cell_id = cell.cell_id
        """  # noqa: S608
    )
    connection.unregister("hidden_cells")
