"""The search for marked values is proven by planting one in every kind of place and every way of writing."""

import base64
import gzip
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from canary_search import BIRTH_DATE, MARK, MARKS, PERSON, files, found, is_marked
from openpyxl import Workbook

NOTE = f"seen by {PERSON}, born {BIRTH_DATE}"


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_mark_is_found_however_it_is_written(mark: str, before: str) -> None:
    text = f"{before}{mark}, and more"
    for written in (
        text.encode(),
        text.upper().encode(),
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        text.encode().hex().encode(),
        base64.b64encode(text.encode()),
        base64.urlsafe_b64encode(text.encode()),
        "".join(f"%{ord(one):02X}" for one in text).encode(),
        "".join(f"\\u{ord(one):04X}" for one in text).encode(),
        quote(text).encode(),
        json.dumps({"text": text}).encode(),
    ):
        assert is_marked(b"before " + written + b" after"), written


def test_what_is_not_marked_is_not_found() -> None:
    assert not is_marked(b"P909090 zyxcanar 1931-02-04 " + base64.b64encode(b"nobody") * 99)


def in_table(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table planted as select range, ? as note from range(9000)", [NOTE])


def in_comment(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create table planted (note varchar); comment on column planted.note is '{NOTE}'")


def in_day(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create table planted as select [date '{BIRTH_DATE}'] as days from range(9000)")


def in_parquet(path: Path) -> None:
    duckdb.connect().execute(
        f"copy (select ? as note from range(9000)) to '{path}' (format parquet, compression zstd)", [NOTE]
    )


def in_spreadsheet(path: Path) -> None:
    book = Workbook()
    book.active.append([NOTE])
    book.save(path)


def in_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.gz", gzip.compress(NOTE.encode()))


def in_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table planted (note text)")
    connection.execute("insert into planted values (?)", ["x" * 4050 + NOTE * 9])
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("name", "plant"),
    [
        ("warehouse.duckdb", in_table),
        ("warehouse.duckdb", in_comment),
        ("warehouse.duckdb", in_day),
        ("export.parquet", in_parquet),
        ("export.xlsx", in_spreadsheet),
        ("spool.zip", in_archive),
        ("worker.log.gz", lambda path: path.write_bytes(gzip.compress(NOTE.encode()))),
        ("worker.log", lambda path: path.write_text(NOTE)),
        ("runs.db", in_sqlite),
        (f"{MARK}.txt", lambda path: path.write_text("named after somebody")),
        (f"{PERSON}", lambda path: path.mkdir()),
    ],
)
def test_planted_mark_is_found(name: str, plant: Callable[[Path], None], tmp_path: Path) -> None:
    plant(tmp_path / name)
    assert found(files(tmp_path)) != []


def test_mark_in_a_log_that_a_killed_writer_left_is_found(tmp_path: Path) -> None:
    """Of a writer that is killed the newest rows stand in the write-ahead log alone."""
    (tmp_path / "kept").mkdir()
    with duckdb.connect(str(tmp_path / "open.duckdb")) as connection:
        connection.execute("create table planted (note varchar)")
        connection.execute("checkpoint")
        connection.execute("insert into planted values (?)", [NOTE])
        shutil.copy(tmp_path / "open.duckdb.wal", tmp_path / "kept")
    assert found(files(tmp_path / "kept")) == ["file open.duckdb.wal"]
