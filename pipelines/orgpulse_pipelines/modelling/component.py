"""The Dagster component that turns every model folder into an asset with its checks and lineage."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import dagster as dg
from dagster._core.execution.plan import active

from orgpulse_pipelines.asset_names import SKIPPED, table_key, team
from orgpulse_pipelines.modelling.checks import CheckOutcome
from orgpulse_pipelines.modelling.column_lineage import column_lineage
from orgpulse_pipelines.modelling.currency import bring_up_to_date
from orgpulse_pipelines.modelling.model import MODELS, Model, load_models
from orgpulse_pipelines.warehouse.describe import documented_schema
from orgpulse_pipelines.warehouse.resource import Warehouse

FRESH: Final = dg.FreshnessPolicy.time_window(warn_window=timedelta(hours=2), fail_window=timedelta(hours=24))
"""How old what was landed and what leaders read may be; the schedule builds every 15 minutes."""
# A check of a table that was left as it is has nothing new to say, and Dagster warns of it at every reader.
logging.getLogger(active.__name__).setLevel(logging.ERROR)


class SqlModels(dg.Component, dg.Model, dg.Resolvable):
    """Every model under a folder, by default the models that ship with the platform."""

    folder: str | None = None

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        """One asset a model folder."""
        root = MODELS if self.folder is None else Path(context.path) / self.folder
        return dg.Definitions(assets=[model_asset(model) for model in load_models(root)])


def model_asset(model: Model) -> dg.AssetsDefinition:
    """The asset that brings a model's table up to date and runs its checks."""
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
        can_subset=True,  # a table that is left as it is has no new outcome of its checks
    )
    def build(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
        with warehouse.cursor() as connection:
            found = bring_up_to_date(connection, model)
            yield dg.MaterializeResult(
                asset_key=key,
                metadata={
                    "dagster/row_count": found.rows,
                    "dagster/column_schema": documented_schema(
                        connection, model.name, model.metadata.columns
                    ),
                    "dagster/column_lineage": column_lineage(connection, model),
                    SKIPPED: not found.built,
                },
                data_version=dg.DataVersion(str(found.version)),
                check_results=[_result(key, outcome) for outcome in found.checks],
            )

    return build


def _spec(model: Model, key: dg.AssetKey) -> dg.AssetSpec:
    return dg.AssetSpec(
        key,
        deps=[table_key(name) for name in sorted(model.depends_on)],
        description=(
            f"{model.metadata.description}\n\n"
            f"Grain: {model.grain}. Kept: {model.metadata.retention.rstrip('.')}.\n\n"
            f"```sql\n{model.sql.strip()}\n```"
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
