"""Every rejected event, for whoever asks the warehouse why and when: codes and places, never the original."""

from typing import Final

import duckdb

from orgpulse_pipelines.warehouse.catalog import comment_on

REJECTED_EVENTS: Final = "meta.rejected_event"
_COLUMNS: Final = {
    "origin": "Where the original stood: topic/partition/offset@arrival in ms since 1970.",
    "identity": "Identity of the event, its event_id once it is accepted; empty where it tells none.",
    "family": "Family of the raw topic.",
    "contract": "Event type; empty where no contract has it.",
    "reason": "Code of the first rule that was broken.",
    "path": "JSON pointer of names that contracts declare; empty where there is none.",
    "rejected_at": "When Kafka received the rejection, in UTC.",
    "day": "Day on which the original arrived, in UTC.",
}
_LAST_MS: Final = 253_402_300_799_999
"""The end of the year 9999, in milliseconds since 1970 (UTC)."""
_COMMENT: Final = "Rejected records, those included that were replayed since. Grain: one row per origin."


def create_rejected_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the view over the landed rejections; the publication holds its rows as a table."""
    connection.execute(
        f"""
        create or replace view {REJECTED_EVENTS} as
        with placed as (
            select *, try_cast(split_part(origin, '@', 2) as bigint) as arrived_ms from landing.rejected
        )
        select
            origin,
            identity,
            family,
            contract,
            reason,
            path,
            arrived_at as rejected_at,
            case
                when arrived_ms between 0 and {_LAST_MS} then make_timestamp(arrived_ms * 1000)
                else arrived_at
            end::date as day
        from placed
        qualify row_number() over (partition by origin order by reason, batch_id, "offset") = 1
        """  # noqa: S608 - made of constants
    )
    comment_on(connection, REJECTED_EVENTS, _COMMENT, _COLUMNS, kind="view")
