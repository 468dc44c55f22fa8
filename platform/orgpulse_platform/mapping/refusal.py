"""Why a row of a file is refused: a line, fields, and reason codes; never a value."""

from enum import StrEnum
from typing import Final, NamedTuple

from orgpulse_schemas.reasons import MEANINGS, Reason

WHOLE_ROW: Final = "row"
"""Stands in a problem's field where the row as a whole does not fit."""
EVENT_TIME: Final = "time"
"""Stands in a problem's field where the time of the event cannot be made."""
IDENTITY: Final = "identity"
"""Stands in a problem's field where the row cannot be told from others."""


class RowReason(StrEnum):
    """Reason codes of rows, beside the :class:`~orgpulse_schemas.reasons.Reason` codes of events."""

    MALFORMED_ROW = "malformed_row"
    TOO_FEW_COLUMNS = "too_few_columns"
    TOO_MANY_COLUMNS = "too_many_columns"
    WRONG_ENCODING = "wrong_encoding"
    NOT_IN_MAP = "not_in_map"
    UNEXPECTED_VALUE = "unexpected_value"
    NO_IDENTITY = "no_identity"
    REPEATED_IDENTITY = "repeated_identity"


ROW_MEANINGS: Final = {
    RowReason.MALFORMED_ROW: "The row is too long, or a quotation mark is missing or misplaced.",
    RowReason.TOO_FEW_COLUMNS: "The row has fewer columns than the header.",
    RowReason.TOO_MANY_COLUMNS: "The row has more columns than the header.",
    RowReason.WRONG_ENCODING: "The text is not in the encoding that the mapping states.",
    RowReason.NOT_IN_MAP: "The `map` of the field does not name this value.",
    RowReason.UNEXPECTED_VALUE: "The column holds something else than the mapping expects.",
    RowReason.NO_IDENTITY: "Every column that identifies the row is empty.",
    RowReason.REPEATED_IDENTITY: "An earlier row has the same identity.",
}
"""Every reason of a row with its meaning; a test holds that none is missing."""


class Problem(NamedTuple):
    """One thing wrong with a row."""

    field: str
    """Field of the contract, column that the mapping names, or one of the constants of this module."""
    reason: Reason | RowReason

    @property
    def meaning(self) -> str:
        """The reason in words."""
        if isinstance(self.reason, RowReason):
            return ROW_MEANINGS[self.reason]
        return MEANINGS[self.reason].meaning


class Refusal(NamedTuple):
    """A row that is not published."""

    line: int
    """Line of the file (row of the sheet) in which the row starts, from 1."""
    problems: tuple[Problem, ...]
    sheet: int | None = None
    """Position of the sheet in the workbook, from 1. Not its name: that can be a person's."""

    @property
    def id(self) -> str:
        """What tells it from the other rows of its file."""
        return f"line-{self.line}" if self.sheet is None else f"sheet-{self.sheet}-line-{self.line}"

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.line:,}" if self.sheet is None else f"sheet {self.sheet}, {self.line:,}"


class RefusedError(Exception):
    """A value does not fit. Holds a code, never the value."""

    def __init__(self, reason: Reason | RowReason) -> None:
        self.reason = reason
        super().__init__(reason.value)
