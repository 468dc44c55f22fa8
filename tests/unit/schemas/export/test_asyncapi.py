"""The AsyncAPI document: valid by its standard, and complete."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson
from jsonschema import Draft7Validator, Draft202012Validator

from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topics import all_topics
from orgpulse_schemas.export import TopicFigures, asyncapi_document
from orgpulse_schemas.reasons import Reason
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.wire import RejectedData

STANDARD = Path(__file__).parents[3] / "standards" / "asyncapi" / "3.0.0.json"


@cache
def document() -> dict[str, Any]:
    return asyncapi_document(TopicFigures(partitions=7, replicas=2))


def resolved(reference: dict[str, str]) -> Any:
    found: Any = document()
    for step in reference["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def messages_of(channel: str) -> list[Any]:
    return [resolved(message) for message in document()["channels"][channel]["messages"].values()]


def test_document_is_valid_by_the_published_schema_of_the_standard() -> None:
    validator = Draft7Validator(orjson.loads(STANDARD.read_bytes()))
    assert [error.json_path for error in validator.iter_errors(document())] == []


def test_published_schema_would_notice_a_fault() -> None:
    validator = Draft7Validator(orjson.loads(STANDARD.read_bytes()))
    assert not validator.is_valid({**document(), "operations": {"x": {"action": "publish"}}})


def test_every_topic_of_the_platform_is_a_channel() -> None:
    assert set(document()["channels"]) == {topic.name for topic in all_topics(KafkaSettings())}


def test_every_contract_is_published_in_both_modes_and_leaves_protected() -> None:
    for about in all_contracts().values():
        raw = {message["name"] for message in messages_of(about.raw_topic)}
        assert {f"{about.event_type}.published", f"{about.event_type}.published.binary"} <= raw
        protected = {message["name"] for message in messages_of(about.events_topic)}
        assert f"{about.event_type}.protected" in protected


def test_channels_say_how_their_topics_are_set_up() -> None:
    for name, channel in document()["channels"].items():
        kafka = channel["bindings"]["kafka"]
        assert (kafka["topic"], kafka["partitions"], kafka["replicas"]) == (name, 7, 2)


def test_retention_is_that_of_the_platform_by_default() -> None:
    channels = asyncapi_document()["channels"]
    for topic in all_topics(KafkaSettings()):
        kafka = channels[topic.name]["bindings"]["kafka"]
        assert kafka["topicConfiguration"]["retention.ms"] == topic.retention_ms


def test_platform_receives_what_is_published_and_sends_the_rest() -> None:
    for operation in document()["operations"].values():
        raw = operation["channel"]["$ref"].startswith("#/channels/raw.")
        assert operation["action"] == ("receive" if raw else "send")
        assert resolved(operation["channel"])
    assert len(document()["operations"]) == len(document()["channels"])


def test_payloads_are_valid_json_schemas() -> None:
    for payload in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(payload["schema"])


def test_every_message_says_its_key_and_its_payload() -> None:
    for name, message in document()["components"]["messages"].items():
        assert resolved(message["payload"])
        assert ("key" in message["bindings"]["kafka"]) == (name != "rejected")


def test_binary_message_has_its_attributes_in_headers() -> None:
    for about in all_contracts().values():
        message = document()["components"]["messages"][f"{about.event_type}.published.binary"]
        assert message["headers"]["properties"]["ce_type"] == {"const": about.event_type}
        assert resolved(message["payload"])["$id"].endswith(":accepted")


def test_examples_in_messages_meet_the_payload() -> None:
    for message in document()["components"]["messages"].values():
        for example in message.get("examples", ()):
            schema = resolved(message["payload"])["schema"]
            assert Draft202012Validator(schema).is_valid(example["payload"])


def test_rejected_event_holds_what_the_streams_write() -> None:
    (message,) = messages_of("rejected.hr")
    data = resolved(message["payload"])["schema"]["properties"]["data"]
    assert set(data["properties"]) == set(RejectedData.__annotations__)
    assert data["properties"]["reason"]["enum"] == [reason.value for reason in Reason]
