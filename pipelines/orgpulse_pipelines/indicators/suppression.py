"""Suppression of small numbers in the evaluated figures of all indicators."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.indicators.adding_up import Calendar
from orgpulse_pipelines.indicators.audiences import Audiences, Limits
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.disclosure import suppress
from orgpulse_pipelines.indicators.dominance import given_amounts
from orgpulse_pipelines.indicators.evaluation import CELL
from orgpulse_pipelines.indicators.lasting import remember_withheld, still_withheld
from orgpulse_pipelines.indicators.people import Figure, counted_people, link_same_people

_COUNTED: Final = ("sum", "distinct")
"""Aggregates whose value is a number of people where people are counted; behind others stand rows."""
_HIDDEN: Final = pa.schema({"cell_id": pa.int64(), "hidden": pa.bool_()})
"""What the public must not see, and whether internal readers must not see it either."""


def suppress_figures(
    connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...], audiences: Audiences
) -> None:
    """Hide the figures that count fewer people than internal readers may see, and those that would give them
    back; mark what the public must not see besides. What the build before hid mostly stays hidden.
    """
    lasting = still_withheld(connection, audiences)
    hidden = suppressed_figures(connection, definitions, audiences.internal, lasting.inside)
    from_public = suppressed_figures(connection, definitions, audiences.public, hidden | lasting.outside)
    _hide(connection, hidden, from_public)
    remember_withheld(connection, audiences)


def suppressed_figures(
    connection: duckdb.DuckDBPyConnection,
    definitions: tuple[Definition, ...],
    limits: Limits,
    withheld: Collection[int] = (),
) -> set[int]:
    """Which evaluated figures must be hidden from an audience with these limits, by ``cell_id``.

    All indicators together: what one of them hides, another one that counts the same people must not show.
    Figures that are ``withheld`` from it anyhow are hidden with the others.
    """
    threshold = limits.people
    calendar = Calendar(connection)
    figures: dict[str, list[Figure]] = defaultdict(list)
    for definition in definitions:
        if definition.small_number is not None:
            figures[definition.id] += _figures(connection, definition)
    indicators = {name: counted_people(name, own, threshold) for name, own in figures.items()}
    for counted in indicators.values():
        calendar.count(counted)
    bases = link_same_people(figures, indicators, threshold, calendar)
    amounts = {
        one: given_amounts(connection, one, one.dominance, limits.percent)
        for one in definitions
        if one.dominance is not None
    }
    for counted in amounts.values():
        calendar.count(counted)
    everything = [*indicators.values(), *bases, *amounts.values()]
    cells = {
        figure.cell_id: indicators[name].at[figure.place, figure.label]
        for name, own in figures.items()
        for figure in own
    }
    for definition, counted in amounts.items():
        for one in _figures(connection, definition):
            if (one.place, one.label) in counted.at:
                cells[one.cell_id] = counted.at[one.place, one.label]
    suppress(
        (cell for counted in everything for cell in counted.cells),
        (one for counted in everything for one in counted.sums),
        (one for counted in everything for one in counted.crossings),
        (cells[cell_id] for cell_id in withheld if cell_id in cells),
    )
    return {cell_id for cell_id, cell in cells.items() if cell.hidden}


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


def _hide(
    connection: duckdb.DuckDBPyConnection, hidden: Collection[int], from_public: Collection[int]
) -> None:
    rows = {"cell_id": list(from_public), "hidden": [cell in hidden for cell in from_public]}
    connection.register("hidden_cells", pa.table(rows, schema=_HIDDEN))
    connection.execute(
        f"""
        update {CELL} as cell
        set
          numerator = if(hidden, null, numerator),
          denominator = if(hidden, null, denominator),
          suppression = if(hidden, 'suppressed', 'none'),
          shown_to_public = false
        from hidden_cells
        where hidden_cells.cell_id = cell.cell_id
        """  # noqa: S608
    )
    connection.unregister("hidden_cells")
