"""The definitions that ship: what each of them must keep, tested the moment a new one is added."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from sql_cases import all_models, closure, empty_warehouse

from orgpulse_pipelines.indicators.definition import DEFINITIONS, Definition, Measure, load_definitions
from orgpulse_pipelines.indicators.evaluation import relation
from orgpulse_pipelines.indicators.sources import tables_measured
from orgpulse_pipelines.indicators.targets import load_targets
from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.systems import SYSTEMS

CASES = Path(__file__).parents[3] / "indicators"
ALL = load_definitions()
EVERY = pytest.mark.parametrize("definition", ALL, ids=lambda one: f"{one.id} v{one.version}")


def measures(definition: Definition) -> list[Measure]:
    return [one for one in (definition.numerator, definition.denominator) if one is not None]


def test_there_are_indicators_of_every_pillar() -> None:
    assert len(ALL) >= 22
    assert {one.pillar for one in ALL} == {"principled", "purposeful", "prepared"}


@EVERY
def test_every_indicator_has_a_case(definition: Definition) -> None:
    assert list((CASES / definition.id).glob("*.yaml")), f"no case in tests/indicators/{definition.id}"


def test_every_case_belongs_to_an_indicator() -> None:
    folders = {path.name for path in CASES.iterdir() if any(path.glob("*.yaml"))}
    assert folders <= {one.id for one in ALL}


@EVERY
def test_events_are_what_the_measures_are_computed_from(definition: Definition) -> None:
    tables = {
        name
        for model in all_models()
        if model.name in closure(tables_measured((definition,)), all_models())
        for name in model.depends_on
    }
    read = {about.name for about in all_contracts().values() if staging_table(about) in tables}
    assert set(definition.events) <= {about.name for about in all_contracts().values()}
    assert set(definition.events) <= read, "names events that its tables are not built from"


@EVERY
def test_system_belongs_to_the_pillar(definition: Definition) -> None:
    prefixes = {"PR": "principled", "PU": "purposeful", "PE": "prepared"}
    assert prefixes[definition.system[:2]] == definition.pillar
    if definition.system in SYSTEMS:
        assert SYSTEMS[definition.system].pillar == definition.pillar


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_warehouse() as connection:
        yield connection


@EVERY
def test_measures_return_the_four_columns(
    definition: Definition, warehouse: duckdb.DuckDBPyConnection
) -> None:
    for measure in measures(definition):
        rows = warehouse.execute(f"describe {relation(measure.sql)} select * from measure").fetchall()
        assert [row[0] for row in rows] == ["period_start", "unit_id", "value", "event_id"]


@EVERY
def test_no_target_hides_in_the_sql(definition: Definition) -> None:
    target = load_targets().get(definition.id)
    if target is None or target.target is None:
        return
    for measure in measures(definition):
        assert str(target.target) not in measure.sql


@EVERY
def test_indicators_of_people_protect_them(definition: Definition) -> None:
    person_grain = {
        "marts.workforce_year_end",
        "marts.training_coverage",
        "marts.learners",
        "marts.appraisals",
        "marts.separations",
        "core.fact_attendance",
        "core.fact_feedback",
    }
    counts_things = {"nationalities_represented"}
    if definition.id not in counts_things and tables_measured((definition,)) & person_grain:
        assert definition.small_number is not None


def test_every_target_belongs_to_an_indicator() -> None:
    assert load_targets().keys() <= {one.id for one in ALL}


def test_file_names_are_the_identities() -> None:
    assert {path.stem.partition("@")[0] for path in DEFINITIONS.glob("*.yaml")} == {one.id for one in ALL}
