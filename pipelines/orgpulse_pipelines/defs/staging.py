"""Staging assets: one step a family keeps each event once; and the tables that the platform makes itself."""

from collections.abc import Callable, Iterator

import dagster as dg
import duckdb

from orgpulse_pipelines.asset_names import table_key, team
from orgpulse_pipelines.defs.landing import landed_column, landing_key
from orgpulse_pipelines.reconciliation import rejected_events
from orgpulse_pipelines.retention.unlink import RETENTION
from orgpulse_pipelines.staging import code_lists, contract_fields, lineage, repeated_events
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.versions import (
    column_origins,
    staged_contracts,
    staging_columns,
    staging_table,
)
from orgpulse_pipelines.warehouse.describe import column_schema, table_schema
from orgpulse_pipelines.warehouse.requests import landing_of
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_pipelines.warehouse.versions import follow
from orgpulse_schemas.contract import About, Family
from orgpulse_schemas.registry import all_families


@dg.definitions
def staging() -> dg.Definitions:
    """One step a family, and the tables that the platform makes itself."""
    return dg.Definitions(
        assets=[*(_family_asset(family) for family in all_families().values()), *_own_assets()]
    )


def _family_asset(family: Family) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name=f"staging__{family.name}", specs=[_spec(about) for about in staged_contracts(family.name)]
    )
    def stage(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
        with warehouse.cursor() as connection:
            staged = stage_family(connection, family.name)
        for table in staged:
            yield dg.MaterializeResult(
                asset_key=table_key(f"staging.{table.contract}"),
                metadata={
                    "dagster/row_count": table.total,
                    "new_rows": table.kept,
                    "duplicates": table.landed - table.kept,
                    "restaged": table.restaged,
                },
            )

    return stage


def _spec(about: About) -> dg.AssetSpec:
    columns = staging_columns(about)
    return dg.AssetSpec(
        table_key(staging_table(about)),
        deps=[landing_key(about.family), table_key(RETENTION)],
        description=f"{about.model.__doc__} Each event once. {about.purpose}",
        group_name="staging",
        owners=[team(about.owner)],
        kinds={"duckdb", "sql"},
        tags={"layer": "staging", "family": about.family},
        metadata={
            "dagster/column_schema": table_schema(columns),
            "dagster/column_lineage": dg.TableColumnLineage(
                {column.name: list(_origins(column.name, about)) for column in columns}
            ),
        },
    )


def _origins(column: str, about: About) -> Iterator[dg.TableColumnDep]:
    for version, name in column_origins(column, about):
        yield dg.TableColumnDep(landing_key(version.family), landed_column(version, name))


def _own_asset(
    table: str, comment: str, create: Callable[[duckdb.DuckDBPyConnection], None], reads: tuple[str, ...]
) -> dg.AssetsDefinition:
    """A table or view of the schema core that the platform makes without a model folder."""

    @dg.asset(
        key=table_key(table),
        deps=[table_key(name) for name in reads],
        description=comment,
        group_name="core",
        owners=[team("Information management")],
        kinds={"duckdb", "sql"},
        tags={"layer": "core"},
    )
    def own(warehouse: Warehouse) -> dg.MaterializeResult[None]:
        with warehouse.cursor() as connection:
            create(connection)
            version = follow(connection, table, reads)
            rows = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
            return dg.MaterializeResult(
                metadata={
                    "dagster/row_count": rows[0] if rows else 0,
                    "dagster/column_schema": column_schema(connection, table),
                },
                data_version=dg.DataVersion(str(version)),
            )

    return own


def _own_assets() -> Iterator[dg.AssetsDefinition]:
    staged = tuple(staging_table(about) for about in staged_contracts())
    landed = tuple(landing_of(family) for family in all_families())
    yield _own_asset(lineage.LINEAGE, lineage.COMMENT, lineage.create_lineage, staged)
    yield _own_asset(
        rejected_events.REJECTED_EVENTS,
        rejected_events.COMMENT,
        rejected_events.create_rejected_events,
        landed,
    )
    yield _own_asset(
        repeated_events.REPEATED_EVENTS,
        repeated_events.COMMENT,
        repeated_events.create_repeated_events,
        (*landed, *staged),
    )
    yield _own_asset(
        contract_fields.CONTRACT_FIELDS, contract_fields.COMMENT, contract_fields.create_contract_fields, ()
    )
    for table in code_lists.CODE_TABLES:
        yield _own_asset(table.name, table.comment, table.create, ())
