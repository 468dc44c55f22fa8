"""A measure is computed again only if what it is computed from changed; the figures are as if all were."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from small_warehouse import Row, insert
from sql_cases import all_models, empty_warehouse

from conftest import organisation
from orgpulse_pipelines.indicators import evaluation
from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_pipelines.indicators.kept import forget_measures
from orgpulse_pipelines.modelling.currency import bring_up_to_date
from orgpulse_pipelines.modelling.model import GENERATED
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.warehouse.versions import create_version_tables, grow
from orgpulse_platform.settings import Settings, WarehouseSettings

LESSON = "staging.evaluation_lesson_recorded_v1"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The indicators that are computed from now on."""
    found: list[str] = []
    measure = evaluation.measure_side

    def follow(connection: duckdb.DuckDBPyConnection, definition: Any, side: str) -> bool:
        found.append(definition.id)
        return measure(connection, definition, side)

    monkeypatch.setattr(evaluation, "measure_side", follow)
    return found


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_warehouse() as connection:
        create_version_tables(connection)
        for table in (*map(staging_table, staged_contracts()), *GENERATED):
            grow(connection, table)
        for table, rows in organisation().items():
            arrive(connection, table, rows)
        yield connection


def arrive(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    insert(connection, table, rows)
    grow(connection, table)


def build(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    for model in all_models():
        bring_up_to_date(connection, model)
    build_indicators(connection, settings)


def figures(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    return [
        connection.execute(f"from indicators.{table} order by all").fetchall()
        for table in ("definition", "value", "evidence")
    ]


def test_only_what_reads_changed_tables_is_measured_and_all_figures_are_as_anew(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, measured: list[str]
) -> None:
    build(warehouse, settings)
    everything = len(measured)
    measured.clear()
    build(warehouse, settings)
    assert measured == []

    lesson = organisation()[LESSON][0] | {"event_id": "another", "lesson_id": "L-another"}
    arrive(warehouse, LESSON, [lesson])
    build(warehouse, settings)
    assert any("lesson" in name for name in measured)
    assert len(measured) < everything / 10
    found = figures(warehouse)

    measured.clear()
    forget_measures(warehouse)
    build(warehouse, settings)
    assert len(measured) == everything
    assert figures(warehouse) == found


def test_another_threshold_hides_other_figures(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    build(warehouse, settings)
    before = figures(warehouse)
    build(warehouse, settings.model_copy(update={"warehouse": WarehouseSettings(internal_threshold=20)}))
    assert figures(warehouse) != before
    build(warehouse, settings)
    assert figures(warehouse) == before
