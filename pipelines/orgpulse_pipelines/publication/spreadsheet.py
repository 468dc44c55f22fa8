"""Answers as spreadsheets read them. No text of an event becomes a formula there."""

import csv
import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from orgpulse_pipelines.publication.errors import ExportError

MAX_ROWS: Final = 1_048_576
"""Rows of a sheet, the header included."""
MAX_TEXT: Final = 32_767
"""Characters of a cell."""
_EXACT_DIGITS: Final = 15
"""Spreadsheets compute with 64-bit floats: a whole number with more digits would change."""
_BATCH: Final = 5_000
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula; a number with a sign is none."""
    return text.startswith(_STARTS_FORMULA) and not _NUMBER.fullmatch(text)


def write_csv(answer: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write UTF-8 with a header; an apostrophe stands before what would be taken for a formula."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(map(_quoted, answer.columns))
        writer.writerows(tuple(map(_quoted, row)) for row in _rows(answer))


def _quoted(value: Any) -> Any:
    """Numbers and dates as they are; whatever else is written as text is looked at as text."""
    if value is None or isinstance(value, bool | int | float | Decimal | date | time):
        return value
    text = str(value)
    return f"'{text}" if is_formula(text) else text


def write_xlsx(answer: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write one sheet with a header; what would be taken for a formula is marked as text and unchanged.

    Raises :class:`ExportError` if the answer has more rows, or longer text, than a sheet holds.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("answer")
    sheet.freeze_panes = "A2"
    try:
        sheet.append([_cell(sheet, name) for name in answer.columns])
        for number, row in enumerate(_rows(answer), start=2):
            if number > MAX_ROWS:
                raise ExportError(f"a sheet holds {MAX_ROWS:,} rows; .csv and .parquet hold more")
            sheet.append([_cell(sheet, value) for value in row])
    finally:
        sheet.close()
    book.save(path)


def _cell(sheet: Any, value: Any) -> Any:
    """A value as a spreadsheet has it: numbers, days and times as such, everything else as text."""
    value = _plain(value)
    if not isinstance(value, str):
        return value
    if len(value) > MAX_TEXT:
        raise ExportError(f"a cell holds {MAX_TEXT:,} characters; .csv and .parquet hold more")
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"  # whatever it begins with
    cell.quotePrefix = is_formula(value)  # so that it stays text when somebody edits the cell
    return cell


def _plain(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat()
    if value is None or isinstance(value, bool | date | time | timedelta):
        return value
    if isinstance(value, int | float | Decimal):
        exact = math.isfinite(value) and not (isinstance(value, int) and abs(value) >= 10**_EXACT_DIGITS)
        return value if exact else str(value)
    return str(value)


def _rows(answer: duckdb.DuckDBPyRelation) -> Iterator[tuple[Any, ...]]:
    while rows := answer.fetchmany(_BATCH):
        yield from rows
