"""Lands rejected events: why and where, never the original, which stays encrypted in Kafka."""

import json
from typing import Final

import duckdb

from orgpulse_pipelines.warehouse.catalog import literal
from orgpulse_platform.topics import rejected_topic

_STRUCTURE: Final = json.dumps(
    dict.fromkeys(("reason", "path", "contract", "family", "origin", "key_id"), "VARCHAR")
    | {"identity": "UUID"}
)
UNEXPECTED_REJECTION: Final = "unexpected_data"


def insert_rejections(connection: duckdb.DuckDBPyConnection, family: str, batch_id: int) -> int:
    """Insert the envelopes of ``rejected.<family>`` into ``landing.rejected``; the number of rows."""
    topic = rejected_topic(family)
    connection.execute(
        f"""
        create or replace temp table rejection as
        select
            event_id, topic, "partition", "offset", arrived_at,
            from_json(data, {literal(_STRUCTURE)}) as rejected
        from envelope
        where fault is null and topic = {literal(topic)}
        """  # noqa: S608 - made of names that contracts declare
    )
    connection.execute(
        """
        update envelope set fault = ?
        from rejection
        where envelope.topic = rejection.topic
            and envelope."partition" = rejection."partition"
            and envelope."offset" = rejection."offset"
            and (rejected.reason is null or rejected.origin is null)
        """,
        [UNEXPECTED_REJECTION],
    )
    row = connection.execute(
        """
        insert into landing.rejected
            (event_id, reason, path, contract, family, origin, arrived_at, topic, "partition", "offset",
             batch_id, key_id, identity)
        select
            event_id, rejected.reason, coalesce(rejected.path, ''), rejected.contract, ?, rejected.origin,
            arrived_at, topic, "partition", "offset", ?, rejected.key_id,
            rejected.identity
        from rejection
        where rejected.reason is not null and rejected.origin is not null
        """,
        [family, batch_id],
    ).fetchone()
    return int(row[0]) if row else 0


def insert_quarantine(connection: duckdb.DuckDBPyConnection, batch_id: int) -> int:
    """Count what is no protected event: where it stands and why, nothing of its content."""
    row = connection.execute(
        """
        insert into landing.quarantine (topic, "partition", "offset", arrived_at, batch_id, reason)
        select topic, "partition", "offset", arrived_at, ?, fault from envelope where fault is not null
        """,
        [batch_id],
    ).fetchone()
    return int(row[0]) if row else 0
