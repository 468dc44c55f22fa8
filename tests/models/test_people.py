"""No table with a row about a single person is published: whatever leads to one is marked."""

from collections.abc import Iterator
from typing import Any, Final

import duckdb
import orjson
import pytest
from small_warehouse import insert
from sql_cases import all_models, empty_warehouse

from orgpulse_pipelines.data_map.flows import flows
from orgpulse_pipelines.indicators.audiences import Audiences, Limits
from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.sources import sides_about_people
from orgpulse_pipelines.indicators.workforce import build_workforce
from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.modelling.column_lineage import column_lineage
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.publication.contents import published_tables
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.subjects.index import event_columns, identifier_columns
from orgpulse_platform.settings import Settings
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.protected import ProtectedField, protected_fields
from orgpulse_schemas.registry import all_contracts

Column = tuple[str, str]
"""Table and column."""
REPORTED: Final = {"marts.duty_station_headcount", "marts.organisation_headcount"}
"""What the organisation itself reports to the United Nations system, which publishes it."""
MARK: Final = "pseudonym-of-"


def says_who(field: ProtectedField) -> bool:
    """Whether a protected field stands for a person or describes one."""
    return field.treatment.kind is TreatmentKind.PSEUDONYMISE or field.personal_data is PersonalData.ATTRIBUTE


@pytest.fixture(scope="module")
def columns_about_people() -> dict[str, set[str]]:
    """The columns of each model that are made of a pseudonym or of an attribute of a person."""
    found: dict[Column, bool] = {
        (staging_table(about), field.name): says_who(field)
        for about in staged_contracts()
        for field in protected_fields(about)
    }
    with empty_warehouse() as connection:
        for model in all_models():
            for column, origins in column_lineage(connection, model).deps_by_column.items():
                read = [(".".join(one.asset_key.path), one.column_name) for one in origins]
                found[model.name, column] = any(found.get(one, False) for one in read)
    tables: dict[str, set[str]] = {}
    for (table, column), about_people in found.items():
        if about_people:
            tables.setdefault(table, set()).add(column)
    return tables


def test_lineage_finds_the_columns_about_people(columns_about_people: dict[str, set[str]]) -> None:
    assert columns_about_people["core.dim_person"] >= {"person_id", "gender", "nationality", "age_band"}
    assert columns_about_people["marts.service"] >= {"person_id", "grade", "grade_group", "gender"}
    assert columns_about_people["core.person_history"] >= {"person_id", "grade"}


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.name)
def test_model_with_a_column_about_people_is_marked(
    model: Model, columns_about_people: dict[str, set[str]]
) -> None:
    columns = sorted(columns_about_people.get(model.name, ()))
    assert model.metadata.people or not columns, f"people: true is missing, see {columns}"


def test_rows_that_indicators_protect_as_people_come_from_marked_tables() -> None:
    reported_as_a_number = {
        ("data_protection_participants", 1, "numerator"),
        ("reported_staff", 1, "numerator"),
        ("capacity_participants", 1, "numerator"),
        ("governance_trained", 1, "numerator"),
        ("rbm_trained", 1, "numerator"),
        ("ombuds_workshop_participants", 1, "numerator"),
    }
    definitions = load_definitions()
    found = sides_about_people(definitions, all_models())
    for one in definitions:
        protected = set(one.small_number.protects) if one.small_number else set()
        sides = {"numerator", "denominator"} if "remainder" in protected else protected
        assert {(one.id, one.version, side) for side in sides} <= found | reported_as_a_number


def marked_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Staging rows of every contract's examples, with marked pseudonyms."""
    for about in staged_contracts():
        for example in examples_of(about.event_type):
            if example.violation is not None:
                continue
            data = orjson.loads(example.value)["data"]
            row = {field.name: data.get(field.name) for field in protected_fields(about)}
            for field in protected_fields(about):
                if field.treatment.kind is TreatmentKind.PSEUDONYMISE and row[field.name] is not None:
                    row[field.name] = f"{MARK}{row[field.name]}"
            yield staging_table(about), row | {"event_id": f"{about.name} {example.name}"}


def holds_mark(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return MARK in repr(connection.execute(f"from {table}").fetchall())


@pytest.fixture(scope="module")
def marked_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """Every table that a build makes, of events with marked pseudonyms."""
    with empty_warehouse() as connection:
        for table, row in marked_rows():
            insert(connection, table, [row])
        for model in all_models():
            build_table(connection, model)
        build_indicators(connection, Settings())
        build_workforce(connection, Audiences(Limits(1), Limits(1)))
        yield connection


def test_no_pseudonym_is_in_what_is_published(marked_warehouse: duckdb.DuckDBPyConnection) -> None:
    published = [table.name for table in published_tables(marked_warehouse, all_models())]
    assert {"core.dim_project", "indicators.evidence", "marts.workforce"} <= set(published)
    assert [table for table in published if holds_mark(marked_warehouse, table)] == []
    assert holds_mark(marked_warehouse, "core.dim_person"), "the marks came through, else this proves nothing"
    assert not {"core.dim_person", "marts.service"} & set(published)


def test_no_number_of_people_of_a_single_event_is_published(
    marked_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """Figures that are suppressed are sums of them."""
    published = {
        (table.name, column)
        for table in published_tables(marked_warehouse, all_models())
        for column in table.columns
        if table.name not in REPORTED
    }
    counts = [
        (about.name, field.name)
        for about in all_contracts().values()
        for field in about.fields
        if field.unit == "people"
    ]
    reached = flows(marked_warehouse, all_models())
    told = {column for field in counts for column in reached.get(field, ())}
    assert ("core.fact_workshop", "participants") in told
    assert not told & published


def test_only_columns_that_exist_are_withheld() -> None:
    for one in all_models():
        assert set(one.metadata.withheld) <= one.metadata.columns.keys()


def test_erasure_knows_every_table_with_a_pseudonym(marked_warehouse: duckdb.DuckDBPyConnection) -> None:
    indexed = identifier_columns(marked_warehouse, all_models())
    columns = marked_warehouse.execute(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() "
        "where database_name = current_database() and not internal and schema_name <> 'landing'"
    ).fetchall()
    holding = {
        (table, column)
        for table, column in columns
        if marked_warehouse.execute(
            f'select count(*) from {table} where contains("{column}"::varchar, ?)', [MARK]
        ).fetchone()
        != (0,)
    }
    assert ("marts.service", "person_id") in holding, "the marks came through, else this proves nothing"
    assert holding <= {(one.table, one.column) for one in indexed}


def test_index_of_erasure_holds_whatever_contracts_pseudonymise() -> None:
    stated = {
        (f"landing.{about.name}", field.name)
        for about in all_contracts().values()
        for field in protected_fields(about)
        if field.treatment.kind is TreatmentKind.PSEUDONYMISE
    }
    assert stated <= {(one.table, one.column) for one in event_columns()}
