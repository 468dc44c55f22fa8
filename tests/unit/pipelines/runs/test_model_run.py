"""Models as Dagster runs them: blocking checks stop what follows, and no value reaches Dagster's records."""

import dagster as dg
import pytest
import yaml

from orgpulse_pipelines.errors import CheckFailedError, ModelBuildError
from orgpulse_pipelines.modelling import load_model
from orgpulse_pipelines.modelling.component import model_asset
from orgpulse_pipelines.runs.failure import explain
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.resource import Warehouse

CANARY = "zyxcanary"


def model(folder, query, severity="fail"):
    meta = {
        "owner": "Information management",
        "description": "Things as they were.",
        "retention": "ten years",
        "columns": {"id": "Number of the thing."},
        "checks": [
            {
                "name": "id_is_positive",
                "severity": severity,
                "description": "Numbers begin at one.",
                "sql": "select id from core.thing where id < 1",
            }
        ],
    }
    folder = folder / "core" / "thing"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "query.sql").write_text(f"-- grain: one row per thing\n{query}\n")
    (folder / "meta.yaml").write_text(yaml.safe_dump(meta))
    return load_model(folder)


@pytest.fixture
def run(settings, tmp_path, monkeypatch):
    """Materialises a model over ``staging.thing``, then a table that follows it; what became of both."""
    monkeypatch.setenv("ORGPULSE_STATE", str(settings.state))
    with open_warehouse(settings) as connection:
        connection.execute("create schema staging; create table staging.thing (id bigint, name varchar)")
        connection.execute(f"insert into staging.thing values (0, '{CANARY}'), (1, 'b')")

    def run(query, severity="fail", *, raise_on_error=False):
        followed = []

        @dg.asset(deps=[dg.AssetKey(["core", "thing"])])
        def publication():
            followed.append(True)

        with dg.instance_for_test() as instance:
            result = dg.materialize(
                [model_asset(model(tmp_path, query, severity)), publication],
                resources={"warehouse": Warehouse()},
                instance=instance,
                raise_on_error=raise_on_error,
            )
            records = "".join(str(entry) for entry in instance.all_logs(result.run_id))
        return result, bool(followed), records

    return run


def test_a_failing_blocking_check_keeps_the_publication_from_running(run):
    result, followed, _ = run("select id from staging.thing")
    assert not result.success
    assert not followed
    (evaluation,) = result.get_asset_check_evaluations()
    assert evaluation.metadata["violations"].value == 1


def test_a_failing_warning_lets_the_publication_run(run):
    result, followed, _ = run("select id from staging.thing", "warn")
    assert result.success
    assert followed


def test_rows_columns_and_column_lineage_are_shown(run):
    result, _, _ = run("select id from staging.thing where id > 0")
    (materialization,) = result.asset_materializations_for_node("core__thing")
    metadata = materialization.metadata
    lineage = metadata["dagster/column_lineage"].value.deps_by_column["id"]
    assert metadata["dagster/row_count"].value == 1
    assert metadata["dagster/column_schema"].value.columns[0].description == "Number of the thing."
    assert [(dep.asset_key, dep.column_name) for dep in lineage] == [
        (dg.AssetKey(["staging", "thing"]), "id")
    ]


def test_a_failing_query_leaves_no_value_in_dagsters_records(run):
    result, followed, records = run("select name::bigint as id from staging.thing")
    assert not result.success
    assert not followed
    assert "ConversionException" in records
    assert CANARY not in records


def test_people_are_told_the_step_that_failed_not_dagsters_wrapping(run):
    with pytest.raises(Exception, match=r"core\.thing") as caught:
        run("select name::bigint as id from staging.thing", raise_on_error=True)
    assert isinstance(explain(caught.value, [], "run-1"), ModelBuildError)


def test_a_failing_check_is_told_by_name_and_rows():
    found = explain(RuntimeError(), ["core.thing, id_is_positive: 1 rows"], "run-1")
    assert isinstance(found, CheckFailedError)
    assert "id_is_positive: 1 rows" in found.message


def test_a_table_that_is_left_as_it_was_is_shown_as_such_and_its_readers_still_run(run):
    first, _, _ = run("select id from staging.thing where id > 0")
    second, followed, _ = run("select id from staging.thing where id > 0")
    assert first.get_asset_check_evaluations()
    assert second.get_asset_check_evaluations() == []
    assert followed
    before, after = (
        result.asset_materializations_for_node("core__thing")[0].metadata for result in (first, second)
    )
    assert (before["skipped"].value, after["skipped"].value) == (False, True)
    for shown in ("dagster/row_count", "dagster/column_schema", "dagster/column_lineage"):
        assert after[shown] == before[shown]
