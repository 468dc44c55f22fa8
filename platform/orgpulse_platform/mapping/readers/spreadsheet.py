"""XLSX files, row by row. Formulas count with the value that the spreadsheet program stored."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from fnmatch import fnmatchcase
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
    """An open workbook; raises :class:`FileError` if there is no such file, sheet or header."""

    def __init__(self, path: Path, format: Format) -> None:
        self._book = _open(path)
        try:
            self._sheets = list(_sheets(self._book, format))
        except FileError:
            self.close()
            raise
        self.headers = tuple(sheet.columns for sheet in self._sheets)
        lengths = [sheet.length for sheet in self._sheets]
        self.total: int | None = None if None in lengths else sum(length or 0 for length in lengths)

    @property
    def skipped(self) -> int:
        """Rows passed over so far because the mapping says so."""
        return sum(sheet.skipped for sheet in self._sheets)

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the workbook."""
        for sheet in self._sheets:
            yield from sheet.rows()

    def position(self) -> int:
        """Rows read so far."""
        return sum(sheet.read for sheet in self._sheets)

    def close(self) -> None:
        """Close the file."""
        self._book.close()


class _Sheet:
    """A sheet that is read; its header stands in ``columns`` once it is found."""

    def __init__(self, sheet: Any, number: int | None, format: Format) -> None:
        self.read = 0
        self.skipped = 0
        self.length: int | None = sheet.max_row
        self._number = number
        self._marker = format.skip_lines_starting_with
        self._added = {} if format.sheet_column is None else {format.sheet_column: str(sheet.title)}
        sheet.reset_dimensions()  # what exports state as the size of the sheet is often wrong
        self._rows = sheet.iter_rows()
        header = next(islice(self._records(), format.header_row - 1, None), None)
        self._columns = () if header is None else header_names(header)
        self.has_header = header is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, with the one that the mapping adds."""
        return (*self._columns, *self._added)

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the sheet."""
        for cells in self._records():
            if self._marker and cells and str(cells[0]).startswith(self._marker):
                self.skipped += 1
            elif any(cell != "" for cell in cells):
                row = table_row(self.read, self._columns, cells, padded=True)
                yield row._replace(cells={**row.cells, **self._added}, sheet=self._number)

    def _records(self) -> Iterator[list[Cell]]:
        while (cells := self._next()) is not None:
            self.read += 1
            yield cells

    def _next(self) -> list[Cell] | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl's warnings repeat cell values
                return [_cell(cell) for cell in next(self._rows)]
        except StopIteration:
            return None
        except Exception:  # a damaged sheet fails in many ways, and the messages can repeat its contents
            which = "the sheet" if self._number is None else f"sheet {self._number}"
            damaged = FileError(f"{which} is damaged after row {self.read}")
        raise damaged


def _sheets(book: Any, format: Format) -> Iterator[_Sheet]:
    """The sheets that the format names, in the order of the workbook. Of those that a ``*`` stands for, the
    empty ones are passed over."""
    wanted = (format.sheet,) if isinstance(format.sheet, str) else format.sheet
    several = wanted is not None and (len(wanted) > 1 or "*" in wanted[0])
    found = 0
    for title in _titles(book, wanted):
        sheet = _Sheet(book[title], book.sheetnames.index(title) + 1 if several else None, format)
        if sheet.has_header:
            found += 1
            yield sheet
        elif wanted is None or title in wanted:
            raise _headless(format)
    if not found:
        raise _headless(format)


def _titles(book: Any, wanted: tuple[str, ...] | None) -> list[str]:
    """Names of the sheets that are meant; raises :class:`FileError` if one of those wanted is not there."""
    titles = [sheet.title for sheet in book.worksheets]
    if wanted is None:
        return titles[:1]
    for name in wanted:
        if not any(_meant(title, name) for title in titles):
            raise FileError(f"it has no sheet `{name}`{suggestion(name, titles)}")
    return [title for title in titles if any(_meant(title, name) for name in wanted)]


def _meant(title: str, name: str) -> bool:
    return title == name or ("*" in name and fnmatchcase(title, name))


def _headless(format: Format) -> FileError:
    return FileError(f"row {format.header_row} is no header with the names of the columns")


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
