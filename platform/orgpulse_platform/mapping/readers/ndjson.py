"""NDJSON files: one JSON object a line. Names in nested objects are joined by a point: ``donor.name``."""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

from orgpulse_platform.mapping.model import Format
from orgpulse_platform.mapping.readers.lines import Line, NumberedLines
from orgpulse_platform.mapping.readers.row import Cell, Row
from orgpulse_schemas.reasons import Reason


class NdjsonReader:
    """An open NDJSON file. It is read once for the names of its columns, and again for its rows."""

    def __init__(self, path: Path, format: Format) -> None:
        self.skipped = 0
        self.total: int | None = path.stat().st_size
        self._path = path
        self._encoding = format.encoding
        self._lines = NumberedLines(path, format.encoding)
        self._columns = tuple(dict.fromkeys(name for row in self._all_rows() for name in row.cells))
        self.headers = (self._columns,)
        self.close()
        self._lines = NumberedLines(path, format.encoding)

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the file; a name that an object lacks is an empty cell."""
        empty: dict[str, Cell] = dict.fromkeys(self._columns, "")
        for row in self._all_rows():
            if row.problem is not None:
                yield row
            elif any(cell != "" for cell in row.cells.values()):
                yield row._replace(cells={**empty, **row.cells})

    def position(self) -> int:
        """Bytes read so far."""
        return self._lines.position()

    def close(self) -> None:
        """Close the file."""
        self._lines.close()

    def _all_rows(self) -> Iterator[Row]:
        while (line := self._lines.take()) is not None:
            if line.text.strip():
                yield _row(line)


def _row(line: Line) -> Row:
    try:
        if not line.whole:
            return Row(line.number, {}, Reason.TOO_LARGE)
        content = json.loads(
            line.text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
        if not isinstance(content, dict):
            return Row(line.number, {}, Reason.WRONG_TYPE)
        return Row(line.number, _object(list(_cells(content, ""))))
    except (ValueError, InvalidOperation, RecursionError):
        return Row(line.number, {}, Reason.MALFORMED_JSON)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(_: str) -> NoReturn:
    raise ValueError("JSON knows neither NaN nor Infinity")


def _cells(content: dict[str, Any], prefix: str) -> Iterator[tuple[str, Cell]]:
    for key, value in content.items():
        match value:
            case dict():
                yield from _cells(value, f"{prefix}{key}.")
            case str():
                yield f"{prefix}{key}", value.strip()
            case bool() | Decimal():
                yield f"{prefix}{key}", value
            case None:
                yield f"{prefix}{key}", ""
            case _:
                yield f"{prefix}{key}", None
