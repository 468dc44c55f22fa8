"""Months of events, staged anew from what was landed: a backfill by period."""

import dagster as dg

from orgpulse_pipelines.asset_names import table_key, team
from orgpulse_pipelines.defs.landing import landing_key
from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.warehouse.catalog import transaction
from orgpulse_pipelines.warehouse.requests import Span, request
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_schemas.registry import all_families

FIRST_MONTH = "2010-01-01"
MONTHS = dg.MonthlyPartitionsDefinition(start_date=FIRST_MONTH, timezone="UTC", end_offset=1)
"""The months in which events happened, up to the present one."""


@dg.asset(
    key=table_key("staging.replay"),
    deps=[landing_key(family) for family in all_families()],
    partitions_def=MONTHS,
    backfill_policy=dg.BackfillPolicy.single_run(),  # one writer: many months are one run
    description=(
        "Stages the events of a month anew from what was landed, after a correction of how they are staged. "
        "Materialise the months; the next build makes anew what depends on their events, and publishes it. "
        "It is no table of its own."
    ),
    group_name="staging",
    owners=[team("Information management")],
    kinds={"duckdb", "sql"},
    tags={"layer": "staging"},
)
def replay(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """Each family in one transaction: a replay that is interrupted leaves every table whole."""
    window = context.partition_time_window
    span = Span(window.start.replace(tzinfo=None), window.end.replace(tzinfo=None))
    restaged = 0
    with warehouse.cursor() as connection:
        for family in all_families():
            with transaction(connection):
                create_landing_tables(connection, family)
                request(connection, map(staging_table, staged_contracts(family)), span)
            restaged += sum(table.restaged for table in stage_family(connection, family))
    return dg.MaterializeResult(
        metadata={"dagster/row_count": restaged, "months": len(context.partition_keys)}
    )


REPLAY = replay


@dg.definitions
def replays() -> dg.Definitions:
    """The one asset of this module."""
    return dg.Definitions(assets=[replay])
