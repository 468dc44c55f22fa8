"""Every rejected event, for whoever asks the warehouse why and when: codes and places, never the original."""

from typing import Final

import duckdb

from orgpulse_pipelines.landing.tables import REJECTED, REJECTED_COMMENT
from orgpulse_pipelines.warehouse.catalog import comment_on, transaction
from orgpulse_pipelines.warehouse.contract_tables import ensure_table
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.origins import RECEIVED_AT, SYSTEM

REJECTED_EVENTS: Final = "core.rejected_event"
COLUMNS: Final = {
    "origin": "Where the original stood: topic/partition/offset@arrival in ms since 1970.",
    "identity": "Identity of the event, its event_id once it is accepted; empty where it tells none.",
    "family": "Family of the raw topic.",
    "system": "Source system, after the raw topic.",
    "contract": "Event type; empty where no contract has it.",
    "reason": "Code of the first rule that was broken.",
    "path": "JSON pointer of names that contracts declare; empty where there is none.",
    "rejected_at": "When Kafka received the rejection, in UTC.",
    "day": "Day on which the original arrived, in UTC.",
}
COMMENT: Final = (
    "Rejected records, those included that were replayed since. Grain: one row per origin. "
    "Owner: Information management."
)


def create_rejected_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the view over the landed rejections; the publication holds its rows as a table."""
    with sql_errors(REJECTED_EVENTS), transaction(connection):
        ensure_table(connection, "landing.rejected", REJECTED, REJECTED_COMMENT)
        connection.execute("create schema if not exists core")
        connection.execute(
            f"""
            create or replace view {REJECTED_EVENTS} as
            select
                origin,
                identity,
                family,
                {SYSTEM} as system,
                contract,
                reason,
                path,
                arrived_at as rejected_at,
                coalesce({RECEIVED_AT}, arrived_at)::date as day
            from landing.rejected
            qualify row_number() over (partition by origin order by reason, batch_id, "offset") = 1
            """  # noqa: S608 - made of constants
        )
        comment_on(connection, REJECTED_EVENTS, COMMENT, COLUMNS, kind="view")
