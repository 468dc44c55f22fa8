"""CSV files, after RFC 4180, with any delimiter."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from orgpulse_platform.mapping.errors import FileError
from orgpulse_platform.mapping.model import Format
from orgpulse_platform.mapping.readers.lines import Line, NumberedLines
from orgpulse_platform.mapping.readers.row import Row
from orgpulse_platform.mapping.readers.table import header_names, table_row
from orgpulse_platform.mapping.refusal import RowReason

MAX_LINES: Final = 200
"""Most lines that a quoted row may span. Without a limit a missing quotation mark would swallow the file."""


class _Record(NamedTuple):
    line: int
    cells: list[str] | None
    """None if the row is malformed."""


class CsvReader:
    """An open CSV file; raises :class:`FileError` if it has no header."""

    def __init__(self, path: Path, format: Format) -> None:
        self.skipped = 0
        self.total: int | None = path.stat().st_size
        self._format = format
        self._lines = NumberedLines(path, format.encoding)
        for _ in range(format.header_row - 1):
            self._lines.take()
        header = self._record()
        if header is None or header.cells is None:
            self.close()
            raise FileError(f"line {format.header_row} is no header with the names of the columns")
        self._columns = header_names(header.cells)
        self.headers = (self._columns,)

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the file."""
        while (record := self._record()) is not None:
            if record.cells is None:
                yield Row(record.line, {}, RowReason.MALFORMED_ROW)
            elif any(cells := [cell.strip() for cell in record.cells]):
                yield table_row(record.line, self._columns, cells, padded=False)

    def position(self) -> int:
        """Bytes read so far."""
        return self._lines.position()

    def close(self) -> None:
        """Close the file."""
        self._lines.close()

    def _record(self) -> _Record | None:
        """The next row; a malformed one ends with its first line, so that the lines after it are read."""
        first = self._first_line()
        if first is None:
            return None
        taken: list[Line] = []
        if not first.whole:
            return _Record(first.number, None)
        try:
            cells = next(csv.reader(self._span(first, taken), delimiter=self._format.delimiter, strict=True))
        except (csv.Error, StopIteration):
            self._lines.give_back(taken)
            return _Record(first.number, None)
        return _Record(first.number, cells)

    def _first_line(self) -> Line | None:
        marker = self._format.skip_lines_starting_with
        line = self._lines.take()
        while line is not None and marker and line.text.lstrip('\ufeff"').startswith(marker):
            self.skipped += 1
            line = self._lines.take()
        return line

    def _span(self, first: Line, taken: list[Line]) -> Iterator[str]:
        """The lines of one row: the CSV parser asks for the next one as long as a quotation is open."""
        yield first.text
        while len(taken) < MAX_LINES and (line := self._lines.take()) is not None:
            taken.append(line)
            if not line.whole:
                return
            yield line.text
