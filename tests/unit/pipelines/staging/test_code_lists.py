"""Countries and languages as tables: every code that a contract may name, with its name."""

from collections.abc import Iterator

import duckdb
import pytest

from orgpulse_pipelines.staging.code_lists import CODE_TABLES, CodeTable, create_code_tables
from orgpulse_schemas.export.words import codes_of
from orgpulse_schemas.registry import all_contracts

NAMED_BY = {"core.dim_country": "Countries", "core.dim_language": "Languages"}
"""The code list of each table, by its title."""


@pytest.fixture(scope="module")
def dimensions() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_code_tables(connection)
        create_code_tables(connection)  # a second build replaces them
        yield connection


@pytest.mark.parametrize("table", CODE_TABLES, ids=lambda table: table.name)
def test_every_code_that_a_contract_may_name_stands_once(
    table: CodeTable, dimensions: duckdb.DuckDBPyConnection
) -> None:
    named = {
        code
        for about in all_contracts().values()
        for field in about.fields
        if NAMED_BY[table.name] in {getattr(note, "title", None) for note in field.notes}
        for code in codes_of(field)
    }
    code, *_ = table.columns
    found = [row[0] for row in dimensions.execute(f"select {code} from {table.name}").fetchall()]
    assert named
    assert sorted(found) == sorted(named)


def test_languages_and_countries_have_names(dimensions: duckdb.DuckDBPyConnection) -> None:
    languages = dimensions.execute("select language, language_3, name from core.dim_language order by all")
    assert languages.fetchall() == [
        ("AR", "ara", "Arabic"),
        ("EN", "eng", "English"),
        ("ES", "spa", "Spanish"),
        ("FR", "fra", "French"),
        ("RU", "rus", "Russian"),
        ("ZH", "zho", "Chinese"),
    ]
    kenya = dimensions.execute("select country_2, name from core.dim_country where country = 'KEN'")
    assert kenya.fetchall() == [("KE", "Kenya")]


def test_tables_and_columns_are_commented(dimensions: duckdb.DuckDBPyConnection) -> None:
    rows = dimensions.execute(
        "select table_name, column_name, comment from duckdb_columns() where schema_name = 'core'"
    ).fetchall()
    told = {(f"core.{table}", column): comment for table, column, comment in rows}
    assert told == {
        (table.name, column): meaning for table in CODE_TABLES for column, meaning in table.columns.items()
    }
