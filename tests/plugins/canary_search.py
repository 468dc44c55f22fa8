"""Marked values, and the search for them in every form in which a byte can leave."""

import base64
import gzip
import hashlib
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import duckdb

PERSON = "P909091"
BIRTH_DATE = "1931-02-03"
MARK = "zyxcanary"
NUMBERS = (PERSON, "K909091", "A909091", "Q909091")
"""Numbers of a person, a case, a candidate, a partner's person."""
MARKS = (*NUMBERS, BIRTH_DATE, MARK)
Place = tuple[str, bytes]
"""Where something stands, and what."""
_DEEPEST = 3
"""How many archives may lie in each other."""


def in_base64(text: str) -> Iterator[str]:
    """The characters that a text always has in base64, wherever in a longer one it begins."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + text.encode()).decode()
        first = (0, 2, 3)[before]
        yield encoded[first : (before + len(text)) * 8 // 6]


def forms(mark: str) -> Iterator[bytes]:
    """A mark as text, in UTF-16 (either way round), hexadecimal, percent-encoded, in JSON's escapes, and as
    plain hashes, which protect nobody; all in lower case."""
    yield mark.lower().encode()
    yield mark.lower().encode("utf-16-le")[:-1]
    for written in {mark, mark.lower(), mark.upper()}:
        yield written.encode().hex().encode()
        yield "".join(f"%{ord(one):02x}" for one in written).encode()
        yield "".join(f"\\u{ord(one):04x}" for one in written).encode()
    for name in ("md5", "sha1", "sha256"):
        yield hashlib.new(name, mark.encode()).hexdigest().encode()


@cache
def _needles() -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """What is looked for whatever its case, and what is looked for as it is."""
    anyhow = {form for mark in MARKS for form in forms(mark)}
    exactly = {
        part.encode().translate(alphabet)
        for mark in MARKS
        for written in {mark, mark.lower(), mark.upper()}
        for part in in_base64(written)
        for alphabet in (None, bytes.maketrans(b"+/", b"-_"))
    }
    return tuple(sorted(anyhow)), tuple(sorted(exactly))


def is_marked(content: bytes) -> bool:
    """Whether a mark stands in it in any form."""
    anyhow, exactly = _needles()
    lower = content.lower()
    return any(needle in lower for needle in anyhow) or any(needle in content for needle in exactly)


def found(places: Iterable[Place]) -> list[str]:
    """Where a mark was found; the place is told, not the content."""
    return [place for place, content in places if is_marked(content)]


def files(root: Path, but: tuple[str, ...] = ()) -> Iterator[Place]:
    """Every file below a folder with its name, opened as far as it can be opened."""
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        if not {place.parts[0], place.name} & set(but):
            yield f"name {place}", str(place).encode()
            if path.is_file() and not path.is_symlink():
                yield from opened(f"file {place}", path.read_bytes())
                yield from queried(path, f"file {place}")


def opened(place: str, content: bytes, depth: int = 0) -> Iterator[Place]:
    """The bytes as they are, and what is packed in them."""
    yield place, content
    if depth == _DEEPEST:
        return
    if content.startswith(b"\x1f\x8b"):
        yield from opened(f"{place} (unpacked)", gzip.decompress(content), depth + 1)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from opened(f"{place} {name}", name.encode() + b" " + archive.read(name), depth + 1)
                yield from opened(f"{place} {name}", archive.read(name), depth + 1)
    if content.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            yield f"{place} (stream)", zlib.decompressobj().decompress(stream)


def queried(path: Path, place: str) -> Iterator[Place]:
    """Every row of a database or Parquet file: pages are compressed or split, bytes prove nothing."""
    with path.open("rb") as file:
        head = file.read(16)
    if head[8:12] == b"DUCK":
        yield from _duckdb_tables(path, place)
    elif head.startswith(b"SQLite format 3"):
        yield from _sqlite_tables(path, place)
    elif head.startswith(b"PAR1"):
        with duckdb.connect() as connection:
            for function in ("read_parquet", "parquet_metadata", "parquet_kv_metadata"):
                yield f"{place} {function}", _rows(connection, f"{function}('{path}')")


def _duckdb_tables(path: Path, place: str) -> Iterator[Place]:
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where not internal"
        ).fetchall()
        for schema, table in tables:
            yield f"{place} {schema}.{table}", _rows(connection, f'"{schema}"."{table}"')
        for catalogue in ("duckdb_tables()", "duckdb_columns()", "duckdb_views()"):
            yield f"{place} {catalogue}", _rows(connection, f"{catalogue} where not internal")


def _rows(connection: duckdb.DuckDBPyConnection, source: str) -> bytes:
    """Every row as text, written by the database itself."""
    rows = connection.execute(f"select one::varchar from (from {source}) as one").fetchnumpy()
    return "\n".join(next(iter(rows.values()))).encode()


def _sqlite_tables(path: Path, place: str) -> Iterator[Place]:
    connection = sqlite3.connect(path)
    try:
        for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
            yield f"{place} {table}", repr(connection.execute(f'select * from "{table}"').fetchall()).encode()
    finally:
        connection.close()
