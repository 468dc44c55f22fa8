"""Every Kafka topic of the platform, derived from the contracts."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from orgpulse_platform.settings import KafkaSettings
from orgpulse_schemas.registry import all_contracts, all_families

HOUR_MS = 3_600_000
LARGEST_REJECTED = 3_000_000
"""Largest record of a rejected topic, in bytes: an original of any size that Kafka takes by default fits
twice, encrypted and in base64."""


class TopicKind(StrEnum):
    """What a topic holds."""

    RAW = "raw"
    EVENTS = "events"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class TopicUse:
    """What a kind of topic is for."""

    holds: str
    written_by: str
    read_by: str


USES: Final = {
    TopicKind.RAW: TopicUse(
        "Events as published, with personal data.",
        "one source system alone, and the replay of its rejected events",
        "the streams, and `orgpulse trace` for one event at a time",
    ),
    TopicKind.EVENTS: TopicUse(
        "Protected events: no names, no numbers of people, no free text.",
        "the streams",
        "the pipelines, which land them in the warehouse",
    ),
    TopicKind.REJECTED: TopicUse(
        "Events that meet no contract: a reason code, a place, and the original, encrypted.",
        "the streams",
        "the pipelines, which count them, and `orgpulse rejected`, which alone opens originals",
    ),
}
"""What each kind of topic holds, who writes to it and who reads it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its retention in milliseconds."""

    name: str
    kind: TopicKind
    family: str
    retention_ms: int


def all_topics(kafka: KafkaSettings) -> tuple[Topic, ...]:
    """Every topic of the platform, by name."""
    return tuple(sorted(_topics(kafka), key=lambda topic: topic.name))


def _topics(kafka: KafkaSettings) -> Iterator[Topic]:
    for name, family_name in {(about.raw_topic, about.family) for about in all_contracts().values()}:
        yield Topic(name, TopicKind.RAW, family_name, kafka.raw_retention_hours * HOUR_MS)
    for family in all_families().values():
        retention_ms = family.topic_retention_days * 24 * HOUR_MS
        yield Topic(f"events.{family.name}", TopicKind.EVENTS, family.name, retention_ms)
        yield Topic(
            rejected_topic(family.name),
            TopicKind.REJECTED,
            family.name,
            kafka.rejected_retention_hours * HOUR_MS,
        )


def raw_topics() -> tuple[str, ...]:
    """Names of the raw topics, sorted."""
    return tuple(sorted({about.raw_topic for about in all_contracts().values()}))


def rejected_topic(family: str) -> str:
    """Name of the topic that holds the rejected events of a family."""
    return f"rejected.{family}"


def family_of(topic: str) -> str:
    """The family that a topic of any kind belongs to."""
    return topic.split(".")[1]
