"""The frameworks in Dagster: their tables built in one step, with blocking checks before publication."""

from collections.abc import Iterator

import dagster as dg

from orgpulse_pipelines.asset_names import table_key, team
from orgpulse_pipelines.frameworks.build import build_frameworks
from orgpulse_pipelines.frameworks.checks import CHECKS
from orgpulse_pipelines.frameworks.tables import (
    FRAMEWORK,
    FRAMEWORK_COMMENT,
    FRAMEWORK_ITEM,
    FRAMEWORK_SCORE,
    ITEM_COMMENT,
    SCORE_COMMENT,
)
from orgpulse_pipelines.indicators.assets import DEFINITION_KEY, VALUE_KEY, check_specs, table_result
from orgpulse_pipelines.modelling.component import FRESH
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_platform.settings import load_settings

_COMMON = dg.AssetSpec(
    "frameworks",
    group_name="indicators",
    owners=[team("Information management")],
    kinds={"duckdb", "python"},
    tags={"layer": "indicators"},
)


@dg.multi_asset(
    name="frameworks",
    specs=[
        _COMMON.replace_attributes(key=table_key(FRAMEWORK), description=FRAMEWORK_COMMENT),
        _COMMON.replace_attributes(
            key=table_key(FRAMEWORK_ITEM), deps=[DEFINITION_KEY], description=ITEM_COMMENT
        ),
        _COMMON.replace_attributes(
            key=table_key(FRAMEWORK_SCORE),
            deps=[
                table_key(FRAMEWORK),
                table_key(FRAMEWORK_ITEM),
                VALUE_KEY,
                table_key("core.dim_organisation_unit"),
            ],
            description=SCORE_COMMENT,
            freshness_policy=FRESH,
        ),
    ],
    check_specs=check_specs(CHECKS, FRAMEWORK_SCORE),
)
def frameworks(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Score the figures of the indicators by each framework."""
    with warehouse.cursor() as connection:
        built = build_frameworks(connection, load_settings())
        yield table_result(connection, FRAMEWORK, built.frameworks, CHECKS)
        yield table_result(connection, FRAMEWORK_ITEM, built.mappings, CHECKS)
        statuses = {f"status_{status}": count for status, count in built.statuses.items()}
        yield table_result(connection, FRAMEWORK_SCORE, built.scores, CHECKS, **statuses)
