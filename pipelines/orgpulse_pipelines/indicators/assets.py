"""The indicators in Dagster: two tables built in one step, with blocking checks before publication."""

from collections.abc import Iterator

import dagster as dg

from orgpulse_pipelines.asset_names import table_key, team
from orgpulse_pipelines.indicators.build import DEFINITION_COMMENT, VALUE_COMMENT, build_indicators
from orgpulse_pipelines.indicators.checks import CHECKS, run_indicator_checks
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.sources import tables_measured
from orgpulse_pipelines.modelling.component import FRESH
from orgpulse_pipelines.warehouse.describe import column_schema
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_platform.settings import load_settings

DEFINITION_KEY = table_key("indicators.definition")
VALUE_KEY = table_key("indicators.value")
_COMMON = dg.AssetSpec(
    "indicators",
    group_name="indicators",
    owners=[team("Information management")],
    kinds={"duckdb", "python"},
    tags={"layer": "indicators"},
)


@dg.multi_asset(
    name="indicators",
    specs=[
        _COMMON.replace_attributes(key=DEFINITION_KEY, description=DEFINITION_COMMENT),
        _COMMON.replace_attributes(
            key=VALUE_KEY,
            deps=[DEFINITION_KEY, *(table_key(name) for name in sorted(tables_measured(load_definitions())))],
            description=VALUE_COMMENT,
            freshness_policy=FRESH,
        ),
    ],
    check_specs=[
        dg.AssetCheckSpec(check.name, asset=VALUE_KEY, description=check.description, blocking=True)
        for check in CHECKS
    ],
)
def indicators(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Evaluate, suppress, judge and store every indicator."""
    with warehouse.cursor() as connection:
        built = build_indicators(connection, load_settings())
        yield dg.MaterializeResult(
            asset_key=DEFINITION_KEY,
            metadata={
                "dagster/row_count": built.definitions,
                "dagster/column_schema": column_schema(connection, "indicators.definition"),
            },
        )
        yield dg.MaterializeResult(
            asset_key=VALUE_KEY,
            metadata={
                "dagster/row_count": built.values,
                "dagster/column_schema": column_schema(connection, "indicators.value"),
                "suppressed": built.suppressed,
                **{f"status_{status}": count for status, count in built.statuses.items()},
            },
            check_results=[
                dg.AssetCheckResult(
                    check_name=outcome.check.name,
                    asset_key=VALUE_KEY,
                    passed=outcome.passed,
                    severity=dg.AssetCheckSeverity.ERROR,
                    metadata={"violations": outcome.violations},
                )
                for outcome in run_indicator_checks(connection)
            ],
        )
