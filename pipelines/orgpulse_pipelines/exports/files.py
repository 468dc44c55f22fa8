"""The files of an export: their forms, and a folder that appears whole or not at all."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from orgpulse_pipelines.exports.content import Content
from orgpulse_pipelines.exports.definition import Format
from orgpulse_pipelines.exports.errors import ExportFilesError
from orgpulse_pipelines.exports.journal import ExportedFile
from orgpulse_pipelines.publication.parquet import write_parquet
from orgpulse_pipelines.publication.spreadsheet import write_csv, write_xlsx

ABOUT: Final = "about.json"
"""What the recipient is told of the files."""


def _write_json(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    path.write_bytes(_json(rows.to_arrow_table().to_pylist()))


def _json(document: Any) -> bytes:
    return orjson.dumps(document, default=_plain, option=orjson.OPT_INDENT_2) + b"\n"


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


_FORMS: Final[dict[Format, Callable[[duckdb.DuckDBPyRelation, Path], None]]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
    "json": _write_json,
}


def write_files(contents: Iterator[Content], folder: Path, form: Format) -> tuple[ExportedFile, ...]:
    """Write each part of an export into a file of its own, ``<part>.<form>``."""
    return tuple(_write(name, rows, folder / f"{name}.{form}", form) for name, rows in contents)


def _write(name: str, rows: duckdb.DuckDBPyRelation, path: Path, form: Format) -> ExportedFile:
    _FORMS[form](rows, path)
    return ExportedFile(content=name, rows=len(rows), sha256=digest(path))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_about(document: dict[str, Any], folder: Path) -> None:
    """Write what the recipient is told of the files."""
    (folder / ABOUT).write_bytes(_json(document))


@contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """A folder beside the one that is wanted, which takes its name at the end; raises
    :class:`ExportFilesError`.
    """
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        if folder.exists():
            raise ExportFilesError(f"{folder} exists")
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)  # left behind by a process of this number that was killed
        draft.mkdir(mode=0o700)
        yield draft
        for path in (*draft.iterdir(), draft):
            _flush(path)
        draft.rename(folder)
        _flush(folder.parent)
    except OSError as error:
        raise ExportFilesError(f"{folder}: {error.strerror}") from None
    except duckdb.IOException:
        raise ExportFilesError(f"{folder}: it cannot be written") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
