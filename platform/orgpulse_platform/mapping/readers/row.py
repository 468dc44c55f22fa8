"""What every reader gives: rows of cells with the line they start in."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Protocol

from orgpulse_platform.mapping.refusal import RowReason
from orgpulse_schemas.reasons import Reason

Cell = str | bool | Decimal | datetime | None
"""Value of a cell. A text is stripped and empty for an empty cell; the other types are those that XLSX and
NDJSON write without text. None stands for what no field can take: a list, a formula's error."""


class Row(NamedTuple):
    """A row of the file."""

    line: int
    """Line (row of the sheet) in which it starts, from 1."""
    cells: Mapping[str, Cell]
    """Cells by column; empty if the row cannot be read."""
    problem: Reason | RowReason | None = None
    """Why it cannot be read."""
    sheet: int | None = None
    """Position of its sheet in the workbook, from 1."""


class Reader(Protocol):
    """An open file."""

    total: int | None
    """Length of the file in the unit of :meth:`position`, if it is known before the end."""

    @property
    def headers(self) -> tuple[tuple[str, ...], ...]:
        """Names of the columns, as the file writes them: of the file, or of each sheet that is read."""
        ...

    @property
    def skipped(self) -> int:
        """Lines passed over so far because the mapping says so."""
        ...

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the file. A row whose cells are all empty is none."""
        ...

    def position(self) -> int:
        """How far it has been read: bytes, or rows of a sheet."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...
