"""Staging assets: one step a family keeps each event once; and where every event came from."""

from collections.abc import Iterator

import dagster as dg

from orgpulse_pipelines.asset_names import table_key, team
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.lineage import COMMENT, LINEAGE, create_lineage
from orgpulse_pipelines.staging.versions import (
    column_origins,
    staged_contracts,
    staging_columns,
    staging_table,
    versions,
)
from orgpulse_pipelines.warehouse.describe import column_schema, table_schema
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_schemas.contract import About, Family
from orgpulse_schemas.registry import all_families


@dg.definitions
def staging() -> dg.Definitions:
    """One step a family, and the lineage of all events."""
    return dg.Definitions(
        assets=[*(_family_asset(family) for family in all_families().values()), event_lineage]
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
                },
            )

    return stage


def _spec(about: About) -> dg.AssetSpec:
    columns = staging_columns(about)
    landed = {version: table_key(f"landing.{version.name}") for version in versions(about)}
    return dg.AssetSpec(
        table_key(staging_table(about)),
        deps=list(landed.values()),
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
        yield dg.TableColumnDep(table_key(f"landing.{version.name}"), name)


@dg.asset(
    key=table_key(LINEAGE),
    deps=[table_key(staging_table(about)) for about in staged_contracts()],
    description=COMMENT,
    group_name="core",
    owners=[team("Information management")],
    kinds={"duckdb", "sql"},
    tags={"layer": "core"},
)
def event_lineage(warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """Where every event came from."""
    with warehouse.cursor() as connection:
        create_lineage(connection)
        return dg.MaterializeResult(metadata={"dagster/column_schema": column_schema(connection, LINEAGE)})
