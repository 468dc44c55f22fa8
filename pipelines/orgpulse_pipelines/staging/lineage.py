"""Where every event of the warehouse came from, so that a figure can be followed back to Kafka."""

from typing import Final

import duckdb

from orgpulse_pipelines.staging.versions import ARRIVED_AS, staged_contracts, staging_table, versions
from orgpulse_pipelines.warehouse.catalog import comment_on, literal, transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.origins import RECEIVED_AT
from orgpulse_schemas.contract import About

LINEAGE: Final = "core.event_lineage"
COLUMNS: Final = {
    "event_id": "Identity of the event, the same for the same source and id.",
    "contract": "Name of the contract under which the event arrived.",
    "topic": "Kafka topic of the protected event.",
    "partition": "Kafka partition of the protected event.",
    "offset": "Kafka offset of the protected event in its partition.",
    "origin": "Where the original stood: topic/partition/offset@arrival in ms since 1970.",
    "occurred_at": "When it happened, in UTC.",
    "received_at": "When Kafka received the original, in UTC; empty where it gave it no time.",
    "arrived_at": "When Kafka received the protected event, in UTC.",
}
COMMENT: Final = "Where every event came from. Grain: one row per event. Owner: Information management."


def create_lineage(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the view over all staging tables; the publication holds its rows as a table."""
    parts = (
        f'select event_id, {_contract(about)} as contract, topic, "partition", "offset", origin, '  # noqa: S608
        f"occurred_at, {RECEIVED_AT} as received_at, arrived_at from {staging_table(about)}"
        for about in staged_contracts()
    )
    with sql_errors(LINEAGE), transaction(connection):
        connection.execute("create schema if not exists core")
        connection.execute(f"create or replace view {LINEAGE} as {' union all '.join(parts)}")
        comment_on(connection, LINEAGE, COMMENT, COLUMNS, kind="view")


def _contract(about: About) -> str:
    """An SQL expression: staging knows the version only where there are several."""
    return ARRIVED_AS.name if len(versions(about)) > 1 else literal(about.name)
