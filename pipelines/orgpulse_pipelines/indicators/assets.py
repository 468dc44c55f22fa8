"""The indicators in Dagster: their tables built in one step, with blocking checks before publication."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import duckdb

from orgpulse_pipelines.asset_names import table_key, team
from orgpulse_pipelines.indicators.audiences import Audiences
from orgpulse_pipelines.indicators.build import DEFINITION_COMMENT, build_indicators
from orgpulse_pipelines.indicators.checks import CHECKS
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.evidence import EVIDENCE, EVIDENCE_COMMENT
from orgpulse_pipelines.indicators.sources import tables_measured
from orgpulse_pipelines.indicators.tables import VALUE_COMMENT
from orgpulse_pipelines.indicators.workforce import COMMENT as WORKFORCE_COMMENT
from orgpulse_pipelines.indicators.workforce import WORKFORCE, build_workforce
from orgpulse_pipelines.modelling.checks import run_rule
from orgpulse_pipelines.modelling.component import FRESH
from orgpulse_pipelines.modelling.model import Check
from orgpulse_pipelines.staging.lineage import LINEAGE
from orgpulse_pipelines.warehouse.describe import column_schema
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_platform.settings import load_settings

Checks = Mapping[str, tuple[Check, ...]]
"""Checks by table."""
DEFINITION = "indicators.definition"
VALUE = "indicators.value"
DEFINITION_KEY = table_key(DEFINITION)
VALUE_KEY = table_key(VALUE)
_COMMON = dg.AssetSpec(
    "indicators",
    group_name="indicators",
    owners=[team("Information management")],
    kinds={"duckdb", "python"},
    tags={"layer": "indicators"},
)
_MEASURED = [table_key(name) for name in sorted(tables_measured(load_definitions()))]


def _behind(table: str, comment: str) -> dg.AssetSpec:
    return _COMMON.replace_attributes(
        key=table_key(table), deps=[VALUE_KEY, table_key(LINEAGE), *_MEASURED], description=comment
    )


def check_specs(checks: Checks, *tables: str) -> list[dg.AssetCheckSpec]:
    """The blocking checks of tables that code makes."""
    return [
        dg.AssetCheckSpec(check.name, asset=table_key(table), description=check.description, blocking=True)
        for table in tables
        for check in checks[table]
    ]


def table_result(
    connection: duckdb.DuckDBPyConnection, table: str, rows: int, checks: Checks, **metadata: Any
) -> dg.MaterializeResult[None]:
    """What Dagster shows of a table that code made, with the outcome of its checks."""
    outcomes = [run_rule(connection, table, check) for check in checks.get(table, ())]
    return dg.MaterializeResult(
        asset_key=table_key(table),
        metadata={
            "dagster/row_count": rows,
            "dagster/column_schema": column_schema(connection, table),
            **metadata,
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=outcome.check.name,
                asset_key=table_key(table),
                passed=outcome.passed,
                severity=dg.AssetCheckSeverity.ERROR,
                metadata={"violations": outcome.violations},
            )
            for outcome in outcomes
        ],
    )


@dg.multi_asset(
    name="indicators",
    specs=[
        _COMMON.replace_attributes(key=DEFINITION_KEY, description=DEFINITION_COMMENT),
        _COMMON.replace_attributes(
            key=VALUE_KEY,
            deps=[DEFINITION_KEY, *_MEASURED],
            description=VALUE_COMMENT,
            freshness_policy=FRESH,
        ),
        _behind(EVIDENCE, EVIDENCE_COMMENT),
    ],
    check_specs=check_specs(CHECKS, VALUE, EVIDENCE),
)
def indicators(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Evaluate, suppress, judge and store every indicator, and what stands behind it."""
    with warehouse.cursor() as connection:
        built = build_indicators(connection, load_settings())
        yield table_result(connection, DEFINITION, built.definitions, CHECKS)
        statuses = {f"status_{status}": count for status, count in built.statuses.items()}
        yield table_result(connection, VALUE, built.values, CHECKS, suppressed=built.suppressed, **statuses)
        yield table_result(connection, EVIDENCE, built.evidence, CHECKS)


@dg.multi_asset(
    name="marts__workforce",
    specs=[
        dg.AssetSpec(
            table_key(WORKFORCE),
            deps=[table_key("marts.service"), VALUE_KEY],
            description=WORKFORCE_COMMENT,
            group_name="marts",
            owners=[team("Human Resources Management")],
            kinds={"duckdb", "python"},
            tags={"layer": "marts"},
            freshness_policy=FRESH,
        )
    ],
    check_specs=check_specs(CHECKS, WORKFORCE),
)
def workforce(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Staff by region and gender or grade group, without small numbers."""
    with warehouse.cursor() as connection:
        rows = build_workforce(connection, Audiences.of(load_settings().warehouse))
        yield table_result(connection, WORKFORCE, rows, CHECKS)
