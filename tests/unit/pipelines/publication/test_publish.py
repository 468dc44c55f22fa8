"""Write, audit, publish: readers only ever see what passed."""

import stat
from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest

from orgpulse_pipelines.errors import CheckFailedError, DiskFullError, PublicationError
from orgpulse_pipelines.publication import publish as module
from orgpulse_pipelines.publication.shelf import current, publications
from orgpulse_pipelines.publication.verify import verify


def open_current(small):
    return duckdb.connect(str(small.settings.folder.published.resolve()), read_only=True)


def test_the_publication_holds_what_is_allowed_and_nothing_else(small):
    small.connection.execute("create table core.forgotten as select 1 as id; create schema landing")
    small.connection.execute("create table indicators.forgotten as select 1 as id")
    small.connection.execute("create table landing.secret as select 1 as id")
    small.publish()
    with open_current(small) as reader:
        tables = reader.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    assert {name for (name,) in tables} == {
        "core.thing",
        "core.event_lineage",
        "indicators.definition",
        "indicators.value",
        "indicators.evidence",
        "indicators.framework",
        "indicators.framework_item",
        "indicators.framework_score",
        "indicators.history",
        "marts.workforce",
        "meta.publication",
        "meta.publication_history",
        "meta.export",
        "meta.data_map",
        "meta.model",
        "meta.columns",
    }


def test_a_table_about_people_is_built_and_checked_and_never_published(small):
    people = small.model.metadata.model_copy(update={"people": True})
    small.model = replace(small.model, metadata=people)
    small.publish()
    with open_current(small) as reader:
        tables = reader.execute(
            "select table_name from duckdb_tables() where schema_name = 'core'"
        ).fetchall()
    assert tables == [("event_lineage",)]
    small.build(range(0, 4))
    with pytest.raises(CheckFailedError, match=r"core\.thing"):
        small.publish()


def test_comments_and_the_data_dictionary_are_published(small):
    small.publish()
    with open_current(small) as reader:
        found = reader.execute(
            """select "column", type, comment, table_comment from meta.columns where "table" = 'thing'"""
        ).fetchall()
        undocumented = reader.execute(
            "select count(*) from duckdb_columns() where comment is null and not internal"
        ).fetchone()
    assert found == [
        (
            "id",
            "BIGINT",
            "Number of the thing.",
            "Things as they were. Grain: one row per thing. Owner: Information management.",
        )
    ]
    assert undocumented == (0,)


def test_figures_name_the_publication_they_came_from(small):
    published = small.publish()
    with open_current(small) as reader:
        assert reader.execute("select publication_id from indicators.value").fetchall() == [
            (published.publication.id,)
        ]
        row = reader.execute("select publication_id, published_at from meta.publication").fetchone()
    assert row == (published.publication.id, published.publication.published_at.replace(tzinfo=None))


def test_the_file_is_read_only_and_reached_by_a_link_that_can_be_moved_along(small, tmp_path):
    small.publish()
    folder = small.settings.folder
    assert stat.S_IMODE(folder.published.stat().st_mode) == 0o440
    assert not folder.published.readlink().is_absolute()


def test_a_reader_keeps_its_snapshot_and_the_next_one_sees_the_new(small):
    small.publish()
    with open_current(small) as reader:
        small.build(range(1, 8))
        small.publish()
        assert reader.execute("select count(*) from core.thing").fetchone() == (3,)
    assert small.published_ids() == [1, 2, 3, 4, 5, 6, 7]


def test_a_failing_blocking_check_leaves_the_last_publication_in_place(small):
    first = small.publish().publication
    small.build(range(0, 4))
    with pytest.raises(CheckFailedError, match=r"core\.thing, id_is_positive: 1 rows"):
        small.publish()
    assert current(small.settings.folder) == first
    assert small.published_ids() == [1, 2, 3]


def test_a_model_that_was_never_built_stops_publication(small):
    small.connection.execute("drop table core.thing")
    with pytest.raises(PublicationError, match=r"core\.thing was never built"):
        small.publish()


def test_a_table_without_a_comment_is_not_published(small):
    small.connection.execute("comment on table indicators.evidence is null")
    with pytest.raises(PublicationError, match=r"indicators\.evidence"):
        small.publish()
    assert current(small.settings.folder) is None


def test_a_draft_with_other_row_counts_is_refused(small):
    path = small.publish().publication.path
    verify(path, {"core.thing": 3})
    with pytest.raises(PublicationError, match=r"core\.thing has 3 rows, not 4"):
        verify(path, {"core.thing": 4})


def test_a_disk_that_is_full_in_the_middle_leaves_no_draft_and_the_last_publication(small, monkeypatch):
    first = small.publish().publication

    def fill(connection, path, *_):
        path.write_bytes(b"half a file")
        raise duckdb.IOException("IO Error: Could not write file: No space left on device")

    monkeypatch.setattr(module, "write", fill)
    with pytest.raises(DiskFullError):
        small.publish()
    assert current(small.settings.folder) == first
    assert sorted(path.name for path in small.settings.folder.publications.iterdir()) == [
        "current.duckdb",
        first.path.name,
    ]


def test_what_a_killed_build_left_behind_is_removed(small):
    folder = small.settings.folder
    folder.prepare(folder.publications)
    leftover = folder.publications / "publication-20190101T000000000000Z.duckdb.partial"
    leftover.write_bytes(b"half a file")
    small.publish()
    assert not leftover.exists()
    assert len(publications(folder)) == 1


def test_only_the_newest_publications_are_kept(small):
    ids = [small.publish().publication.id for _ in range(small.settings.warehouse.keep_publications + 2)]
    kept = [publication.id for publication in publications(small.settings.folder)]
    assert kept == sorted(ids, reverse=True)[: small.settings.warehouse.keep_publications]
    assert kept[0] == current(small.settings.folder).id


def test_the_id_says_when_it_was_published(small):
    before = datetime.now(UTC)
    published = small.publish().publication
    assert before <= published.published_at <= datetime.now(UTC)
