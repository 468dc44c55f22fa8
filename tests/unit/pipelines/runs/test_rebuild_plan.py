"""What a rebuild makes anew, in which order, and what cannot be asked for."""

import duckdb
import pytest

from orgpulse_pipelines.asset_names import table_key
from orgpulse_pipelines.errors import RebuildError
from orgpulse_pipelines.modelling import load_models
from orgpulse_pipelines.runs.period import parse_period
from orgpulse_pipelines.runs.rebuild import ask_for, plan_everything, plan_families, plan_table
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.versions import staged_contracts
from orgpulse_pipelines.warehouse.requests import EVER
from orgpulse_schemas.registry import all_families

POSITIONS = "staging.hr_position_created_v1"


def test_a_model_brings_all_that_is_made_of_it_in_the_order_in_which_it_is_made():
    plan = plan_table("core.dim_position", "landing")
    order = [model.name for model in load_models()]
    assert plan.models[0] == "core.dim_position"
    assert "marts.positions" in plan.models
    assert list(plan.models) == sorted(plan.models, key=order.index)
    assert (plan.families, plan.staged) == ((), ())


def test_a_staging_table_brings_its_models_and_from_kafka_its_family():
    plan = plan_table(POSITIONS, "landing")
    assert (plan.families, plan.staged) == ((), (POSITIONS,))
    assert "core.dim_position" in plan.models
    assert "core.fact_contribution" not in plan.models
    assert plan_table(POSITIONS, "kafka").families == ("hr",)


def test_a_family_brings_its_staging_tables():
    plan = plan_families(["hr"], EVER, "kafka")
    assert plan.families == ("hr",)
    assert len(plan.staged) == len(staged_contracts("hr"))


def test_a_period_brings_the_events_of_all_families_that_happened_in_it():
    span = parse_period("2019-03..2019-06")
    plan = plan_families(all_families(), span, "landing")
    assert (plan.families, plan.span) == ((), span)
    assert len(plan.staged) == len(staged_contracts())


def test_everything_is_everything():
    plan = plan_everything("kafka")
    assert plan.families == tuple(all_families())
    assert plan.models == tuple(model.name for model in load_models())
    assert table_key("core.dim_language") in plan.asset_keys, "no event makes it"


@pytest.mark.parametrize("table", ["core.nothing", "landing.hr_position_created_v1", "indicators.value", "x"])
def test_what_nothing_makes_cannot_be_made_anew(table):
    with pytest.raises(RebuildError, match="no model and no contract makes"):
        plan_table(table, "landing")


def test_what_every_build_makes_needs_no_rebuild():
    with pytest.raises(RebuildError, match=r"every build makes core\.dim_language"):
        plan_table("core.dim_language", "landing")


def test_a_model_is_not_made_of_kafka():
    with pytest.raises(RebuildError, match="made of staging tables"):
        plan_table("core.dim_position", "kafka")


def test_an_unknown_family_is_answered_with_those_that_there_are():
    with pytest.raises(RebuildError, match=r"fleet.*hr"):
        plan_families(["fleet"], EVER, "landing")


def test_a_rebuild_from_landing_needs_no_load_of_a_contract_that_is_new():
    with duckdb.connect() as connection:
        ask_for(connection, plan_families(["conduct"], EVER, "landing"))
        assert {staged.total for staged in stage_family(connection, "conduct")} == {0}
