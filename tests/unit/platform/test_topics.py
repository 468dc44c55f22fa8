"""Topics follow from the contracts."""

import re
from collections import defaultdict

import pytest

from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topics import (
    HOUR_MS,
    TopicKind,
    all_topics,
    family_of,
    raw_topics,
    rejected_topic,
)
from orgpulse_schemas.registry import all_contracts, all_families

KAFKA = KafkaSettings(raw_retention_hours=5, rejected_retention_hours=7)
TOPICS = {topic.name: topic for topic in all_topics(KAFKA)}


def test_every_contract_has_its_three_topics() -> None:
    for about in all_contracts().values():
        assert TOPICS[about.raw_topic].kind is TopicKind.RAW
        assert TOPICS[about.events_topic].kind is TopicKind.EVENTS
        assert TOPICS[rejected_topic(about.family)].kind is TopicKind.REJECTED


def test_no_topic_is_without_a_contract() -> None:
    needed = {
        name
        for about in all_contracts().values()
        for name in (about.raw_topic, about.events_topic, rejected_topic(about.family))
    }
    assert set(TOPICS) == needed


def test_topics_are_named_once_and_in_order() -> None:
    names = [topic.name for topic in all_topics(KAFKA)]
    assert names == sorted(set(names))


def test_raw_topics_are_those_of_the_kind() -> None:
    assert raw_topics() == tuple(name for name, topic in TOPICS.items() if topic.kind is TopicKind.RAW)


def test_one_source_system_alone_writes_a_raw_topic() -> None:
    writers = defaultdict(set)
    for about in all_contracts().values():
        writers[about.raw_topic].add(about.system.id)
    assert {name: len(systems) for name, systems in writers.items()} == dict.fromkeys(raw_topics(), 1)


def test_personal_data_is_kept_for_hours_and_protected_events_as_long_as_the_family_says() -> None:
    for topic in TOPICS.values():
        match topic.kind:
            case TopicKind.RAW:
                assert topic.retention_ms == 5 * HOUR_MS
            case TopicKind.REJECTED:
                assert topic.retention_ms == 7 * HOUR_MS
            case TopicKind.EVENTS:
                contracts = all_families()[topic.family].contracts.values()
                shortest = min(about.retention_days for about in contracts)
                assert topic.retention_ms == shortest * 24 * HOUR_MS


@pytest.mark.parametrize("name", TOPICS)
def test_family_is_read_from_the_name_of_any_topic(name: str) -> None:
    assert family_of(name) == TOPICS[name].family


@pytest.mark.parametrize("name", TOPICS)
def test_name_is_one_that_kafka_takes_and_tells_apart(name: str) -> None:
    """Kafka warns where names differ by dot and underscore only, since its metrics cannot tell them apart."""
    assert re.fullmatch(r"[a-z0-9.-]{1,249}", name)
