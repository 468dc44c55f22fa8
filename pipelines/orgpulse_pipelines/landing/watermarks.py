"""How much was published on the raw topics: what the landed events are reconciled with."""

from collections.abc import Mapping
from contextlib import closing

import duckdb
from kafka import TopicPartition

from orgpulse_pipelines.landing.cluster import Cluster
from orgpulse_pipelines.landing.offsets import Partition
from orgpulse_pipelines.warehouse.catalog import transaction
from orgpulse_platform.clients import broker_errors, consumer
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topic_admin import end_offsets
from orgpulse_platform.topics import family_of, raw_topics


def raw_topics_of(family: str) -> list[str]:
    """The raw topics of a family, sorted."""
    return [topic for topic in raw_topics() if family_of(topic) == family]


def record_watermarks(
    connection: duckdb.DuckDBPyConnection,
    kafka: KafkaSettings,
    cluster: Cluster,
    family: str,
    processed: Mapping[Partition, int],
) -> None:
    """Store the ends of the family's raw topics, measured now, after the load.

    Whatever was landed had been published before, so these ends are never behind what was landed.
    ``processed`` is how far the streams had come before the load. Begin offsets keep the value they had when
    the topic was first seen: retention moves them, and what it removed was still published.
    """
    topics = [topic for topic in raw_topics_of(family) if topic in cluster.topic_ids]
    ends = end_offsets(kafka, topics)
    begins = begin_offsets(kafka, list(ends))
    with transaction(connection):
        for partition, end in ends.items():
            place = [cluster.id, cluster.topic_ids[partition[0]], *partition]
            begin = _take_out(connection, place, begins[partition])
            done = min(processed.get(partition, begin), end)
            connection.execute(
                "insert into landing.raw_watermarks values (?, ?, ?, ?, ?, ?, ?)", [*place, begin, done, end]
            )


def begin_offsets(kafka: KafkaSettings, partitions: list[Partition]) -> dict[Partition, int]:
    """The offset of the first record that Kafka still keeps; raises :class:`BrokerUnavailableError`."""
    with broker_errors(kafka), closing(consumer(kafka)) as reader:
        found = reader.beginning_offsets([TopicPartition(*partition) for partition in partitions])
    return {(at.topic, at.partition): offset for at, offset in found.items()}


def _take_out(connection: duckdb.DuckDBPyConnection, place: list[object], begin: int) -> int:
    """Remove the watermark stored before; the begin offset that it had, or the one given."""
    row = connection.execute(
        "delete from landing.raw_watermarks "
        'where cluster_id = ? and topic_id = ? and topic = ? and "partition" = ? returning begin_offset',
        place,
    ).fetchone()
    return int(row[0]) if row else begin
