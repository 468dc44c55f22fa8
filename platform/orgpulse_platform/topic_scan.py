"""Reads topics once, from their first record to their last, for commands that look for something."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any, Final, NamedTuple

from kafka import KafkaConsumer, TopicPartition

from orgpulse_platform.broker.address import last_address
from orgpulse_platform.clients import bootstrap, broker_errors, consumer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.settings import Settings

POLL_MS: Final = 500
QUIET_S: Final = 2.0
"""How long the embedded broker must stay silent before its topics count as read: its ends lag behind."""
FETCH: Final = {
    "max_poll_records": 5_000,
    "max_partition_fetch_bytes": 8 * 1024 * 1024,
    "fetch_max_wait_ms": 100,
}

Progress = Callable[[int, int], None]
"""Told how many records were read, and how many there are."""


class ScannedRecord(NamedTuple):
    """A record that was met."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    """When it arrived, in milliseconds since 1970 (UTC)."""
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]


def scan(settings: Settings, topics: Sequence[str], progress: Progress) -> Iterator[ScannedRecord]:
    """Every record of the topics that exist, up to the ends measured at the start.

    Raises :class:`BrokerUnavailableError` if Kafka does not answer or falls silent too early.
    """
    with broker_errors(settings.kafka), closing(consumer(settings.kafka, **FETCH)) as reader:
        found = ((topic, reader.partitions_for_topic(topic) or ()) for topic in topics)
        partitions = [TopicPartition(topic, number) for topic, numbers in found for number in sorted(numbers)]
        if not partitions:
            return
        reader.assign(partitions)
        begins, ends = reader.beginning_offsets(partitions), reader.end_offsets(partitions)
        for partition in partitions:
            reader.seek(partition, begins[partition])
        total = sum(ends[partition] - begins[partition] for partition in partitions)
        read = 0
        progress(read, total)
        for records in _polled(settings, reader, ends):
            read += len(records)
            progress(read, max(read, total))
            for record in records:
                yield ScannedRecord(
                    record.topic, record.partition, record.offset, record.timestamp,
                    record.key, record.value, record.headers,
                )  # fmt: skip


def _polled(
    settings: Settings, reader: KafkaConsumer, ends: dict[TopicPartition, int]
) -> Iterator[list[Any]]:
    """What each poll gives, until the ends are reached."""
    quiet_s = QUIET_S if is_embedded(settings) else 0.0
    heard = time.monotonic()
    while _unread(settings, reader, ends, time.monotonic() - heard, quiet_s):
        polled = reader.poll(timeout_ms=POLL_MS)
        if polled:
            yield [record for records in polled.values() for record in records]
            heard = time.monotonic()


def _unread(
    settings: Settings,
    reader: KafkaConsumer,
    ends: dict[TopicPartition, int],
    silent_s: float,
    quiet_s: float,
) -> bool:
    if all(reader.position(partition) >= end for partition, end in ends.items()):
        return silent_s < quiet_s
    if silent_s > settings.kafka.request_timeout_ms / 1000:
        raise BrokerUnavailableError(f"{bootstrap(settings.kafka)} fell silent while topics were read")
    return True


def is_embedded(settings: Settings) -> bool:
    """Whether the cluster is the embedded broker, whose ends lag and which keeps nothing when it stops."""
    address = last_address(settings.folder.broker)
    return (
        address is not None
        and address.kind == "embedded"
        and address.bootstrap == settings.kafka.bootstrap_servers
    )
