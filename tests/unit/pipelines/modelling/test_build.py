"""Building a model: its table, its comments, its checks, and no value in any error."""

import traceback

import duckdb
import pytest

from orgpulse_pipelines.errors import CheckFailedError, ModelBuildError, ModelDefinitionError
from orgpulse_pipelines.modelling import build_model, load_model
from orgpulse_pipelines.modelling.column_lineage import column_lineage

UNIQUE = {
    "name": "id_is_unique",
    "severity": "fail",
    "description": "Each thing stands once.",
    "sql": "select id from core.a group by id having count(*) > 1",
}


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute(
            "create schema staging; create table staging.t as select 1 as id, 'zyxcanary' as n"
        )
        yield connection


def build(connection, folder):
    return build_model(connection, load_model(folder))


def test_the_table_carries_the_comments_of_its_metadata(connection, write_model):
    folder = write_model("core.a", "select id from staging.t", columns={"id": "The thing's number."})
    assert build(connection, folder).rows == 1
    (comment,) = connection.execute("select comment from duckdb_tables() where table_name = 'a'").fetchone()
    columns = connection.execute(
        "select column_name, comment from duckdb_columns() where table_name = 'a'"
    ).fetchall()
    assert comment == "Things as they were. Grain: one row per thing. Owner: Information management."
    assert columns == [("id", "The thing's number.")]


def test_building_again_replaces_the_table(connection, write_model):
    folder = write_model("core.a", "select id from staging.t")
    build(connection, folder)
    connection.execute("delete from staging.t")
    assert build(connection, folder).rows == 0


@pytest.mark.parametrize(
    ("columns", "said"),
    [({"n": "Name."}, "does not document id"), ({"id": "1.", "z": "2."}, "gives no z|, z,|z")],
)
def test_query_and_documentation_must_name_the_same_columns(columns, said, connection, write_model):
    with pytest.raises(ModelDefinitionError, match=said):
        build(connection, write_model("core.a", "select id from staging.t", columns=columns))


def test_a_failing_blocking_check_stops_with_its_name_and_rows(connection, write_model):
    connection.execute("insert into staging.t values (1, 'b'), (1, 'c')")
    folder = write_model("core.a", "select id from staging.t", checks=[UNIQUE])
    with pytest.raises(CheckFailedError, match=r"core\.a, id_is_unique: 1 rows"):
        build(connection, folder)


def test_a_failing_warning_is_counted_and_goes_on(connection, write_model):
    connection.execute("insert into staging.t values (1, 'b')")
    folder = write_model("core.a", "select id from staging.t", checks=[UNIQUE | {"severity": "warn"}])
    (outcome,) = build(connection, folder).checks
    assert (outcome.violations, outcome.passed, outcome.blocks) == (1, False, False)


def test_a_failing_query_keeps_the_table_before_and_tells_no_value(connection, write_model):
    folder = write_model("core.a", "select id from staging.t")
    build(connection, folder)
    (folder / "query.sql").write_text("-- grain: one row per thing\nselect n::int as id from staging.t\n")
    with pytest.raises(ModelBuildError) as caught:
        build(connection, folder)
    told = "".join(traceback.format_exception(caught.value)) + caught.value.message
    assert "ConversionException" in told
    assert "zyxcanary" not in told
    assert connection.execute("select count(*) from core.a").fetchone() == (1,)


def test_column_lineage_follows_ctes_to_the_source(connection, write_model):
    query = "with named as (select id, n || '!' as loud from staging.t) select id, loud from named"
    model = load_model(write_model("core.a", query, columns={"id": "Number.", "loud": "Name."}))
    lineage = column_lineage(connection, model).deps_by_column
    assert {
        column: [(".".join(dep.asset_key.path), dep.column_name) for dep in deps]
        for column, deps in lineage.items()
    } == {"id": [("staging.t", "id")], "loud": [("staging.t", "n")]}
