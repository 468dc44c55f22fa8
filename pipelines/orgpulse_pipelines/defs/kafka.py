"""The Kafka topics as external assets, so that lineage runs from a figure back to a source system."""

import dagster as dg

from orgpulse_pipelines.asset_names import team, topic_key
from orgpulse_platform.settings import load_settings
from orgpulse_platform.topics import USES, Topic, TopicKind, all_topics, raw_topics
from orgpulse_schemas.registry import all_contracts, all_families


@dg.definitions
def kafka_topics() -> dg.Definitions:
    """One external asset a topic; streams make the protected ones from the raw ones."""
    return dg.Definitions(assets=[_spec(topic) for topic in all_topics(load_settings().kafka)])


def _spec(topic: Topic) -> dg.AssetSpec:
    raw = [name for name in raw_topics() if name.split(".")[1] == topic.family]
    return dg.AssetSpec(
        topic_key(topic.name),
        deps=[] if topic.kind is TopicKind.RAW else [topic_key(name) for name in raw],
        description=_description(topic),
        group_name="kafka",
        owners=[team(all_families()[topic.family].owner)],
        kinds={"kafka"},
        tags={"layer": topic.kind.value, "family": topic.family},
        metadata={"retention_hours": topic.retention_ms // 3_600_000},
    )


def _description(topic: Topic) -> str:
    """What the topic is for, and the events that it carries."""
    use = USES[topic.kind]
    purpose = f"{use.holds} Written by {use.written_by}. Read by {use.read_by}."
    carried = [
        f"- `{about.event_type}`: {about.purpose}"
        for about in all_contracts().values()
        if topic.name in (about.raw_topic, f"events.{about.family}")
    ]
    return "\n".join([purpose, "", *carried]).strip()
