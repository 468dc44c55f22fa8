"""The events in a file: one JSON document, a JSON array of them, or one on each line (NDJSON)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from orgpulse_platform.validation_report.errors import EventFileError
from orgpulse_schemas.cloudevents import MAX_BYTES

LARGEST_ARRAY: Final = 100_000_000
"""A JSON array is read whole; a larger one, in bytes, has to be written as NDJSON."""
LONGEST_LINE: Final = 2 * MAX_BYTES
"""Of a longer line only so many bytes are kept: enough to see that it is too large."""

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
BY_LINE: Final = (".ndjson", ".jsonl")
"""A file named so is no JSON array, whatever its first character."""
EXPORTS: Final = (".csv", ".tsv", ".xlsx", ".xlsm")

Progress = Callable[[int, int | None], None]
"""Told how many bytes were read, and how many there are."""


def events_in(path: Path, progress: Progress) -> Iterator[tuple[int, bytes]]:
    """Line and bytes of every event; raises :class:`EventFileError` for a file that cannot be read."""
    try:
        size = path.stat().st_size
        if path.suffix.lower() in EXPORTS:
            raise EventFileError(f"{path.suffix} is an export, not a file of events")
        with path.open("rb") as file:
            start = file.read(LONGEST_LINE)
        begins = start.removeprefix(BYTE_ORDER_MARK).lstrip()
        if not begins:
            return
        if begins.startswith(b"[") and path.suffix.lower() not in BY_LINE:
            yield from _array(path, size)
        elif _is_one_document(start, size):
            yield 1, start.removeprefix(BYTE_ORDER_MARK)
        else:
            yield from _lines(path, size, progress)
    except OSError as error:
        raise EventFileError(f"{error.strerror}") from None


def _is_one_document(start: bytes, size: int) -> bool:
    """Whether the file is one event: a document over several lines, well-formed or not."""
    first, _, rest = start.removeprefix(BYTE_ORDER_MARK).lstrip().partition(b"\n")
    if not rest.strip():
        return size <= len(start)
    if size > len(start) or _loaded(first) is not None:
        return False
    whole = _loaded(start.removeprefix(BYTE_ORDER_MARK))
    return isinstance(whole, dict) or first.strip() == b"{"


def _array(path: Path, size: int) -> Iterator[tuple[int, bytes]]:
    if size > LARGEST_ARRAY:
        raise EventFileError(f"its JSON array is larger than {LARGEST_ARRAY:,} bytes")
    found = _loaded(path.read_bytes().removeprefix(BYTE_ORDER_MARK))
    if not isinstance(found, list):
        raise EventFileError("it begins like a JSON array and is no well-formed one")
    for number, event in enumerate(found, start=1):
        yield number, orjson.dumps(event)


def _lines(path: Path, size: int, progress: Progress) -> Iterator[tuple[int, bytes]]:
    number = read = 0
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            number += 1
            read += len(line)
            if number == 1:
                line = line.removeprefix(BYTE_ORDER_MARK)
            whole = line
            while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
                read += len(line)
            if whole.strip():
                yield number, whole.strip()
            if number % 500 == 0:
                progress(read, size)
    progress(read, size)


def _loaded(content: bytes) -> Any:
    """The JSON value, or nothing: the decoder's error holds the document and must not leave."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
