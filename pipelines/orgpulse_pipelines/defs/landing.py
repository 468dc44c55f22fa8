"""Landing assets: one a family, whose step brings what is new on its topics into DuckDB, exactly once."""

from collections.abc import Iterator
from dataclasses import asdict

import dagster as dg

from orgpulse_pipelines.asset_names import table_key, team, topic_key
from orgpulse_pipelines.landing.cluster import ADOPT_CLUSTER
from orgpulse_pipelines.landing.load import Landed, land_family
from orgpulse_pipelines.landing.tables import REJECTED
from orgpulse_pipelines.modelling.component import FRESH
from orgpulse_pipelines.runs.retries import KAFKA_RETRY, no_retry_unless
from orgpulse_pipelines.warehouse.contract_tables import Column, contract_columns
from orgpulse_pipelines.warehouse.describe import table_schema
from orgpulse_pipelines.warehouse.resource import Warehouse
from orgpulse_platform.broker import connected
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.settings import load_settings
from orgpulse_platform.topics import family_of, raw_topics, rejected_topic
from orgpulse_schemas.contract import About, Family
from orgpulse_schemas.registry import all_families

QUARANTINE_CHECK = "nothing_quarantined"
POSITIONS = "positions"
"""Metadata of a materialisation: how far each partition is landed."""


@dg.definitions
def landing() -> dg.Definitions:
    """One step a family."""
    return dg.Definitions(assets=[_family_asset(family) for family in all_families().values()])


def landing_key(family: str) -> dg.AssetKey:
    """The landing tables of a family: one a contract, and its rejected events."""
    return table_key(f"landing.{family}")


def landed_column(about: About, column: str) -> str:
    """How a column of a contract's landing table is named among those of its family."""
    return f"{about.name}.{column}"


def _family_asset(family: Family) -> dg.AssetsDefinition:
    @dg.asset(
        key=landing_key(family.name),
        deps=[topic_key(topic) for topic in _topics(family)],
        description=_description(family),
        group_name="landing",
        owners=[team(family.owner)],
        kinds={"duckdb", "python"},
        tags={"layer": "landing", "family": family.name},
        metadata={"dagster/column_schema": table_schema(tuple(_columns(family)))},
        retry_policy=KAFKA_RETRY,
        freshness_policy=FRESH,
        check_specs=[
            dg.AssetCheckSpec(
                QUARANTINE_CHECK,
                asset=landing_key(family.name),
                description="Every record on the protected topics is an event of a known contract.",
            )
        ],
    )
    def land(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
        adopt = context.run.tags.get(ADOPT_CLUSTER) == "true"
        with no_retry_unless(BrokerUnavailableError), warehouse.cursor() as connection:
            landed = land_family(connection, connected(load_settings()), family.name, adopt_cluster=adopt)
        for notice in landed.notices:
            context.log.warning(notice)
        yield _result(landed)

    return land


def _result(landed: Landed) -> dg.MaterializeResult[None]:
    new_rows = [
        dg.TableRecord({"table": name, "new_rows": rows}) for name, rows in sorted(landed.rows.items())
    ]
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": landed.total,
            "new_rows": landed.new,
            "new_rows_by_table": dg.MetadataValue.table(new_rows, _NEW_ROWS),
            POSITIONS: dg.MetadataValue.json([asdict(position) for position in landed.positions]),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=QUARANTINE_CHECK,
                passed=landed.quarantined == 0,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"violations": landed.quarantined},
            )
        ],
    )


_NEW_ROWS = dg.TableSchema([dg.TableColumn("table"), dg.TableColumn("new_rows", type="int")])


def _topics(family: Family) -> Iterator[str]:
    yield f"events.{family.name}"
    yield rejected_topic(family.name)
    yield from (topic for topic in raw_topics() if family_of(topic) == family.name)


def _description(family: Family) -> str:
    return (
        f"Events of the family {family.name} as delivered, one table a contract and one row a delivery; "
        "its rejected events, without their originals; and how much was published on its raw topics, of "
        "which only the offsets are read."
    )


def _columns(family: Family) -> Iterator[Column]:
    for about in family.contracts.values():
        for column in contract_columns(about):
            yield Column(landed_column(about, column.name), column.type, column.comment)
    for column in REJECTED:
        yield Column(f"rejected.{column.name}", column.type, column.comment)
