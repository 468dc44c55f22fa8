"""The definitions that ship: what each of them must keep, tested the moment a new one is added."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from small_warehouse import needed
from sql_cases import empty_warehouse

from orgpulse_pipelines.indicators.definition import (
    DEFINITIONS,
    EVERY_CONTRACT,
    Definition,
    Measure,
    load_definitions,
)
from orgpulse_pipelines.indicators.measuring import relation
from orgpulse_pipelines.indicators.sources import tables_measured
from orgpulse_pipelines.indicators.targets import load_targets
from orgpulse_pipelines.modelling.model import GENERATED
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
    models = needed(tables_measured((definition,)))
    tables = {name for model in models.values() for name in model.depends_on} | tables_measured((definition,))
    read = {about.name for about in all_contracts().values() if staging_table(about) in tables}
    if tables & GENERATED:
        read.add(EVERY_CONTRACT)
    assert set(definition.events) <= {EVERY_CONTRACT, *(about.name for about in all_contracts().values())}
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
def test_measures_return_days_unit_value_event_and_dimensions_and_nothing_else(
    definition: Definition, warehouse: duckdb.DuckDBPyConnection
) -> None:
    for measure in definition.measures.values():
        rows = warehouse.execute(f"describe {relation(measure.sql)} select * from measure").fetchall()
        days = {"day"} if measure.counts == "flow" else {"valid_from", "valid_to"}
        wanted = {*days, "unit_id", "event_id", *definition.dimensions}
        wanted |= {"since"} if measure.counts == "age" else set()
        wanted |= {"key"} if measure.aggregate in ("distinct", "concentration") else set()
        wanted |= {definition.dominance.giver} if definition.dominance else set()
        optional = {"value"} if measure.counts == "age" or measure.aggregate == "distinct" else set()
        found = {row[0] for row in rows}
        assert found - optional == wanted | ({"value"} - optional)


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
        "marts.service",
        "marts.age_structure",
        "marts.reassignments",
        "marts.recruitments",
        "marts.programme_participation",
        "core.roster_entry",
        "core.fact_roster_deployment",
        "core.fact_candidate_assessment",
        "core.fact_objectives",
        "core.fact_multi_rater_feedback",
        "marts.training_coverage",
        "marts.learners",
        "marts.appraisals",
        "marts.separations",
        "marts.learning",
        "marts.training_validity",
        "core.dim_partner_person",
        "core.fact_attendance",
        "core.fact_behaviour_followup",
        "core.fact_feedback",
        "core.fact_matter",
        "core.fact_ombuds_case",
    }
    counts_things = {"nationalities_represented"}
    if definition.id not in counts_things and tables_measured((definition,)) & person_grain:
        assert definition.small_number is not None


def test_every_target_belongs_to_an_indicator() -> None:
    assert load_targets().keys() <= {one.id for one in ALL}


def test_file_names_are_the_identities() -> None:
    assert {path.stem.partition("@")[0] for path in DEFINITIONS.glob("*.yaml")} == {one.id for one in ALL}
