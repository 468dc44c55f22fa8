"""Opening the warehouse, and what people are told when it cannot be opened."""

import shutil
import struct
import subprocess
import sys

import duckdb
import pytest

from orgpulse_pipelines.errors import (
    DiskFullError,
    ModelBuildError,
    WarehouseBusyError,
    WarehouseDamagedError,
    WarehouseVersionError,
)
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_platform.errors import SettingsError

VERSION_AT = 8 + 4
"""The storage version stands behind the block's checksum and DuckDB's four magic bytes."""
HEADER = 4096


def with_storage_version(content: bytes, version: int) -> bytes:
    """A DuckDB file of another storage version, its header's checksum made right again."""
    header = content[8:VERSION_AT] + struct.pack("<Q", version) + content[VERSION_AT + 8 : HEADER]
    checksum = 5381
    for (word,) in struct.iter_unpack("<Q", header):
        checksum ^= (word * 0xBF58476D1CE4E5B9) % 2**64
    return struct.pack("<Q", checksum) + header + content[HEADER:]


@pytest.fixture
def warehouse(settings):
    """The path of a warehouse that exists."""
    with open_warehouse(settings) as connection:
        connection.execute("create table main.kept as select 1 as id")
    return settings.folder.warehouse


def test_a_warehouse_is_created_once_and_found_again(settings, warehouse):
    with open_warehouse(settings) as connection:
        assert connection.execute("from main.kept").fetchall() == [(1,)]
        assert connection.execute("select schema_version from meta.warehouse").fetchall() == [(1,)]


def test_a_second_writer_is_refused_and_told_to_wait(settings, warehouse):
    held = f"c = duckdb.connect({str(warehouse)!r}); print('held', flush=True)"
    holder = f"import duckdb, sys; {held}; sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(WarehouseBusyError, match=r"warehouse\.duckdb"):
            open_warehouse(settings)
        process.communicate(timeout=30)
    open_warehouse(settings).close()


def test_a_file_of_another_duckdb_is_named_as_such_and_left_alone(settings, warehouse):
    content = with_storage_version(warehouse.read_bytes(), 99)
    warehouse.write_bytes(content)
    with pytest.raises(WarehouseVersionError, match="another version of DuckDB"):
        open_warehouse(settings)
    assert warehouse.read_bytes() == content


def test_a_warehouse_of_another_layout_is_refused_with_who_made_it(settings, warehouse):
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("update meta.warehouse set schema_version = 7, created_by = 'orgpulse 9.9'")
    with pytest.raises(WarehouseVersionError, match=r"layout 7, made by orgpulse 9\.9"):
        open_warehouse(settings)


@pytest.mark.parametrize("content", [b"", b"x" * 20_000])
def test_a_file_that_is_no_warehouse_is_not_overwritten(content, settings, warehouse):
    warehouse.write_bytes(content)
    with pytest.raises(WarehouseDamagedError):
        open_warehouse(settings)
    assert warehouse.read_bytes() == content


def test_a_damaged_block_is_noticed(settings, warehouse):
    content = bytearray(warehouse.read_bytes())
    content[HEADER + 8] ^= 0xFF
    content[2 * HEADER + 8] ^= 0xFF
    warehouse.write_bytes(content)
    with pytest.raises(WarehouseDamagedError):
        open_warehouse(settings)


def test_a_memory_limit_that_is_no_size_is_named(settings):
    wrong = settings.model_copy(
        update={"warehouse": settings.warehouse.model_copy(update={"memory_limit": "two apples"})}
    )
    with pytest.raises(SettingsError, match="MEMORY_LIMIT"):
        open_warehouse(wrong)


def test_a_full_disk_is_told_from_a_failing_query():
    with pytest.raises(DiskFullError, match=r"core\.a"), sql_errors("core.a"):
        raise duckdb.IOException('IO Error: Could not write file "x": No space left on device')
    with pytest.raises(ModelBuildError, match=r"core\.a"), sql_errors("core.a"):
        raise duckdb.ConversionException("Could not convert string 'zyxcanary'")


def test_the_folder_can_be_moved(settings, warehouse, tmp_path):
    shutil.move(settings.folder.root, tmp_path / "moved")
    moved = settings.model_copy(update={"state": tmp_path / "moved"})
    moved.__dict__.pop("folder", None)
    with open_warehouse(moved) as connection:
        assert connection.execute("from main.kept").fetchall() == [(1,)]
