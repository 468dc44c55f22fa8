"""Topics on a real Apache Kafka."""

import time

import pytest
from kafka import TopicPartition
from kafka.admin import ConfigResource

from orgpulse_platform.clients import admin_client, consumer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.publisher import Publisher
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import (
    cluster_identity,
    committed_offsets,
    create_topics,
    end_offsets,
    existing_topics,
    topic_ids,
)
from orgpulse_platform.topics import all_topics

pytestmark = pytest.mark.kafka


def delete(settings: Settings, *topics: str) -> None:
    admin = admin_client(settings.kafka)
    admin.delete_topics(list(topics))
    admin.close()
    deadline = time.monotonic() + 20
    while existing_topics(settings.kafka) & set(topics):  # the controller knows it before the broker does
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_creating_topics_twice_changes_nothing(clean_kafka: Settings) -> None:
    before = topic_ids(clean_kafka.kafka, ["events.hr"])
    assert create_topics(clean_kafka.kafka) == []
    assert topic_ids(clean_kafka.kafka, ["events.hr"]) == before


def test_existing_topic_gets_the_retention_that_holds_now(clean_kafka: Settings) -> None:
    topic = ConfigResource("TOPIC", "events.conduct")
    admin = admin_client(clean_kafka.kafka)
    admin.alter_configs([ConfigResource("TOPIC", topic.name, configs={"retention.ms": "999999999999"})])
    create_topics(clean_kafka.kafka)
    shortest = 1095 * 24 * 3_600_000  # of the ombudsperson's cases, which stand on the same topic
    deadline = time.monotonic() + 20
    while admin.describe_configs([topic])["topic"][topic.name]["retention.ms"]["value"] != str(shortest):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    admin.close()


def test_only_missing_topics_are_created(clean_kafka: Settings) -> None:
    delete(clean_kafka, "events.hr", "raw.hr.pe-3")
    assert create_topics(clean_kafka.kafka) == ["events.hr", "raw.hr.pe-3"]


def test_every_topic_has_its_partitions_and_counts_retention_from_arrival(clean_kafka: Settings) -> None:
    admin = admin_client(clean_kafka.kafka)
    described = {topic["name"]: topic for topic in admin.describe_topics()}
    wanted = [ConfigResource("TOPIC", topic.name) for topic in all_topics(clean_kafka.kafka)]
    configs = admin.describe_configs(wanted, config_filter="all")["topic"]
    admin.close()
    for topic in all_topics(clean_kafka.kafka):
        config = {name: entry["value"] for name, entry in configs[topic.name].items()}
        assert len(described[topic.name]["partitions"]) == clean_kafka.kafka.partitions
        assert config["retention.ms"] == str(topic.retention_ms)
        assert config["message.timestamp.type"] == "LogAppendTime"
        # A record may outlive its retention by the length of a segment.
        assert int(config["segment.ms"]) <= max(3_600_000, topic.retention_ms / 12)


def test_a_topic_that_was_made_anew_has_another_id(clean_kafka: Settings) -> None:
    before = topic_ids(clean_kafka.kafka, ["events.hr", "events.finance"])
    delete(clean_kafka, "events.hr")
    create_topics(clean_kafka.kafka)
    after = topic_ids(clean_kafka.kafka, ["events.hr", "events.finance"])
    assert after["events.hr"] != before["events.hr"]
    assert after["events.finance"] == before["events.finance"]


def test_end_offsets_count_what_each_partition_took(clean_kafka: Settings) -> None:
    with Publisher(clean_kafka.kafka) as publisher:
        for number in range(100):
            publisher.send("raw.hr.pe-3", b"%d" % number, b"{}")
    ends = end_offsets(clean_kafka.kafka, ["raw.hr.pe-3", "events.hr"])
    assert sum(offset for (topic, _), offset in ends.items() if topic == "raw.hr.pe-3") == 100
    assert [ends["events.hr", partition] for partition in range(3)] == [0, 0, 0]


def test_topics_that_do_not_exist_are_left_out(clean_kafka: Settings) -> None:
    assert "events.nowhere" not in existing_topics(clean_kafka.kafka)
    assert topic_ids(clean_kafka.kafka, ["events.nowhere"]) == {}
    assert end_offsets(clean_kafka.kafka, ["events.nowhere"]) == {}
    assert committed_offsets(clean_kafka.kafka, "a-group", ["events.nowhere"]) == {}
    assert end_offsets(clean_kafka.kafka, []) == {}


def test_only_partitions_with_a_commit_have_a_committed_offset(clean_kafka: Settings) -> None:
    group = clean_kafka.streams.group
    assert committed_offsets(clean_kafka.kafka, group, ["raw.hr.pe-3"]) == {}
    with Publisher(clean_kafka.kafka) as publisher:
        publisher.send("raw.hr.pe-3", b"one", b"{}")
    reader = consumer(clean_kafka.kafka, group_id=group, consumer_timeout_ms=10_000)
    reader.assign([TopicPartition("raw.hr.pe-3", partition) for partition in range(3)])
    record = next(reader)
    reader.commit()
    reader.close()
    found = committed_offsets(clean_kafka.kafka, group, ["raw.hr.pe-3"])
    assert found["raw.hr.pe-3", record.partition] == 1


def test_a_cluster_keeps_its_identity(clean_kafka: Settings) -> None:
    assert len(cluster_identity(clean_kafka.kafka)) == 22
    assert cluster_identity(clean_kafka.kafka) == cluster_identity(clean_kafka.kafka)


def test_a_topic_that_cannot_be_created_is_named(clean_kafka: Settings) -> None:
    delete(clean_kafka, "events.hr")
    greedy = clean_kafka.kafka.model_copy(update={"replication_factor": 3})
    with pytest.raises(BrokerUnavailableError, match=r"did not create the topic events\.hr \(InvalidRepl"):
        create_topics(greedy)
