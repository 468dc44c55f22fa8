"""Model folders: what is well formed, and in which order they are built."""

import pytest

from orgpulse_pipelines.errors import ModelDefinitionError
from orgpulse_pipelines.modelling import load_model, load_models

POSITIONS = "staging.hr_position_created_v1"


def test_dependencies_are_read_from_the_sql(write_model):
    query = f"""
    with named as (select * from {POSITIONS}), latest as (select * from named)
    select a.id from latest as a join core.b as b using (id), range(3)
    """
    assert load_model(write_model("core.a", query)).depends_on == {POSITIONS, "core.b"}


def test_models_come_after_the_models_they_read(write_model, tmp_path):
    write_model("core.a", "select id from core.z")
    write_model("core.z", f"select id from {POSITIONS}")
    write_model("marts.m", "select id from core.a")
    assert [model.name for model in load_models(tmp_path)] == ["core.z", "core.a", "marts.m"]


def test_models_that_read_each_other_are_refused(write_model, tmp_path):
    write_model("core.a", "select id from core.b")
    write_model("core.b", "select id from core.a")
    with pytest.raises(ModelDefinitionError, match="read each other"):
        load_models(tmp_path)


@pytest.mark.parametrize("missing", ["core.nothing", "marts.nothing", "staging.nothing_v1"])
def test_a_model_that_reads_what_nothing_makes_is_refused(missing, write_model, tmp_path):
    write_model("core.a", f"select id from {missing}")
    with pytest.raises(ModelDefinitionError, match=missing):
        load_models(tmp_path)


def test_the_lineage_of_events_may_be_read(write_model, tmp_path):
    write_model("core.a", "select event_id as id from core.event_lineage")
    assert len(load_models(tmp_path)) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select id from landing.hr_position_created_v1", "reads landing"),
        ("select id from positions", "positions is read without its schema"),
        ("select id from from", "cannot be parsed"),
        ("select 1 as id; select 2 as id", "one select"),
        ("drop table core.a", "one select"),
    ],
)
def test_a_query_that_is_no_single_select_over_known_layers_is_refused(query, said, write_model):
    with pytest.raises(ModelDefinitionError, match=said):
        load_model(write_model("core.a", query))


def test_a_model_without_its_grain_is_refused(write_model):
    with pytest.raises(ModelDefinitionError, match="one row per"):
        load_model(write_model("core.a", "select 1 as id", grain="-- positions"))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"owner": None}, "owner"),
        ({"colour": "red"}, "colour"),
        (
            {"checks": [{"name": "ok_1", "severity": "maybe", "description": "x" * 10, "sql": "x" * 10}]},
            "checks",
        ),
    ],
)
def test_metadata_that_are_not_well_formed_are_named_by_their_place(changes, place, write_model):
    with pytest.raises(ModelDefinitionError, match=f"core.a: meta.yaml, {place}"):
        load_model(write_model("core.a", "select 1 as id", **changes))


def test_a_folder_without_metadata_is_refused(write_model):
    folder = write_model("core.a", "select 1 as id")
    (folder / "meta.yaml").unlink()
    with pytest.raises(ModelDefinitionError, match=r"meta\.yaml"):
        load_model(folder)


def test_the_version_changes_with_the_query_and_with_the_metadata(write_model):
    versions = {
        load_model(write_model("core.a", "select 1 as id")).version,
        load_model(write_model("core.b", "select 2 as id")).version,
        load_model(write_model("core.c", "select 1 as id", columns={"id": "Other."})).version,
        load_model(write_model("core.d", "select 1 as id")).version,
    }
    assert len(versions) == 3


def test_the_models_that_ship_are_well_formed_and_commented():
    models = load_models()
    assert {model.schema for model in models} == {"core", "marts"}
    assert all(model.metadata.checks or model.depends_on for model in models)
