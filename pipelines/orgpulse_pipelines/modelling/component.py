"""The Dagster component that turns every model folder into an asset with its checks and lineage."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import dagster as dg

from orgpulse_pipelines.asset_names import table_key, team
from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.modelling.checks import CheckOutcome, run_checks
from orgpulse_pipelines.modelling.column_lineage import column_lineage
from orgpulse_pipelines.modelling.model import MODELS, Model, load_models
from orgpulse_pipelines.warehouse.describe import column_schema
from orgpulse_pipelines.warehouse.resource import Warehouse

FRESH: Final = dg.FreshnessPolicy.time_window(warn_window=timedelta(hours=2), fail_window=timedelta(hours=24))
"""How old a table that leaders read may be; the schedule builds every 15 minutes."""


class SqlModels(dg.Component, dg.Model, dg.Resolvable):
    """Every model under a folder, by default the models that ship with the platform."""

    folder: str | None = None

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        """One asset a model folder."""
        root = MODELS if self.folder is None else Path(context.path) / self.folder
        return dg.Definitions(assets=[model_asset(model) for model in load_models(root)])


def model_asset(model: Model) -> dg.AssetsDefinition:
    """The asset that builds a model's table and runs its checks."""
    key = table_key(model.name)

    @dg.multi_asset(
        name=f"{model.schema}__{model.table}",
        specs=[_spec(model, key)],
        check_specs=[
            dg.AssetCheckSpec(
                check.name, asset=key, description=check.description, blocking=check.severity == "fail"
            )
            for check in model.metadata.checks
        ],
    )
    def build(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
        with warehouse.cursor() as connection:
            rows = build_table(connection, model)
            yield dg.MaterializeResult(
                asset_key=key,
                metadata={
                    "dagster/row_count": rows,
                    "dagster/column_schema": column_schema(connection, model.name),
                    "dagster/column_lineage": column_lineage(connection, model),
                },
                check_results=[_result(key, outcome) for outcome in run_checks(connection, model)],
            )

    return build


def _spec(model: Model, key: dg.AssetKey) -> dg.AssetSpec:
    return dg.AssetSpec(
        key,
        deps=[table_key(name) for name in sorted(model.depends_on)],
        description=(
            f"{model.metadata.description}\n\nGrain: {model.grain}. Kept: {model.metadata.retention}."
        ),
        group_name=model.schema,
        owners=[team(model.metadata.owner)],
        kinds={"duckdb", "sql"},
        code_version=model.version,
        tags={"layer": model.schema},
        freshness_policy=FRESH if model.schema == "marts" else None,
    )


def _result(key: dg.AssetKey, outcome: CheckOutcome) -> dg.AssetCheckResult:
    fails = outcome.check.severity == "fail"
    return dg.AssetCheckResult(
        check_name=outcome.check.name,
        asset_key=key,
        passed=outcome.passed,
        severity=dg.AssetCheckSeverity.ERROR if fails else dg.AssetCheckSeverity.WARN,
        metadata={"violations": outcome.violations},
    )
