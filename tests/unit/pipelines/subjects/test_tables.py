"""Tables let go of a person without losing a row, and the file keeps no trace."""

from datetime import UTC, datetime

import duckdb
import pytest
from protected_events import PROMOTION, batch, event

from orgpulse_pipelines.errors import DiskFullError
from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.retention.unlink import unlink_due
from orgpulse_pipelines.runs.rekey import rekey
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.subjects.erase import unlink_warehouse
from orgpulse_pipelines.subjects.errors import UnindexedTableError
from orgpulse_pipelines.subjects.index import IdentifierColumn, identifier_columns
from orgpulse_pipelines.subjects.publications import find_in_publications, unlink_publications
from orgpulse_pipelines.subjects.subject import subject_of
from orgpulse_pipelines.subjects.tables import rows_by_table, sweep
from orgpulse_pipelines.warehouse import rewrite
from orgpulse_pipelines.warehouse.changes import keep_changes, tells_changes
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.keyring.document import PSEUDONYM, Use
from orgpulse_platform.keyring.rotation import rotate

LANDED, STAGED = f"landing.{PROMOTION.name}", f"staging.{PROMOTION.name}"


@pytest.fixture
def subject(keyring):
    return subject_of(keyring, "P000042")


@pytest.fixture
def other(keyring):
    return keyring.pseudonym("person", "P000043")


@pytest.fixture
def warehouse(settings, keyring, connection, land, other):
    """A warehouse file with three events of the person and one of another."""
    pseudonym = keyring.pseudonym("person", "P000042")
    values = [event(PROMOTION, number, personnel_id=pseudonym) for number in (1, 2, 3)]
    land(batch(*values, event(PROMOTION, 4, personnel_id=other)))
    stage_family(connection, "hr")
    with open_warehouse(settings) as file:
        create_landing_tables(file, "hr")
        for table in (LANDED, STAGED):
            rows = connection.execute(f"from {table}").to_arrow_table()
            file.register("rows", rows)
            file.execute("create schema if not exists staging")
            file.execute(f"create or replace table {table} as from rows")
            file.unregister("rows")
    return settings


def test_every_row_stays_and_one_person_stays_one(warehouse, subject, other):
    assert unlink_warehouse(warehouse, subject) == {LANDED: 3, STAGED: 3}
    with open_warehouse(warehouse) as connection:
        for table in (LANDED, STAGED):
            people = connection.execute(f"select personnel_id, count(*) from {table} group by 1").fetchall()
            assert sorted(count for _, count in people) == [1, 3]
            assert other in dict(people)
        assert rows_by_table(connection, subject, identifier_columns(connection)) == {}
    assert unlink_warehouse(warehouse, subject) == {}, "the second time nothing is left"


def test_both_layers_get_the_same_surrogate(warehouse, subject):
    unlink_warehouse(warehouse, subject)
    with open_warehouse(warehouse) as connection:
        row = connection.execute(
            f"select count(distinct landed.personnel_id) from {LANDED} as landed "
            f"join {STAGED} as staged using (event_id, personnel_id)"
        ).fetchone()
    assert row == (2,)


def test_no_byte_of_the_file_holds_the_pseudonym(warehouse, subject):
    path = warehouse.folder.warehouse
    assert subject.under_pseudonym_in(path.read_bytes()), "else this proves nothing"
    unlink_warehouse(warehouse, subject)
    assert not any(subject.under_pseudonym_in(one.read_bytes()) for one in path.parent.iterdir())


def test_file_keeps_comments_and_views(warehouse, subject):
    with open_warehouse(warehouse) as connection:
        connection.execute(f"create view landing.seen as select event_id from {LANDED}")
        connection.execute("comment on view landing.seen is 'Seen.'")
    unlink_warehouse(warehouse, subject)
    with open_warehouse(warehouse) as connection:
        assert connection.execute("select count(*) from landing.seen").fetchone() == (4,)
        comment = connection.execute(
            "select comment from duckdb_columns() where table_name = 'hr_separation_recorded_v1' "
            "and column_name = 'event_id'"
        ).fetchone()
    assert comment is not None
    assert comment[0]


