"""Reads a file of any kind in the search for a person: text in its encoding, archives and tables unpacked."""

import codecs
import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb

from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_pipelines.subjects.tables import sweep
from orgpulse_pipelines.warehouse.catalog import literal

CHUNK: Final = 8 * 1024 * 1024
OVERLAP: Final = 1024
"""Bytes that are looked at twice, so that what lies across two chunks is seen."""
_WIDE: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def holds(path: Path, subject: Subject) -> bool:
    """Whether the content names the person.

    Raises :class:`OSError`, :class:`duckdb.Error` or another error of the format for a file that cannot be
    read as what its name says.
    """
    if path.suffix in {".duckdb", ".db"} and _is_duckdb(path):
        return _database_holds(path, subject)
    if path.suffix == ".parquet":
        return _parquet_holds(path, subject)
    return any(subject.named_in(chunk) for chunk in _chunks(path))


def _chunks(path: Path) -> Iterator[bytes]:
    if zipfile.is_zipfile(path):  # a spreadsheet is one as well
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                yield archive.read(member)
        return
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        encoding = _WIDE.get(file.read(2), "")
        file.seek(0)
        kept = b""
        while chunk := file.read(CHUNK):
            joined = kept + (chunk.decode(encoding, "replace").encode() if encoding else chunk)
            yield joined
            kept = joined[-OVERLAP:]


def _is_duckdb(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(12)[8:12] == b"DUCK"


def _database_holds(path: Path, subject: Subject) -> bool:
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(str(path))} as searched (read_only)")
        return bool(sweep(connection, subject, "searched"))


def _parquet_holds(path: Path, subject: Subject) -> bool:
    needles = sorted({subject.identifier, *subject.pseudonyms})
    condition = " or ".join("contains(one::varchar, ?)" for _ in needles)
    with duckdb.connect() as connection:
        row = connection.execute(
            f"select count(*) from read_parquet({literal(str(path))}) as one where {condition}",  # noqa: S608
            needles,
        ).fetchone()
    return bool(row and row[0])
