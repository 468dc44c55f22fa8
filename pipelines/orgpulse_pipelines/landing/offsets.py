"""How far each partition is landed: kept beside the rows, committed with them, read before each load."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.landing.cluster import Cluster

Partition = tuple[str, int]
"""Topic and partition."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a partition is landed."""

    topic: str
    topic_id: str
    """A topic that is made anew has another."""
    partition: int
    next_offset: int
    """The first offset that is not landed yet."""


def next_offsets(connection: duckdb.DuckDBPyConnection, cluster: Cluster) -> dict[Partition, int]:
    """The first offset that is not landed yet, for each partition of the cluster that was loaded before."""
    rows = connection.execute(
        'select topic, "partition", next_offset, topic_id from landing.offsets where cluster_id = ?',
        [cluster.id],
    ).fetchall()
    return {
        (topic, partition): next_offset
        for topic, partition, next_offset, topic_id in rows
        if cluster.topic_ids.get(topic) == topic_id
    }


def positions(
    connection: duckdb.DuckDBPyConnection, cluster: Cluster, topics: Collection[str]
) -> list[Position]:
    """How far each of these topics' partitions is landed, sorted."""
    found = next_offsets(connection, cluster)
    return [
        Position(topic, cluster.topic_ids[topic], partition, next_offset)
        for (topic, partition), next_offset in sorted(found.items())
        if topic in topics
    ]


def store_offsets(
    connection: duckdb.DuckDBPyConnection, cluster: Cluster, offsets: Mapping[Partition, int]
) -> None:
    """Replace the stored offsets; belongs into the transaction that inserts the rows."""
    for (topic, partition), next_offset in offsets.items():
        place = [cluster.id, cluster.topic_ids[topic], topic, partition]
        connection.execute(
            "delete from landing.offsets "
            'where cluster_id = ? and topic_id = ? and topic = ? and "partition" = ?',
            place,
        )
        connection.execute("insert into landing.offsets values (?, ?, ?, ?, ?)", [*place, next_offset])
