"""Landing assets: one step a family brings what is new on its topics into DuckDB, exactly once."""

from collections.abc import Iterator

import dagster as dg

from orgpulse_pipelines.asset_names import table_key, team, topic_key
from orgpulse_pipelines.landing.cluster import ADOPT_CLUSTER
from orgpulse_pipelines.landing.load import Landed, land_family
from orgpulse_pipelines.landing.tables import RAW_WATERMARKS, REJECTED
from orgpulse_pipelines.warehouse.contract_tables import contract_columns
from orgpulse_pipelines.warehouse.describe import table_schema
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_platform.broker import connected
from orgpulse_platform.settings import load_settings
from orgpulse_platform.topics import family_of, raw_topics, rejected_topic
from orgpulse_schemas.contract import Family
from orgpulse_schemas.registry import all_families

QUARANTINE_CHECK = "nothing_quarantined"


@dg.definitions
def landing() -> dg.Definitions:
    """One step a family."""
    return dg.Definitions(assets=[_family_asset(family) for family in all_families().values()])


def rejected_key(family: str) -> dg.AssetKey:
    """The rejected events of a family, which share the table ``landing.rejected``."""
    return dg.AssetKey(["landing", "rejected", family])


def watermarks_key(family: str) -> dg.AssetKey:
    """How much was published in a family, in the shared table ``landing.raw_watermarks``."""
    return dg.AssetKey(["landing", "raw_watermarks", family])


def _family_asset(family: Family) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name=f"landing__{family.name}",
        specs=list(_specs(family)),
        check_specs=[
            dg.AssetCheckSpec(
                QUARANTINE_CHECK,
                asset=rejected_key(family.name),
                description="Every record on the protected topics is an event of a known contract.",
            )
        ],
    )
    def land(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        adopt = context.run.tags.get(ADOPT_CLUSTER) == "true"
        with warehouse.cursor() as connection:
            landed = land_family(connection, connected(load_settings()), family.name, adopt_cluster=adopt)
        for notice in landed.notices:
            context.log.warning(notice)
        yield from _results(family, landed)

    return land


def _results(family: Family, landed: Landed) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    for about in family.contracts.values():
        yield dg.MaterializeResult(
            asset_key=table_key(f"landing.{about.name}"), metadata={"new_rows": landed.rows[about.name]}
        )
    yield dg.MaterializeResult(asset_key=rejected_key(family.name), metadata={"new_rows": landed.rejected})
    yield dg.MaterializeResult(asset_key=watermarks_key(family.name))
    yield dg.AssetCheckResult(
        check_name=QUARANTINE_CHECK,
        asset_key=rejected_key(family.name),
        passed=landed.quarantined == 0,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"violations": landed.quarantined},
    )


def _specs(family: Family) -> Iterator[dg.AssetSpec]:
    common = dg.AssetSpec(
        "landing",
        group_name="landing",
        owners=[team(family.owner)],
        kinds={"duckdb", "python"},
        tags={"layer": "landing", "family": family.name},
    )
    for about in family.contracts.values():
        yield common.replace_attributes(
            key=table_key(f"landing.{about.name}"),
            deps=[topic_key(about.events_topic)],
            description=f"{about.model.__doc__} As delivered: one row per delivery.",
            metadata={"dagster/column_schema": table_schema(contract_columns(about))},
        )
    yield common.replace_attributes(
        key=rejected_key(family.name),
        deps=[topic_key(rejected_topic(family.name))],
        description="Rejected events: why and where, never the original.",
        metadata={"dagster/column_schema": table_schema(REJECTED)},
    )
    yield common.replace_attributes(
        key=watermarks_key(family.name),
        deps=[topic_key(topic) for topic in raw_topics() if family_of(topic) == family.name],
        description="How much was published on the raw topics: only their offsets are read.",
        metadata={"dagster/column_schema": table_schema(RAW_WATERMARKS)},
    )
