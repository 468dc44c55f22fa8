"""Rows of a table: cells under the names of a header."""

from collections.abc import Sequence

from orgpulse_platform.mapping.readers.row import Cell, Row
from orgpulse_platform.mapping.refusal import RowReason


def header_names(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Names of the columns from the cells of the header; trailing empty ones name nothing."""
    names = [str(cell).removeprefix("\ufeff").strip() if cell is not None else "" for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def table_row(line: int, columns: tuple[str, ...], cells: Sequence[Cell], *, padded: bool) -> Row:
    """A row under its header; ``padded`` where a file may leave out the empty cells at the end of a row."""
    if len(cells) > len(columns) and any(cell != "" for cell in cells[len(columns) :]):
        return Row(line, {}, RowReason.TOO_MANY_COLUMNS)
    if len(cells) < len(columns) and not padded:
        return Row(line, {}, RowReason.TOO_FEW_COLUMNS)
    filled = [*cells, *[""] * (len(columns) - len(cells))]
    return Row(line, dict(zip(columns, filled, strict=False)))
