"""The end of a build: reconcile, then audit and publish."""

from collections.abc import Iterator

import dagster as dg

from orgpulse_pipelines.asset_names import table_key, team
from orgpulse_pipelines.defs.indicators import KEYS as INDICATORS
from orgpulse_pipelines.defs.landing import landing_key
from orgpulse_pipelines.modelling.component import FRESH
from orgpulse_pipelines.modelling.model import GENERATED, load_models
from orgpulse_pipelines.publication.publish import publish
from orgpulse_pipelines.reconciliation.balance import FAILURES
from orgpulse_pipelines.reconciliation.store import reconcile
from orgpulse_pipelines.runs.retries import DISK_RETRY, no_retry_unless
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.settings import load_settings
from orgpulse_schemas.registry import all_families

_OWNER = team("Information management")
_RECONCILIATION = table_key("meta.reconciliation")
_RECONCILED = [
    *(table_key(staging_table(about)) for about in staged_contracts()),
    *(landing_key(family) for family in all_families()),
]


@dg.asset(
    key=_RECONCILIATION,
    deps=_RECONCILED,
    description="Is every event accounted for? One row a family.",
    group_name="publication",
    owners=[_OWNER],
    kinds={"duckdb", "python"},
    tags={"layer": "publication"},
    check_specs=[
        dg.AssetCheckSpec(
            "balances",
            asset=_RECONCILIATION,
            description="published = rejected + landed; landed = kept + duplicates; publishers agree.",
        )
    ],
)
def reconciliation(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Shown and published with the figures: a loss is seen, and leaders still get what there is."""
    with warehouse.cursor() as connection:
        balances = reconcile(connection, load_settings())
    failed = [balance.measured.family for balance in balances if balance.status in FAILURES]
    yield dg.MaterializeResult(
        metadata={balance.measured.family: balance.status.value for balance in balances},
        check_results=[
            dg.AssetCheckResult(
                passed=not failed,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"violations": len(failed)},
            )
        ],
    )


@dg.asset(
    key=dg.AssetKey(["publication"]),
    deps=[
        *(table_key(model.name) for model in load_models()),
        *INDICATORS,
        *map(table_key, sorted(GENERATED)),
        _RECONCILIATION,
    ],
    description="The published warehouse that analysts open and the dashboard reads.",
    group_name="publication",
    owners=[_OWNER],
    kinds={"duckdb", "python"},
    tags={"layer": "publication"},
    retry_policy=DISK_RETRY,
    freshness_policy=FRESH,
)
def publication(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """Audit, write, verify, swap."""
    with no_retry_unless(StateFolderError), warehouse.cursor() as connection:
        published = publish(connection, load_settings(), load_models())
    for notice in published.notices:
        context.log.warning(notice)
    return dg.MaterializeResult(
        metadata={
            "publication_id": published.publication.id,
            "held": published.held is not None,
            "tables": len(published.rows),
            "dagster/row_count": sum(published.rows.values()),
        }
    )
