"""The asset of retention: before anything is staged, whose time has ended is unlinked."""

from datetime import UTC, datetime

import dagster as dg

from orgpulse_pipelines.asset_names import table_key, team
from orgpulse_pipelines.defs.landing import landing_key
from orgpulse_pipelines.retention.unlink import COLUMNS, COMMENT, RETENTION, unlink_due
from orgpulse_pipelines.warehouse.describe import table_schema
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_platform.settings import load_settings
from orgpulse_schemas.registry import all_families


@dg.asset(
    key=table_key(RETENTION),
    deps=[landing_key(family) for family in all_families()],
    description=f"{COMMENT} By the retention that each contract states.",
    group_name="staging",
    owners=[team("Information management")],
    kinds={"duckdb", "python"},
    tags={"layer": "staging"},
    metadata={"dagster/column_schema": table_schema(COLUMNS)},
)
def retention(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """Unlink what is due, and tell how many rows of which contract."""
    now = load_settings().warehouse.retention_as_of or datetime.now(UTC)
    with warehouse.cursor() as connection:
        unlinked = unlink_due(connection, now)
        total = connection.execute(f"select count(*) from {RETENTION}").fetchone()  # noqa: S608
    for one in unlinked:
        context.log.info(f"{one.contract}: {one.rows} rows unlinked after {one.days} days")
    by_contract = [dg.TableRecord({"contract": one.contract, "rows": one.rows}) for one in unlinked]
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": total[0] if total else 0,
            "unlinked_rows": sum(one.rows for one in unlinked),
            "unlinked_rows_by_contract": dg.MetadataValue.table(by_contract, _BY_CONTRACT),
        }
    )


_BY_CONTRACT = dg.TableSchema([dg.TableColumn("contract"), dg.TableColumn("rows", type="int")])


@dg.definitions
def retained() -> dg.Definitions:
    """One step a build."""
    return dg.Definitions(assets=[retention])
