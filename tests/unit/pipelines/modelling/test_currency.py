"""A model is built only if it would come out differently, and what reads it only if it did."""

import duckdb
import pytest

from orgpulse_pipelines.errors import ModelBuildError
from orgpulse_pipelines.modelling import load_model, load_models
from orgpulse_pipelines.modelling.currency import bring_up_to_date
from orgpulse_pipelines.warehouse.versions import (
    create_version_tables,
    follow,
    forget_built,
    grow,
    versions_of,
)

POSITIVE = {
    "name": "id_is_positive",
    "severity": "fail",
    "description": "Numbers begin at one.",
    "sql": "select id from core.a where id < 1",
}


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        create_version_tables(connection)
        connection.execute("create schema staging; create table staging.t as select 1 as id, 'x' as n")
        connection.execute("create table staging.other (id integer)")
        yield connection


def arrive(connection, values="(2, 'y')", table="staging.t"):
    """New rows of a staging table, as staging records them."""
    connection.execute(f"insert into {table} values {values}")
    grow(connection, table)


@pytest.fixture
def current(connection):
    def current(folder):
        return bring_up_to_date(connection, load_model(folder))

    return current


def test_a_model_whose_inputs_did_not_change_is_left_as_it_is(connection, current, write_model):
    folder = write_model("core.a", "select id from staging.t", checks=[POSITIVE])
    first, second = current(folder), current(folder)
    assert (first.built, len(first.checks)) == (True, 1)
    assert (second.built, second.checks, second.rows, second.version) == (False, (), 1, first.version)
    arrive(connection, "(3)", "staging.other")
    assert not current(folder).built


def test_new_rows_of_an_input_are_taken_in(connection, current, write_model):
    folder = write_model("core.a", "select id from staging.t")
    current(folder)
    arrive(connection)
    found = current(folder)
    assert (found.built, found.rows) == (True, 2)


def test_a_model_that_comes_out_the_same_leaves_its_readers_alone(connection, current, write_model):
    folder = write_model("core.a", "select distinct id from staging.t")
    reader = write_model("core.b", "select id from core.a")
    current(folder), current(reader)
    arrive(connection, "(1, 'z')")
    assert current(folder).built
    assert not current(reader).built
    arrive(connection, "(2, 'z')")
    assert current(folder).built
    assert current(reader).built


def test_rows_are_compared_with_how_often_they_stand(connection, current, write_model):
    folder = write_model("core.a", "select id from staging.t")
    connection.execute("delete from staging.t; insert into staging.t values (1, 'a'), (1, 'b')")
    first = current(folder)
    connection.execute("update staging.t set id = 2")
    grow(connection, "staging.t")
    assert current(folder).version == first.version + 1


def test_changed_code_is_built(connection, current, write_model):
    folder = write_model("core.a", "select id from staging.t")
    current(folder)
    (folder / "query.sql").write_text("-- grain: one row per thing\nselect id + 1 as id from staging.t\n")
    assert current(folder).built
    assert connection.execute("from core.a").fetchall() == [(2,)]


def test_a_table_that_only_a_check_reads_counts_as_input(connection, current, write_model):
    check = POSITIVE | {"sql": "select id from core.a where id in (select id from staging.other)"}
    folder = write_model("core.a", "select id from staging.t", checks=[check])
    assert current(folder).checks[0].passed
    arrive(connection, "(1)", "staging.other")
    assert not current(folder).checks[0].passed


def test_a_model_whose_blocking_check_fails_does_not_count_as_built(connection, current, write_model):
    folder = write_model("core.a", "select id from staging.t", checks=[POSITIVE])
    good = (folder / "query.sql").read_text()
    current(folder)
    (folder / "query.sql").write_text("-- grain: one row per thing\nselect id - 1 as id from staging.t\n")
    assert [outcome.blocks for outcome in current(folder).checks] == [True]
    assert [outcome.blocks for outcome in current(folder).checks] == [True]
    (folder / "query.sql").write_text(good)
    assert current(folder).built
    assert connection.execute("from core.a").fetchall() == [(1,)]


def test_a_failing_warning_counts_as_built(current, write_model):
    check = POSITIVE | {"sql": "select id from core.a", "severity": "warn"}
    folder = write_model("core.a", "select id from staging.t", checks=[check])
    assert not current(folder).checks[0].passed
    assert not current(folder).built


def test_a_build_that_fails_leaves_the_table_and_is_tried_again(connection, current, write_model):
    folder = write_model("core.a", "select n::integer as id from staging.t")
    for _ in range(2):
        with pytest.raises(ModelBuildError):
            current(folder)
    connection.execute("update staging.t set n = '7'")
    assert current(folder).rows == 1


def test_a_table_that_is_gone_is_built(connection, current, write_model):
    folder = write_model("core.a", "select id from staging.t")
    current(folder)
    connection.execute("drop table core.a")
    assert current(folder).built


def test_a_table_that_is_forgotten_is_built(connection, current, write_model):
    folder = write_model("core.a", "select id from staging.t")
    current(folder)
    forget_built(connection, ["core.a"])
    assert current(folder).built


@pytest.mark.parametrize(
    "asks",
    [
        "current_date",
        "now()",
        "today()",
        "current_timestamp",
        "random()",
        "uuid()",
        "age(timestamp '2019-01-01')",
    ],
)
def test_a_model_that_asks_the_clock_or_for_chance_is_always_built(asks, current, write_model):
    folder = write_model("core.a", f"select id from staging.t where {asks} is not null")
    assert current(folder).built
    assert current(folder).built


def test_no_model_of_the_platform_asks_the_clock_or_for_chance():
    assert [model.name for model in load_models() if not model.is_steady] == []


def test_a_view_that_is_made_again_changes_only_with_its_inputs(connection):
    connection.execute("create schema core; create view core.v as from staging.t")
    first = follow(connection, "core.v", ("staging.t",))
    assert follow(connection, "core.v", ("staging.t",)) == first
    arrive(connection)
    assert follow(connection, "core.v", ("staging.t",)) == first + 1
    assert versions_of(connection, ["core.v"]) == {"core.v": first + 1}
