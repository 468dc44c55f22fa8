"""One AsyncAPI 3.0 document of every topic: what is on it, in which envelope, under which key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.export.envelopes import binary_headers, protected_event_schema, rejected_event_schema
from orgpulse_schemas.export.json_schema import event_schema
from orgpulse_schemas.protected import ProtectedField, protected_fields
from orgpulse_schemas.registry import all_contracts, all_families

VERSION: Final = "3.0.0"
_BINDING: Final = "0.5.0"
_STRUCTURED: Final = "application/cloudevents+json"
_DAY_MS: Final = 24 * 3_600_000
_JSON_SCHEMA: Final = "application/schema+json;version=2020-12"
REJECTED: Final = "rejected"
"""Name of the one message of every rejected topic."""


@dataclass(frozen=True, slots=True)
class TopicFigures:
    """How the topics are set up where they run."""

    partitions: int = 3
    replicas: int = 1
    raw_retention_ms: int = 72 * 3_600_000
    rejected_retention_ms: int = 14 * _DAY_MS


def asyncapi_document(figures: TopicFigures | None = None, *, version: str = "1.0.0") -> dict[str, Any]:
    """The document of all topics, from every contract there is."""
    contracts = list(all_contracts().values())
    return {
        "asyncapi": VERSION,
        "info": {
            "title": "OrgPulse",
            "version": version,
            "description": "Events of the source systems as published (raw), as protected (events), and what "
            "was rejected. Every message is a CloudEvent 1.0.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": _STRUCTURED,
        "channels": _channels(contracts, figures or TopicFigures()),
        "operations": dict(_operations(contracts)),
        "components": {"messages": dict(_messages(contracts)), "schemas": dict(_schemas(contracts))},
    }


def _channels(contracts: list[About], figures: TopicFigures) -> dict[str, Any]:
    channels: dict[str, Any] = {}
    for topic in sorted({about.raw_topic for about in contracts}):
        messages = [
            name
            for about in contracts
            if about.raw_topic == topic
            for name in (_published(about), _published_binary(about))
        ]
        said = "As published, with personal data: one source system writes, the streams alone read."
        channels[topic] = _channel(topic, said, messages, figures, figures.raw_retention_ms)
    for family in all_families().values():
        topic = f"events.{family.name}"
        messages = [_protected(about) for about in contracts if about.family == family.name]
        said = "Protected: without personal data."
        channels[topic] = _channel(topic, said, messages, figures, family.topic_retention_days * _DAY_MS)
        topic = f"rejected.{family.name}"
        said = "What was rejected: a reason code, a place, and the original, encrypted."
        channels[topic] = _channel(topic, said, [REJECTED], figures, figures.rejected_retention_ms)
    return dict(sorted(channels.items()))


def _channel(
    topic: str, description: str, messages: list[str], figures: TopicFigures, retention_ms: int
) -> dict[str, Any]:
    return {
        "address": topic,
        "description": description,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
        "bindings": {
            "kafka": {
                "topic": topic,
                "partitions": figures.partitions,
                "replicas": figures.replicas,
                "topicConfiguration": {"cleanup.policy": ["delete"], "retention.ms": retention_ms},
                "bindingVersion": _BINDING,
            }
        },
    }


def _published(about: About) -> str:
    return f"{about.event_type}.published"


def _published_binary(about: About) -> str:
    return f"{about.event_type}.published.binary"


def _protected(about: About) -> str:
    return f"{about.event_type}.protected"


def _operations(contracts: list[About]) -> Iterator[tuple[str, Any]]:
    """What the platform does, seen from itself: it receives what is published and sends the rest."""
    for topic in sorted({about.raw_topic for about in contracts}):
        said = "Read what a source system publishes, check it and protect it."
        yield f"receive.{topic}", _operation("receive", topic, said)
    for family in all_families():
        yield f"send.events.{family}", _operation("send", f"events.{family}", "Write what was protected.")
        yield f"send.rejected.{family}", _operation("send", f"rejected.{family}", "Write what was rejected.")


def _operation(action: str, topic: str, summary: str) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{topic}"}, "summary": summary}


def _messages(contracts: list[About]) -> Iterator[tuple[str, Any]]:
    for about in contracts:
        yield _published(about), _published_message(about)
        yield _published_binary(about), _published_binary_message(about)
        yield _protected(about), _protected_message(about)
    yield (
        REJECTED,
        {
            "name": REJECTED,
            "title": "An event that does not meet its contract",
            "contentType": _STRUCTURED,
            "payload": {"$ref": f"#/components/schemas/{REJECTED}"},
            "bindings": {"kafka": {"bindingVersion": _BINDING}},
        },
    )


def _published_message(about: About) -> dict[str, Any]:
    return {
        **_described(about, _published(about), "in CloudEvents' structured mode"),
        "contentType": _STRUCTURED,
        "payload": {"$ref": f"#/components/schemas/{_published(about)}"},
        "bindings": _key(about, _meaning(about.fields, about.key)),
        "examples": [
            {"name": example.name, "payload": orjson.loads(example.value)}
            for example in examples_of(about.event_type)
            if example.violation is None
        ],
    }


def _published_binary_message(about: About) -> dict[str, Any]:
    """The same event with its attributes in headers and the payload alone as value."""
    return {
        **_described(about, _published_binary(about), "in CloudEvents' binary mode"),
        "contentType": "application/json",
        "headers": binary_headers(about),
        "payload": {"$ref": f"#/components/schemas/{_published(about)}/schema/properties/data"},
        "bindings": _key(about, _meaning(about.fields, about.key)),
    }


def _protected_message(about: About) -> dict[str, Any]:
    return {
        **_described(about, _protected(about), "as it leaves protection"),
        "contentType": _STRUCTURED,
        "payload": {"$ref": f"#/components/schemas/{_protected(about)}"},
        "bindings": _key(about, _meaning(protected_fields(about), about.key)),
    }


def _described(about: About, name: str, form: str) -> dict[str, Any]:
    meaning = (about.model.__doc__ or "").strip()
    tags = [{"name": about.family}, {"name": about.system.id}, {"name": about.system.pillar}]
    return {"name": name, "title": f"{about.event_type}, {form}", "summary": meaning, "tags": tags}


def _meaning(fields: Iterable[ContractField | ProtectedField], name: str) -> str:
    return next(field.meaning for field in fields if field.name == name)


def _key(about: About, meaning: str) -> dict[str, Any]:
    schema = {"type": "string", "description": f"{about.key}: {meaning}"}
    return {"kafka": {"key": schema, "bindingVersion": _BINDING}}


def _schemas(contracts: list[About]) -> Iterator[tuple[str, Any]]:
    for about in contracts:
        yield _published(about), _schema(event_schema(about))
        yield _protected(about), _schema(protected_event_schema(about))
    yield REJECTED, _schema(rejected_event_schema())


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    return {"schemaFormat": _JSON_SCHEMA, "schema": schema}
