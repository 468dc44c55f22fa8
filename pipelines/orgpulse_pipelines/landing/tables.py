"""The landing tables: one a contract, and what the loader itself keeps."""

from typing import Final

import duckdb

from orgpulse_pipelines.warehouse.contract_tables import (
    ENVELOPE,
    Column,
    contract_columns,
    ensure_contract_table,
    ensure_table,
)
from orgpulse_pipelines.warehouse.versions import create_version_tables
from orgpulse_schemas.contract import About
from orgpulse_schemas.registry import all_families

_POSITION: Final = tuple(
    column for column in ENVELOPE if column.name in ("arrived_at", "topic", "partition", "offset", "batch_id")
)

OFFSETS: Final = (
    Column("cluster_id", "VARCHAR", "Id of the Kafka cluster."),
    Column("topic_id", "VARCHAR", "Id of the topic: a topic that is made anew has another."),
    Column("topic", "VARCHAR", "Name of the topic."),
    Column("partition", "INTEGER", "Partition of the topic."),
    Column("next_offset", "BIGINT", "Offset of the first record that is not landed yet."),
)
RAW_WATERMARKS: Final = (
    *OFFSETS[:4],
    Column("begin_offset", "BIGINT", "First offset when the topic was seen for the first time."),
    Column("processed_offset", "BIGINT", "Offset up to which the streams had finished before the load."),
    Column("end_offset", "BIGINT", "Offset after the last record, measured after the load."),
)
BATCHES: Final = (
    Column("batch_id", "BIGINT", "Number of the load; grows with every load."),
    Column("family", "VARCHAR", "Family of the topics that were read."),
    Column("loaded_at", "TIMESTAMP", "When it was committed, in UTC."),
    Column("records", "BIGINT", "Kafka records read."),
)
QUARANTINE: Final = (
    *_POSITION,
    Column("reason", "VARCHAR", "Why the record could not be landed; nothing of its content is kept."),
)
REJECTED: Final = (
    Column("event_id", "UUID", "Identity of the rejection, made from its origin."),
    Column("reason", "VARCHAR", "Code of the first rule that was broken."),
    Column("path", "VARCHAR", "JSON pointer of names that contracts declare; empty where there is none."),
    Column("contract", "VARCHAR", "Event type, if a contract has it."),
    Column("family", "VARCHAR", "Family of the raw topic."),
    Column("origin", "VARCHAR", ENVELOPE[4].comment),
    *_POSITION,
    Column("key_id", "VARCHAR", "Id of the key that opens the original, which stays in Kafka."),
    Column("identity", "UUID", "Identity of the rejected event; empty where it does not tell source and id."),
)

REJECTED_COMMENT: Final = "Rejected events. Grain: one row per delivery."


def create_landing_tables(connection: duckdb.DuckDBPyConnection, family: str) -> None:
    """Create what a load of one family needs where it is missing."""
    create_version_tables(connection)
    ensure_table(connection, "landing.offsets", OFFSETS, "How far each topic is landed.")
    ensure_table(
        connection, "landing.raw_watermarks", RAW_WATERMARKS, "How much was published on each raw topic."
    )
    ensure_table(connection, "landing.batches", BATCHES, "Every load. Grain: one row per load.")
    ensure_table(
        connection,
        "landing.quarantine",
        QUARANTINE,
        "Records that are no event of a known contract.",
    )
    ensure_table(
        connection,
        "landing.rejected",
        REJECTED,
        REJECTED_COMMENT,
    )
    for about in all_families()[family].contracts.values():
        columns = contract_columns(about)
        ensure_contract_table(connection, f"landing.{about.name}", columns, _comment(about), about)


def family_tables(family: str) -> tuple[str, ...]:
    """Every table in which a record of the family's topics can stand; the last two are shared by all."""
    contracts = all_families()[family].contracts.values()
    return (*(f"landing.{about.name}" for about in contracts), "landing.rejected", "landing.quarantine")


def rows_landed(connection: duckdb.DuckDBPyConnection, family: str) -> int:
    """Rows of the tables of the family's contracts."""
    counts = " union all ".join(
        f"select count(*) as rows from landing.{about.name}"  # noqa: S608 - names that contracts declare
        for about in all_families()[family].contracts.values()
    )
    row = connection.execute(f"select sum(rows) from ({counts})").fetchone()  # noqa: S608
    return int(row[0]) if row and row[0] is not None else 0


def _comment(about: About) -> str:
    meaning = (about.model.__doc__ or "").strip()
    return f"{meaning} As delivered. Grain: one row per delivery. Owner: {about.owner}."
