"""Saves an analyst's answer as a file: whole or not at all, and never over another one by accident."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from orgpulse_pipelines.errors import QueryError
from orgpulse_pipelines.exports.internal_use import record_answer
from orgpulse_pipelines.publication.errors import ExportError
from orgpulse_pipelines.publication.parquet import write_parquet
from orgpulse_pipelines.publication.read import confine, open_published
from orgpulse_pipelines.publication.spreadsheet import write_csv, write_xlsx
from orgpulse_pipelines.warehouse.failures import is_disk_full
from orgpulse_platform.settings import Settings

Write = Callable[[duckdb.DuckDBPyRelation, Path], None]


_FORMS: Final[dict[str, Write]] = {".csv": write_csv, ".xlsx": write_xlsx, ".parquet": write_parquet}


def save(settings: Settings, query: str, path: Path, *, force: bool = False) -> int:
    """Ask the published warehouse and save the answer in the form of the file's ending; its number of rows.

    The file is for use inside the organisation; that it is made is logged first. Raises :class:`ExportError`
    if the file cannot be written, or exists and ``force`` is not given; :class:`ExportLogError` if it cannot
    be logged; :class:`QueryError` with DuckDB's own explanation if the query fails.
    """
    write = _FORMS.get(path.suffix.lower())
    if write is None:
        raise ExportError(f"{path.name} does not end in {', '.join(_FORMS)}")
    if path.exists() and not force:
        raise ExportError(f"{path} exists; --force replaces it")
    with open_published(settings) as connection, _failures(path), _draft(path) as draft:
        confine(connection, draft)
        answer = connection.sql(query)
        if answer is None:
            raise ExportError("the query answers nothing")
        write(answer, draft)
        rows = len(answer)
        record_answer(settings, connection, draft, path.suffix[1:].lower(), rows)
        return rows


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A file beside the one that is wanted, which takes its place once it is safe on the disk."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _failures(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror}") from None
    except duckdb.IOException as error:
        full = is_disk_full(str(error))
        raise ExportError(f"{path}: {'the disk is full' if full else 'it cannot be written'}") from None
    except duckdb.Error as error:
        raise QueryError(str(error)) from None
