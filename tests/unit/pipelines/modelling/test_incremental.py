"""Of a table with a declared key, only the parts are made anew that its inputs' changes touch."""

import duckdb
import pytest

from orgpulse_pipelines.errors import ModelBuildError
from orgpulse_pipelines.modelling import load_model
from orgpulse_pipelines.modelling.currency import bring_up_to_date
from orgpulse_pipelines.modelling.dependencies import read_from
from orgpulse_pipelines.warehouse.changes import keep_changes
from orgpulse_pipelines.warehouse.versions import create_version_tables, forget_built, grow

NEWEST = """
    select thing.id, thing.n, kind.name from staging.t as thing
    left join staging.kind as kind using (n)
    qualify row_number() over (partition by id order by day desc) = 1
"""
COLUMNS = {"id": "Number of the thing.", "n": "Number of its kind.", "name": "Name of its kind."}
PARTS = {"key": ["id"], "lookups": {"staging.kind": ["n"]}}


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        create_version_tables(connection)
        connection.execute(
            "create schema staging; create table staging.t (id integer, n integer, day integer)"
        )
        connection.execute("create table staging.kind (n integer, name varchar)")
        arrive(connection, "staging.t", "(1, 1, 1), (2, 2, 1), (null, 2, 1)")
        arrive(connection, "staging.kind", "(1, 'one'), (2, 'two')")
        yield connection


@pytest.fixture
def folder(write_model):
    return write_model("core.a", NEWEST, columns=COLUMNS, incremental=PARTS)


def arrive(connection, table, values):
    """New rows of a table, and word of them."""
    connection.execute(f"insert into {table} values {values}")
    keep_changes(connection, table, f"from (values {values})  as came ({columns(connection, table)})")
    grow(connection, table, told=True)


def columns(connection, table):
    return ", ".join(row[0] for row in connection.execute(f"describe {table}").fetchall())


def rows(connection):
    return connection.execute("from core.a order by all").fetchall()


def test_only_touched_parts_are_made_anew(connection, folder):
    assert not bring_up_to_date(connection, load_model(folder)).in_parts
    connection.execute("update core.a set name = 'left as it is' where id = 1")
    arrive(connection, "staging.t", "(2, 1, 2), (3, 3, 1), (null, 1, 2)")
    assert bring_up_to_date(connection, load_model(folder)).in_parts
    assert rows(connection) == [
        (1, 1, "left as it is"), (2, 1, "one"), (3, 3, None), (None, 1, "one"),
    ]  # fmt: skip


def test_a_lookup_touches_the_rows_that_are_joined_with_it(connection, folder):
    arrive(connection, "staging.t", "(3, 3, 1)")
    bring_up_to_date(connection, load_model(folder))
    arrive(connection, "staging.kind", "(3, 'three')")
    assert bring_up_to_date(connection, load_model(folder)).in_parts
    assert rows(connection)[2] == (3, 3, "three")


def test_parts_that_come_out_as_before_leave_the_version(connection, folder):
    before = bring_up_to_date(connection, load_model(folder))
    arrive(connection, "staging.t", "(1, 7, 0)")
    found = bring_up_to_date(connection, load_model(folder))
    assert (found.in_parts, found.version) == (True, before.version)


def test_content_is_known_without_reading_the_whole(connection, folder):
    bring_up_to_date(connection, load_model(folder))
    arrive(connection, "staging.t", "(1, 2, 2), (4, 1, 1)")
    in_parts = bring_up_to_date(connection, load_model(folder))
    forget_built(connection, ["core.a"])
    whole = bring_up_to_date(connection, load_model(folder))
    assert (in_parts.in_parts, whole.in_parts) == (True, False)
    assert whole.version == in_parts.version


def test_what_a_reader_missed_is_made_up_for_by_the_whole(connection, folder):
    bring_up_to_date(connection, load_model(folder))
    arrive(connection, "staging.t", "(3, 1, 1)")
    arrive(connection, "staging.t", "(4, 1, 1)")
    assert not bring_up_to_date(connection, load_model(folder)).in_parts
    assert [row[0] for row in rows(connection)] == [1, 2, 3, 4, None]


def test_a_change_that_nobody_told_apart_is_followed_by_the_whole(connection, folder):
    bring_up_to_date(connection, load_model(folder))
    connection.execute("delete from staging.t where id = 2")
    grow(connection, "staging.t")
    assert not bring_up_to_date(connection, load_model(folder)).in_parts
    assert [row[0] for row in rows(connection)] == [1, None]


def test_an_input_without_the_key_is_followed_by_the_whole(connection, write_model):
    folder = write_model("core.a", NEWEST, columns=COLUMNS, incremental={"key": ["id"]})
    bring_up_to_date(connection, load_model(folder))
    arrive(connection, "staging.kind", "(3, 'three')")
    assert not bring_up_to_date(connection, load_model(folder)).in_parts


def test_changes_go_on_from_table_to_table(connection, folder, write_model):
    reader = write_model("core.b", "select id, name from core.a", columns={"id": "Number.", "name": "Name."},
                         incremental={"key": ["id"]})  # fmt: skip
    for model in (folder, reader):
        bring_up_to_date(connection, load_model(model))
    arrive(connection, "staging.t", "(1, 2, 2)")
    assert all(bring_up_to_date(connection, load_model(model)).in_parts for model in (folder, reader))
    assert connection.execute("select name from core.b where id = 1").fetchall() == [("two",)]


def test_a_build_that_fails_half_way_leaves_the_table_and_is_tried_again(connection, write_model):
    folder = write_model("core.a", "select id, if(n > 8, error('no'), n) as n from staging.t",
                         columns={"id": "Number.", "n": "Number."}, incremental={"key": ["id"]})  # fmt: skip
    bring_up_to_date(connection, load_model(folder))
    arrive(connection, "staging.t", "(9, 9, 1)")
    for _ in range(2):
        with pytest.raises(ModelBuildError):
            bring_up_to_date(connection, load_model(folder))
    assert len(rows(connection)) == 3
    connection.execute("update staging.t set n = 8 where n = 9")
    assert bring_up_to_date(connection, load_model(folder)).in_parts
    assert len(rows(connection)) == 4


def test_names_of_tables_in_texts_stay():
    sql = "select 'core.a' as \"core.a\", a.id from core.a as a join staging.a using (id) -- core.a"
    assert read_from(sql, {"core.a": "temp.a"}) == (
        "select 'core.a' as \"core.a\", a.id from temp.a as a join staging.a using (id) -- core.a"
    )
