"""What every model keeps, tested the moment one is added."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import orjson
import pytest
from small_warehouse import insert
from sql_cases import all_models, empty_warehouse

from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.modelling.checks import run_checks
from orgpulse_pipelines.modelling.model import MODELS, Model
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_platform.settings import Settings
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.protected import protected_fields

EVERY = pytest.mark.parametrize("model", all_models(), ids=lambda model: model.name)


@EVERY
def test_every_model_has_a_case(model: Model) -> None:
    assert any((Path(__file__).parent / model.name).glob("*.yaml"))


@EVERY
def test_sql_is_lower_case(model: Model) -> None:
    code = re.sub(r"--.*|'[^']*'", "", model.sql)
    assert code == code.lower()


@EVERY
def test_grain_is_checked_and_blocks(model: Model) -> None:
    severities = {check.name: check.severity for check in model.metadata.checks}
    assert severities.get("grain_is_unique") == "fail"


@EVERY
def test_rows_lead_back_to_an_event(model: Model) -> None:
    from_no_single_event = {
        "core.dim_period",
        "core.dim_date",
        "core.dim_grade",
        "marts.completeness",
        "marts.late_arrivals",
        "marts.orphans",
        "marts.source_freshness",
    }
    assert ("event_id" in model.metadata.columns) != (model.name in from_no_single_event)


def test_every_folder_is_a_model() -> None:
    folders = {path.parent for path in MODELS.glob("*/*/*")}
    assert len(folders) == len(all_models())


def test_checks_pass_without_events() -> None:
    with empty_warehouse() as connection:
        for model in all_models():
            assert all(outcome.passed for outcome in run_checks(connection, model)), model.name


Row = tuple[str, dict[str, Any]]


def examples() -> Iterator[Row]:
    """Staging rows of every contract: its examples, and for each a corrected one that happened later."""
    for about in staged_contracts():
        names = [field.name for field in protected_fields(about)]
        for example in examples_of(about.event_type):
            if example.violation is not None:
                continue
            event = orjson.loads(example.value)
            row = {name: event["data"].get(name) for name in names}
            for day in ("2019-05-01", "2019-06-01"):
                identity = f"{about.name} {example.name} {day}"
                yield staging_table(about), row | {"event_id": identity, "occurred_at": day}


def contents(rows: list[Row], settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """What the models and the indicators hold after the rows arrived in this order."""
    with empty_warehouse() as connection:
        for table, row in rows:
            insert(connection, table, [row])
        for model in all_models():
            build_table(connection, model)
        build_indicators(connection, settings)
        names = [*(model.name for model in all_models()), "indicators.value"]
        return {name: table_rows(connection, name) for name in names}


def table_rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[Any, ...]]:
    return sorted(connection.execute(f"from {name}").fetchall(), key=repr)


def test_tables_do_not_depend_on_the_order_of_arrival(settings: Settings) -> None:
    rows = list(examples())
    expected = contents(rows, settings)
    filled = {name for name, found in expected.items() if found}
    assert filled >= {"core.person_history", "core.dim_organisation_unit", "marts.service"}
    shuffled = rows.copy()
    Random(1).shuffle(shuffled)
    assert contents(shuffled, settings) == expected
