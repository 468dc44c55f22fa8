"""The data map as a table: every field of every contract, and what protection does with it."""

import duckdb
import pytest

from orgpulse_pipelines.staging.contract_fields import COLUMNS, CONTRACT_FIELDS, create_contract_fields
from orgpulse_schemas.registry import all_contracts


@pytest.fixture
def fields():
    with duckdb.connect() as connection:
        create_contract_fields(connection)
        create_contract_fields(connection)  # a second build replaces it
        yield connection


def test_every_field_of_every_contract_stands_once(fields):
    expected = {(about.name, field.name) for about in all_contracts().values() for field in about.fields}
    found = fields.execute(f"select contract, field from {CONTRACT_FIELDS}").fetchall()
    assert set(found) == expected
    assert len(found) == len(expected)


def test_a_field_says_whose_data_it_is_and_what_becomes_of_it(fields):
    row = fields.execute(
        f"select system, personal_data, treatment, treatment_detail from {CONTRACT_FIELDS} "
        "where contract = 'hr_appointment_made_v1' and field = 'personnel_id'"
    ).fetchone()
    assert row == ("PE-3", "identifier", "pseudonymise", "person")


def test_a_field_about_nobody_has_no_detail(fields):
    row = fields.execute(
        f"select personal_data, treatment, treatment_detail, unit from {CONTRACT_FIELDS} "
        "where contract = 'environment_water_use_reported_v1' and field = 'water'"
    ).fetchone()
    assert row == ("none", "keep", None, "m3")


def test_table_and_columns_are_commented(fields):
    rows = fields.execute(
        "select column_name, comment from duckdb_columns() where table_name = 'dim_contract_field'"
    ).fetchall()
    assert dict(rows) == {name: " ".join(meaning.split()) for name, meaning in COLUMNS.items()}
