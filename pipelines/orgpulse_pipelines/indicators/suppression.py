"""Suppression of small numbers in the evaluated figures, and in tables of a total and its parts."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.indicators.adding_up import Calendar, sums_of
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.disclosure import SEVERAL, Cell, Key, Suppression, suppress
from orgpulse_pipelines.indicators.evaluation import CELL
from orgpulse_pipelines.indicators.measuring import NUMBER

People = tuple[Decimal, ...]
"""How many people a part holds, counted in one or several ways."""
_COUNTED: Final = ("sum", "distinct")
"""Aggregates whose value is a number of people where people are counted; behind others stand rows."""


def suppress_figures(
    connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...], threshold: int
) -> None:
    """Hide the figures that count fewer people than the threshold, and those that would give them back."""
    calendar = Calendar(connection)
    hidden: dict[int, Suppression] = {}
    for definition in definitions:
        if definition.small_number is not None:
            ids, cells = _cells(connection, definition)
            suppress(
                cells, sums_of(definition, cells, calendar), definition.small_number.minimum or threshold
            )
            hidden |= {ids[key]: cell.suppression for key, cell in cells.items() if cell.hidden}
    if hidden:
        _hide(connection, hidden)


def _cells(
    connection: duckdb.DuckDBPyConnection, definition: Definition
) -> tuple[dict[Key, int], dict[Key, Cell]]:
    numerator, denominator = (
        f"{side}{'' if measure is None or measure.aggregate in _COUNTED else '_rows'}"
        for side, measure in (("numerator", definition.numerator), ("denominator", definition.denominator))
    )
    parts = {
        "numerator": numerator,
        "denominator": denominator,
        "remainder": f"{denominator} - {numerator}",
    }
    protected = definition.small_number.protects if definition.small_number else ()
    columns = ", ".join(f"coalesce({parts[part]}, 0)::{NUMBER}" for part in protected)
    rows = connection.execute(
        f"select cell_id, label, dimension, member, {columns} from {CELL} "  # noqa: S608
        "where (indicator_id, version) = (?, ?)",
        [definition.id, definition.version],
    ).fetchall()
    ids = {(label, dimension, member): cell_id for cell_id, label, dimension, member, *_ in rows}
    cells = {(label, dimension, member): Cell(tuple(people)) for _, label, dimension, member, *people in rows}
    return ids, cells


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


def suppressed_parts(
    counts: Mapping[str, People],
    minimum: int,
    *,
    total_is_shown: bool,
    hidden_elsewhere: Collection[str] = (),
) -> dict[str, Suppression]:
    """Which parts of a total must be hidden and why; ``counts`` says how many people each part holds.

    A part may count its people in several ways, such as women and men: all of them are hidden together, and
    each adds up to a total of its own. Parts that another table hides stay hidden: two tables that hide
    different parts of the same people give each other's parts back.
    """
    primary = [part for part, people in counts.items() if _is_small(people, minimum)]
    also = [part for part in counts if part in hidden_elsewhere and part not in primary]
    hidden = [*primary, *also]
    added = _complement(counts, hidden, minimum) if hidden and total_is_shown else []
    reasons: dict[str, Suppression] = dict.fromkeys(primary, "primary")
    return reasons | dict.fromkeys((*also, *added), "complementary")


def _is_small(people: People, minimum: int) -> bool:
    return any(0 < count < minimum for count in people)


def _complement(counts: Mapping[str, People], hidden: list[str], minimum: int) -> list[str]:
    """The smallest further parts that must be hidden; parts without people protect nobody and come last."""
    shown = [part for part in counts if part not in hidden]
    shown.sort(key=lambda part: (max(counts[part]) == 0, max(counts[part]), part))
    added: list[str] = []
    while shown and not _is_safe([counts[part] for part in (*hidden, *added)], minimum):
        added.append(shown.pop(0))
    return added


def _is_safe(hidden: list[People], minimum: int) -> bool:
    sums = tuple(sum(people, Decimal(0)) for people in zip(*hidden, strict=True))
    return len(hidden) >= SEVERAL and not _is_small(sums, minimum)
