"""XLSX files, row by row. Formulas count with the value that the spreadsheet program stored."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from orgpulse_platform.mapping.errors import FileError
from orgpulse_platform.mapping.load import suggestion
from orgpulse_platform.mapping.model import Format
from orgpulse_platform.mapping.readers.row import Cell, Row
from orgpulse_platform.mapping.readers.table import header_names, table_row


class XlsxReader:
    """An open sheet; raises :class:`FileError` if there is no such file, sheet or header."""

    def __init__(self, path: Path, format: Format) -> None:
        self.skipped = 0
        self._number = 0
        self._marker = format.skip_lines_starting_with
        self._book = _open(path)
        sheet = self._sheet(format.sheet)
        self.total: int | None = sheet.max_row
        sheet.reset_dimensions()  # what exports state as the size of the sheet is often wrong
        self._rows = sheet.iter_rows()
        header = next(islice(self._records(), format.header_row - 1, None), None)
        if header is None:
            self.close()
            raise FileError(f"row {format.header_row} is no header with the names of the columns")
        self.columns = header_names(header)

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the sheet."""
        for cells in self._records():
            if self._marker and cells and str(cells[0]).startswith(self._marker):
                self.skipped += 1
            elif any(cell != "" for cell in cells):
                yield table_row(self._number, self.columns, cells, padded=True)

    def position(self) -> int:
        """Rows read so far."""
        return self._number

    def close(self) -> None:
        """Close the file."""
        self._book.close()

    def _sheet(self, name: str | None) -> Any:
        names = [sheet.title for sheet in self._book.worksheets]
        if name is None and names:
            return self._book.worksheets[0]
        if name not in names:
            self.close()
            raise FileError(f"it has no sheet `{name}`{suggestion(name or '', names)}")
        return self._book[name]

    def _records(self) -> Iterator[list[Cell]]:
        while (cells := self._next()) is not None:
            self._number += 1
            yield cells

    def _next(self) -> list[Cell] | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl's warnings repeat cell values
                return [_cell(cell) for cell in next(self._rows)]
        except StopIteration:
            return None
        except Exception:  # a damaged sheet fails in many ways, and the messages can repeat its contents
            damaged = FileError(f"the sheet is damaged after row {self._number}")
        raise damaged


def _open(path: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise FileError(f"{error.strerror}") from None
    except Exception:  # as above
        damaged = FileError("it is no XLSX file, or a damaged one")
    raise damaged


def _cell(cell: Any) -> Cell:
    value: Cell
    match cell.value:
        case None:
            value = ""
        case str() as text:
            value = None if cell.data_type == "e" else text.strip()
        case bool() | datetime() as typed:
            value = typed
        case int() | float() as number:
            value = _number(number)
        case date() as day:
            value = datetime.combine(day, time())
        case time() as hour:
            value = hour.isoformat()
        case _:
            value = None
    return value


def _number(number: int | float) -> Decimal | None:
    """The number as the sheet shows it with all its digits; none for NaN and the infinities."""
    exact = Decimal(repr(number))
    if not exact.is_finite():
        return None
    return Decimal(int(number)) if exact == exact.to_integral_value() else exact
