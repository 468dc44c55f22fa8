"""The page of the topics: who writes, who reads, how long they keep what."""

from collections.abc import Iterator
from typing import Final

from orgpulse_platform.reference_pages.markdown import code, link, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import (
    OPERATORS,
    TOPICS,
    family_path,
    system_link,
)
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topic_admin import topic_configs
from orgpulse_platform.topics import HOUR_MS, USES, Topic, TopicKind, all_topics
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.systems import SourceSystem

_DEFAULTS: Final = KafkaSettings()
_DAYS_FROM: Final = 7 * 24
"""Spans of so many hours and more are told in days."""
_KEPT_BY: Final = {
    TopicKind.RAW: "`ORGPULSE_KAFKA__RAW_RETENTION_HOURS` changes how long they keep it.",
    TopicKind.EVENTS: "The contract of the family that states the shortest time says how long they keep it.",
    TopicKind.REJECTED: "`ORGPULSE_KAFKA__REJECTED_RETENTION_HOURS` changes how long they keep it.",
}
_IN_COLUMNS: Final = ("cleanup.policy", "retention.ms", "segment.ms")
"""Configurations that differ from topic to topic, or stand with each."""


def topics_page() -> Page:
    """Every topic, by kind."""
    topics = all_topics(_DEFAULTS)
    return Page(
        TOPICS,
        "Topics",
        f"The {len(topics)} Kafka topics: what they hold, who writes, who reads, how long they keep it.",
        tuple(_body(topics)),
        OPERATORS,
    )


def _body(topics: tuple[Topic, ...]) -> Iterator[str]:
    partitions, copies = _DEFAULTS.partitions, _DEFAULTS.replication_factor
    yield "`orgpulse topics create` creates the missing ones as they stand here;"
    yield "the others get the time for which they keep events, and are left alone otherwise."
    yield f"`ORGPULSE_KAFKA__PARTITIONS` sets another number of partitions than {partitions},"
    yield f"`ORGPULSE_KAFKA__REPLICATION_FACTOR` another number of copies of each than {copies}."
    yield ""
    for kind, use in USES.items():
        yield f"## {kind.value}"
        yield ""
        yield text(use.holds)
        yield ""
        yield f"- Written by {text(use.written_by)}."
        yield f"- Read by {text(use.read_by)}."
        shown = [topic for topic in topics if topic.kind is kind]
        yield f"- {_KEPT_BY[kind]}"
        yield f"- Created with {', '.join(_other_configs(shown[0]))}."
        yield ""
        columns = ("topic", "written by", "contracts", "kept for", "cleanup policy", "partitions")
        yield from table(columns, [_row(topic) for topic in shown])


def _other_configs(topic: Topic) -> list[str]:
    """What every topic of a kind is created with, beside the columns of the table."""
    configs = sorted(topic_configs(topic).items())
    return [code(f"{name}={value}") for name, value in configs if name not in _IN_COLUMNS]


def _row(topic: Topic) -> tuple[str, ...]:
    writer = _writer(topic)
    return (
        code(topic.name),
        f"{system_link(writer, TOPICS)} {text(writer.title)}" if writer else "the streams",
        link(code(topic.family), family_path(topic.family), of=TOPICS),
        _span(topic.retention_ms),
        code(topic_configs(topic)["cleanup.policy"]),
        str(_DEFAULTS.partitions),
    )


def _writer(topic: Topic) -> SourceSystem | None:
    """The source system that writes to a topic; none to those that the platform writes to."""
    return next((about.system for about in all_contracts().values() if about.raw_topic == topic.name), None)


def _span(milliseconds: int) -> str:
    hours = milliseconds // HOUR_MS
    return f"{hours // 24:,} days" if hours >= _DAYS_FROM else f"{hours} hours"
