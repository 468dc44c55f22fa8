"""Opens a file with the reader of its kind."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from orgpulse_platform.mapping.errors import FileError
from orgpulse_platform.mapping.load import LoadedMapping
from orgpulse_platform.mapping.model import FileType, Format
from orgpulse_platform.mapping.readers.delimited import CsvReader
from orgpulse_platform.mapping.readers.ndjson import NdjsonReader
from orgpulse_platform.mapping.readers.row import Reader

_ENDINGS: Final[dict[str, FileType]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
}
_TABLE: Final = {"header_row", "skip_lines_starting_with"}
_APPLIES: Final[dict[FileType, set[str]]] = {
    "csv": {"encoding", "delimiter", *_TABLE},
    "xlsx": {"sheet", "sheet_column", *_TABLE},
    "ndjson": {"encoding"},
}
_EVERYWHERE: Final = {"type", "decimal_separator", "thousands_separator", "negative", "empty_cells"}


@contextmanager
def open_reader(path: Path, loaded: LoadedMapping) -> Iterator[Reader]:
    """The reader of a file; raises :class:`FileError`, or :class:`MappingError` for an odd format."""
    if not path.is_file():
        raise FileError("there is no such file" if not path.exists() else "it is not a regular file")
    format = loaded.mapping.format
    kind = _kind(path, format)
    alien = sorted(format.model_fields_set - _APPLIES[kind] - _EVERYWHERE)
    if alien:
        raise loaded.lines.error(
            [(("format", name), f"`format.{name}` means nothing for {kind} files") for name in alien]
        )
    with closing(_reader(path, kind, format)) as reader:
        yield reader


def _kind(path: Path, format: Format) -> FileType:
    kind = format.type or _ENDINGS.get(path.suffix.lower())
    if kind is None:
        raise FileError("its name does not end in .csv, .xlsx or .ndjson; state `format: {type: …}`")
    return kind


def _reader(path: Path, kind: FileType, format: Format) -> Reader:
    match kind:
        case "csv":
            return CsvReader(path, format)
        case "ndjson":
            return NdjsonReader(path, format)
        case "xlsx":
            from orgpulse_platform.mapping.readers.spreadsheet import XlsxReader  # noqa: PLC0415 slow import

            return XlsxReader(path, format)
