"""The platform's topics on a cluster: creating them, and what identifies and bounds them."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    KafkaError,
    NotCoordinatorError,
    TopicAlreadyExistsError,
    for_code,
)
from kafka.protocol.consumer import OffsetSpec
from kafka.structs import OffsetAndMetadata

from orgpulse_platform.clients import admin_client, bootstrap, broker_errors
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topics import HOUR_MS, LARGEST_REJECTED, Topic, TopicKind, all_topics

SEGMENTS_PER_RETENTION: Final = 12
_RETENTION_CONFIGS: Final = ("retention.ms", "segment.ms")
LONGEST_SEGMENT_MS: Final = 7 * 24 * HOUR_MS
COORDINATOR_NOT_READY: Final = (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    NotCoordinatorError,
)


def create_topics(kafka: KafkaSettings) -> list[str]:
    """Create the platform's topics that are missing; returns their names, sorted.

    Topics that exist get the retention that holds now. Raises :class:`BrokerUnavailableError`.
    """
    with _admin(kafka) as admin:
        existing = set(admin.list_topics())
        _keep_retention(admin, [topic for topic in all_topics(kafka) if topic.name in existing])
        missing = {
            topic.name: _creation(kafka, topic) for topic in all_topics(kafka) if topic.name not in existing
        }
        if not missing:
            return []
        answer = admin.create_topics(missing, raise_errors=False)
        created = sorted(_created(kafka, answer["topics"]))
        admin.wait_for_topics(list(missing), timeout_ms=kafka.request_timeout_ms)
    return created


def _keep_retention(admin: KafkaAdminClient, topics: Sequence[Topic]) -> None:
    """Bring topics to the retention that contracts and settings state now.

    A broker that tells no configuration, or not to us, keeps the one that its topics were created with.
    """
    named = [ConfigResource(ConfigResourceType.TOPIC, topic.name) for topic in topics]
    try:
        held = admin.describe_configs(named)["topic"] if named else {}
    except KafkaError:
        return
    for topic in topics:
        configs = topic_configs(topic)
        wanted = {name: configs[name] for name in _RETENTION_CONFIGS}
        told = held.get(topic.name)
        if told and any(_value(told.get(name)) != value for name, value in wanted.items()):
            admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic.name, configs=wanted)])


def _value(config: Any) -> str | None:
    """The value of a configuration as the client tells it."""
    found = config.get("value") if isinstance(config, dict) else config
    return None if found is None else str(found)


def _creation(kafka: KafkaSettings, topic: Topic) -> dict[str, Any]:
    return {
        "num_partitions": kafka.partitions,
        "replication_factor": kafka.replication_factor,
        "configs": topic_configs(topic),
    }


def topic_configs(topic: Topic) -> dict[str, str]:
    """The configuration with which a topic is created.

    Retention counts from the arrival at the broker, whatever a publisher's clock says.

    Kafka deletes whole segments, after the newest record in them has expired: short segments keep a record
    from staying much longer than its retention.
    """
    segment_ms = min(LONGEST_SEGMENT_MS, max(HOUR_MS, topic.retention_ms // SEGMENTS_PER_RETENTION))
    configs = {
        "cleanup.policy": "delete",
        "retention.ms": str(topic.retention_ms),
        "segment.ms": str(segment_ms),
        "message.timestamp.type": "LogAppendTime",
    }
    if topic.kind is TopicKind.REJECTED:
        configs["max.message.bytes"] = str(LARGEST_REJECTED)
    return configs


def _created(kafka: KafkaSettings, results: Sequence[dict[str, Any]]) -> Iterator[str]:
    for result in results:
        code = result["error_code"]
        if code == TopicAlreadyExistsError.errno:
            continue  # another process was quicker
        if code:
            reason = for_code(code).__name__
            raise BrokerUnavailableError(
                f"{bootstrap(kafka)} did not create the topic {result['name']} ({reason})"
            )
        yield result["name"]


def existing_topics(kafka: KafkaSettings) -> frozenset[str]:
    """Names of all topics on the cluster; raises :class:`BrokerUnavailableError`."""
    with _admin(kafka) as admin:
        return frozenset(admin.list_topics())


def cluster_identity(kafka: KafkaSettings) -> str:
    """The id of the cluster: another one means that stored offsets say nothing about its topics."""
    with _admin(kafka) as admin:
        return str(admin.describe_cluster()["cluster_id"])


def topic_ids(kafka: KafkaSettings, topics: Sequence[str]) -> dict[str, str]:
    """The id of each topic that exists: another id means that the topic was deleted and made anew.

    On brokers that know no topic ids the name stands for it.
    """
    with _admin(kafka) as admin:
        return {
            topic["name"]: str(topic.get("topic_id") or topic["name"]) for topic in _described(admin, topics)
        }


def end_offsets(kafka: KafkaSettings, topics: Sequence[str]) -> dict[tuple[str, int], int]:
    """The offset after the last record, by (topic, partition), for each topic that exists."""
    with _admin(kafka) as admin:
        wanted = dict.fromkeys(_partitions(admin, topics), OffsetSpec.LATEST)
        found = admin.list_partition_offsets(wanted) if wanted else {}
        return {(partition.topic, partition.partition): at.offset for partition, at in found.items()}


def cut(kafka: KafkaSettings, offsets: Mapping[tuple[str, int], int]) -> None:
    """Remove the records before these offsets, by (topic, partition); raises :class:`BrokerUnavailableError`.

    Nobody can read them from then on. The broker takes the bytes off its disk with the segment they stand in.
    """
    if not offsets:
        return
    with _admin(kafka) as admin:
        admin.delete_records({TopicPartition(*place): offset for place, offset in offsets.items()})


def committed_offsets(kafka: KafkaSettings, group: str, topics: Sequence[str]) -> dict[tuple[str, int], int]:
    """The offsets that a consumer group committed, by (topic, partition); absent where it committed none."""
    with _admin(kafka) as admin:
        partitions = _partitions(admin, topics)
        found = _group_offsets(kafka, admin, group, partitions) if partitions else {}
        return {
            (partition.topic, partition.partition): at.offset
            for partition, at in found.items()
            if at.offset >= 0
        }


def _group_offsets(
    kafka: KafkaSettings, admin: KafkaAdminClient, group: str, partitions: list[TopicPartition]
) -> dict[TopicPartition, OffsetAndMetadata]:
    """What the group's coordinator knows; a new cluster needs a moment until it has one."""
    deadline = time.monotonic() + kafka.request_timeout_ms / 1000
    while True:
        try:
            answer: dict[TopicPartition, OffsetAndMetadata] = admin.list_group_offsets({group: partitions})[
                group
            ]
        except COORDINATOR_NOT_READY:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return answer


def _described(admin: KafkaAdminClient, topics: Sequence[str]) -> list[dict[str, Any]]:
    described: list[dict[str, Any]] = admin.describe_topics(list(topics)) if topics else []
    return [topic for topic in described if topic["error_code"] == 0]


def _partitions(admin: KafkaAdminClient, topics: Sequence[str]) -> list[TopicPartition]:
    return [
        TopicPartition(topic["name"], partition["partition_index"])
        for topic in _described(admin, topics)
        for partition in topic["partitions"]
    ]


@contextmanager
def _admin(kafka: KafkaSettings) -> Iterator[KafkaAdminClient]:
    """An admin client that is closed again, with Kafka's errors turned into ours."""
    admin = admin_client(kafka)
    try:
        with broker_errors(kafka):
            yield admin
    finally:
        admin.close()
