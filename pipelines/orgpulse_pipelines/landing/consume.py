"""Reads topics from given offsets to their end, in batches, without a consumer group."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

from kafka import KafkaConsumer, TopicPartition

from orgpulse_pipelines.landing.offsets import Partition
from orgpulse_platform.clients import bootstrap, broker_errors, consumer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.settings import KafkaSettings

POLL_MS: Final = 500
BATCH_RECORDS: Final = 50_000
BATCH_BYTES: Final = 64 * 1024 * 1024
QUIET_SECONDS: Final = 2.0
"""How long the embedded broker must stay silent before its topics count as read: its ends lag behind."""
FETCH: Final = {
    "max_poll_records": 20_000,
    "fetch_max_bytes": 32 * 1024 * 1024,
    "max_partition_fetch_bytes": 8 * 1024 * 1024,
    "fetch_max_wait_ms": 100,
}


@dataclass
class Batch:
    """Records as columns, in the order in which Kafka gave them, and where to go on after them."""

    topics: list[str] = field(default_factory=list[str])
    partitions: list[int] = field(default_factory=list[int])
    offsets: list[int] = field(default_factory=list[int])
    arrived_ms: list[int] = field(default_factory=list[int])
    """Kafka's time of arrival, in milliseconds since 1970 (UTC)."""
    values: list[bytes | None] = field(default_factory=list[bytes | None])
    next_offsets: dict[Partition, int] = field(default_factory=dict[Partition, int])
    bytes: int = 0

    def __len__(self) -> int:
        return len(self.values)

    @property
    def full(self) -> bool:
        """Whether it is time to commit it."""
        return len(self) >= BATCH_RECORDS or self.bytes >= BATCH_BYTES

    def add(self, topic: str, partition: int, records: Sequence[Any]) -> None:
        """Append the records of one partition."""
        values = [record.value for record in records]
        self.topics += [topic] * len(records)
        self.partitions += [partition] * len(records)
        self.offsets += [record.offset for record in records]
        self.arrived_ms += [record.timestamp for record in records]
        self.values += values
        self.next_offsets[topic, partition] = records[-1].offset + 1
        self.bytes += sum(len(value) for value in values if value)


class Reading:
    """One reading of topics to the ends measured when it starts.

    It starts where the last one ended, or with the first record that Kafka still keeps.
    """

    def __init__(
        self,
        kafka: KafkaSettings,
        topics: Sequence[str],
        next_offsets: Mapping[Partition, int],
        *,
        until_quiet: bool,
        from_start: bool = False,
    ) -> None:
        self._kafka = kafka
        self._topics = topics
        self._stored = next_offsets
        self._from_start = from_start
        self._quiet_seconds = QUIET_SECONDS if until_quiet else 0.0
        self.notices: list[str] = []
        """What people should know: topics that are shorter or begin later than what was stored."""

    def batches(self) -> Iterator[Batch]:
        """The records in batches; raises :class:`BrokerUnavailableError` if Kafka falls silent too early."""
        with broker_errors(self._kafka), closing(consumer(self._kafka, **FETCH)) as reader:
            partitions = self._partitions(reader)
            reader.assign(partitions)
            ends = reader.end_offsets(partitions)
            for partition, start in self._starts(reader, partitions, ends).items():
                reader.seek(partition, start)
            yield from self._poll(reader, ends)

    def _partitions(self, reader: KafkaConsumer) -> list[TopicPartition]:
        found = ((topic, reader.partitions_for_topic(topic) or ()) for topic in self._topics)
        return [TopicPartition(topic, number) for topic, numbers in found for number in sorted(numbers)]

    def _starts(
        self, reader: KafkaConsumer, partitions: list[TopicPartition], ends: Mapping[TopicPartition, int]
    ) -> dict[TopicPartition, int]:
        begins = reader.beginning_offsets(partitions)
        starts = dict[TopicPartition, int]()
        for partition in partitions:
            stored = self._stored.get((partition.topic, partition.partition), 0)
            starts[partition] = self._start(partition, stored, begins[partition], ends[partition])
        return starts

    def _start(self, partition: TopicPartition, stored: int, begin: int, end: int) -> int:
        if self._from_start:
            return begin
        place = f"{partition.topic}, partition {partition.partition}"
        if stored > end and not self._quiet_seconds:
            self.notices.append(f"{place} ends before what was landed from it: it is read from its start.")
            return begin
        if stored < begin:
            self.notices.append(f"{place}: Kafka removed {begin - stored} records before they were landed.")
            return begin
        return stored

    def _poll(self, reader: KafkaConsumer, ends: Mapping[TopicPartition, int]) -> Iterator[Batch]:
        batch = Batch()
        heard = time.monotonic()
        while self._unread(reader, ends, time.monotonic() - heard):
            found = reader.poll(timeout_ms=POLL_MS)
            if found:
                heard = time.monotonic()
            for partition, records in found.items():
                batch.add(partition.topic, partition.partition, records)
            if batch.full:
                yield batch
                batch = Batch()
                heard = time.monotonic()
        if batch:
            yield batch

    def _unread(self, reader: KafkaConsumer, ends: Mapping[TopicPartition, int], silent: float) -> bool:
        """Whether to poll on; ``silent`` is for how many seconds Kafka has given nothing."""
        if all(reader.position(partition) >= end for partition, end in ends.items()):
            return silent < self._quiet_seconds
        if silent > self._kafka.request_timeout_ms / 1000:
            raise BrokerUnavailableError(f"{bootstrap(self._kafka)} fell silent in the middle of a load")
        return True