def test_kill_before_the_file_is_written_anew_is_made_up_for(warehouse, subject, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(rewrite, "_put_in_place", interrupt)
        with pytest.raises(KeyboardInterrupt):
            unlink_warehouse(warehouse, subject)
    unlink_warehouse(warehouse, subject)
    folder = warehouse.folder.warehouse.parent
    assert not any(subject.under_pseudonym_in(one.read_bytes()) for one in folder.iterdir())


def held(warehouse, subject) -> bool:
    """Whether any byte beside the warehouse holds a pseudonym of the person."""
    folder = warehouse.folder.warehouse.parent
    return any(subject.under_pseudonym_in(one.read_bytes()) for one in folder.iterdir() if one.is_file())


def test_rekey_leaves_no_byte_of_the_older_pseudonym(warehouse, subject):
    assert held(warehouse, subject)
    rotate(warehouse, Use(PSEUDONYM, "person"))
    assert rekey(warehouse) == 8
    assert not held(warehouse, subject)
    assert rekey(warehouse) == 0


def test_what_retention_overwrote_is_gone_from_the_file_after_a_day(warehouse, subject):
    with open_warehouse(warehouse) as connection:
        assert unlink_due(connection, datetime(2200, 1, 1, tzinfo=UTC))
    assert not rewrite.rewrite_warehouse(warehouse, rewrite.DAY)
    assert held(warehouse, subject), "else this proves nothing"
    with open_warehouse(warehouse) as connection:
        connection.execute(f"update {rewrite.REWRITE_DUE} set since = since - interval 25 hours")
    assert rewrite.rewrite_warehouse(warehouse, rewrite.DAY)
    assert not held(warehouse, subject)
    assert not rewrite.rewrite_warehouse(warehouse, rewrite.DAY)


def test_a_disk_that_is_full_keeps_the_old_file_and_no_draft(warehouse, subject, monkeypatch):
    def full(*_):
        raise duckdb.IOException("Could not write file: No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(rewrite, "_copy", full)
        with pytest.raises(DiskFullError):
            unlink_warehouse(warehouse, subject)
    names = {one.name for one in warehouse.folder.warehouse.parent.iterdir()}
    assert not [name for name in names if rewrite.DRAFT in name]
    assert rewrite.rewrite_warehouse(warehouse)
    assert not held(warehouse, subject)


def test_build_makes_anew_what_reads_the_changed_tables(warehouse, subject):
    unlink_warehouse(warehouse, subject)
    with open_warehouse(warehouse) as connection:
        rows = connection.execute("select table_name from meta.table_version").fetchall()
    assert {STAGED, LANDED} <= {name for (name,) in rows}


def test_rows_that_went_from_a_table_are_forgotten(warehouse, subject):
    with open_warehouse(warehouse) as connection:
        keep_changes(connection, STAGED, f"from {STAGED}")
        connection.execute(f"delete from {LANDED}; delete from {STAGED}")
    assert unlink_warehouse(warehouse, subject) == {}
    with open_warehouse(warehouse) as connection:
        assert not tells_changes(connection, STAGED)
    assert not subject.under_pseudonym_in(warehouse.folder.warehouse.read_bytes())


def test_table_that_the_index_misses_stops_the_erasure(warehouse, subject):
    with open_warehouse(warehouse) as connection:
        connection.execute("create schema core")
        connection.execute(f"create table core.by_hand as select [personnel_id] as people from {LANDED}")
    with pytest.raises(UnindexedTableError, match="by_hand"):
        unlink_warehouse(warehouse, subject)


def test_index_names_the_columns_that_contracts_pseudonymise(warehouse):
    with open_warehouse(warehouse) as connection:
        assert IdentifierColumn(LANDED, "personnel_id") in identifier_columns(connection)


def test_publication_that_holds_the_person_is_mended_in_its_place(settings, subject, keyring):
    shelf = settings.folder.prepare(settings.folder.publications)
    path = shelf / "publication-20260101T000000000000Z.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema core")
        pseudonym = keyring.pseudonym("person", "P000042")
        connection.execute("create table core.leaked as select ? as who, 1 as one", [pseudonym])
    assert [one.entries for one in find_in_publications(settings, subject)] == [1]
    unlink_publications(settings, subject)
    assert list(find_in_publications(settings, subject)) == []
    assert not any(subject.under_pseudonym_in(one.read_bytes()) for one in shelf.iterdir())
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select one from core.leaked").fetchall() == [(1,)]
        assert sweep(connection, subject, path.stem) == {}


def interrupt(*_):
    raise KeyboardInterrupt
