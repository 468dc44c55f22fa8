"""What each definition that ships promises when there is nothing to count: in the period, or to divide by.

The measures keep their SQL and find nothing by it; what a case needs besides are rows of the same columns.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from small_warehouse import insert, periods_of, rows_of
from sql_cases import empty_warehouse

from orgpulse_pipelines.indicators.audiences import Audiences, Limits
from orgpulse_pipelines.indicators.build import compute
from orgpulse_pipelines.indicators.definition import Definition, Measure, load_definitions
from orgpulse_pipelines.indicators.measuring import relation

CASES = Path(__file__).parents[3] / "indicators"
ALL = load_definitions()
EVERY = pytest.mark.parametrize("definition", ALL, ids=lambda one: f"{one.id} v{one.version}")
EVERY_RATIO = pytest.mark.parametrize(
    "definition", [one for one in ALL if one.is_ratio], ids=lambda one: f"{one.id} v{one.version}"
)
Row = dict[str, Any]
Figures = dict[str, list[Row]]
"""The organisation's figures of each definition, by period."""


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_warehouse() as connection:
        insert(
            connection, "core.dim_period", [row for year in (2017, 2018, 2019) for row in periods_of(year)]
        )
        connection.execute("create schema if not exists indicators")
        yield connection


@pytest.fixture(scope="module")
def nothing_at_all(warehouse: duckdb.DuckDBPyConnection) -> Figures:
    """Figures of a warehouse without rows."""
    return figures(warehouse, {"numerator": [], "denominator": []})


@pytest.fixture(scope="module")
def one_side_each_year(warehouse: duckdb.DuckDBPyConnection) -> Figures:
    """Figures whose denominator adds up to zero in 2017, and whose numerator finds nothing in 2019."""
    return figures(warehouse, {"numerator": [row(2017, 100)], "denominator": [row(2017, 0), row(2019, 100)]})


def row(year: int, amount: int) -> Row:
    """What a row of a measure says: of March, or from March until the next February."""
    return {
        "day": date(year, 3, 1),
        "valid_from": date(year, 3, 1),
        "valid_to": date(year + 1, 2, 1),
        "since": date(year, 1, 1),
        "value": amount,
        "key": "one" if amount else None,
    }


def figures(connection: duckdb.DuckDBPyConnection, given: dict[str, list[Row]]) -> Figures:
    """Every definition by itself, each side with the given rows alone, and nothing suppressed."""
    alone = tuple(
        one.model_copy(
            update={"id": name(one), "effective_from": date(2000, 1, 1), "small_number": None}
            | {side: finding(connection, measure, given[side]) for side, measure in one.measures.items()}
        )
        for one in ALL
    )
    compute(connection, alone, {}, Audiences(Limits(1), Limits(1)))
    found: Figures = {name(one): [] for one in ALL}
    for figure in rows_of(connection, "from indicators.value where dimension = 'organisation'"):
        found[figure["indicator_id"]].append(figure)
    return found


def name(definition: Definition) -> str:
    """One name a version, so that versions do not take each other's periods."""
    return f"{definition.id}_v{definition.version}"


def finding(connection: duckdb.DuckDBPyConnection, measure: Measure, given: list[Row]) -> Measure:
    """The measure, finding the given rows besides the none that its own SQL finds."""
    found = [f"select * from ({measure.sql}) where false"]
    described = connection.execute(f"describe {relation(measure.sql)} from measure").fetchall()
    for one in given:
        columns = (f"{literal(one.get(column))}::{type_} as {column}" for column, type_, *_ in described)
        found.append(f"select {', '.join(columns)}")
    return measure.model_copy(update={"sql": " union all ".join(found)})


def literal(value: Any) -> str:
    return "null" if value is None else f"'{value}'"


def at_the_end_of(year: int, definition: Definition, found: Figures) -> list[Row]:
    """The figures of the periods that end with the year."""
    rows = [one for one in found[name(definition)] if one["period_end"] == date(year, 12, 31)]
    assert {one["grain"] for one in rows} == set(definition.periods)
    return rows


@EVERY
def test_without_any_row_there_is_no_figure(definition: Definition, nothing_at_all: Figures) -> None:
    assert nothing_at_all[name(definition)] == []


@EVERY_RATIO
def test_what_would_be_divided_by_zero_has_no_value(
    definition: Definition, one_side_each_year: Figures
) -> None:
    divided = [one for one in one_side_each_year[name(definition)] if one["denominator"] == 0]
    assert divided
    assert {(one["value"], one["status"]) for one in divided} == {(None, "no_data")}


@EVERY
def test_a_year_without_a_row_counts_as_nothing_or_as_unknown(
    definition: Definition, one_side_each_year: Figures
) -> None:
    for figure in at_the_end_of(2019, definition, one_side_each_year):
        if definition.empty_numerator == "unknown":
            assert (figure["numerator"], figure["value"], figure["status"]) == (None, None, "no_data")
        else:
            divisible = not definition.is_ratio or figure["denominator"]
            assert (figure["numerator"], figure["value"]) == (0, 0 if divisible else None)


@EVERY
def test_every_definition_has_a_value_computed_by_hand(definition: Definition) -> None:
    cases = [yaml.safe_load(path.read_text("utf-8")) for path in (CASES / definition.id).glob("*.yaml")]
    by_hand = [figure["value"] for case in cases for figure in case["expect"] if figure.get("value")]
    assert by_hand, f"no case in tests/indicators/{definition.id} expects a value other than nothing"
