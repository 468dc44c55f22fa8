"""Turns DuckDB's errors into ones that people can act on and that repeat no value of an event."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import duckdb

from orgpulse_pipelines.errors import DiskFullError, ModelBuildError

_NO_SPACE: Final = ("no space left", "disk is full", "file too large", "disk quota", "could not write")
"""How DuckDB and SQLite report that the disk took no more, partly in the system's own words."""


@contextmanager
def sql_errors(what: str) -> Iterator[None]:
    """Raise DuckDB's errors as the class of the error and ``what`` failed, nothing more.

    DuckDB's own message can repeat a value (``Could not convert string '…'``), so it is cut off.
    """
    try:
        yield
    except duckdb.Error as error:
        raise _failure(what, error) from None


def _failure(what: str, error: duckdb.Error) -> Exception:
    kind = type(error).__name__
    if is_disk_full(str(error)):
        return DiskFullError(f"{what} ({kind})")
    return ModelBuildError(f"{what} ({kind})")


def is_disk_full(message: str) -> bool:
    """Whether a message of a database says that the disk took no more."""
    text = message.lower()
    return any(sign in text for sign in _NO_SPACE)
