"""The CloudEvents envelopes of the topics: binary headers, protected events, rejected events."""

from typing import Any, Final, get_args, get_type_hints

from orgpulse_schemas.classification import CATEGORIES, LEVELS
from orgpulse_schemas.contract import About
from orgpulse_schemas.export.json_schema import DIALECT, TEXT, TIME, classification_schema, protected_schema
from orgpulse_schemas.reasons import Reason
from orgpulse_schemas.wire import REJECTED_TYPE, STREAMS_SOURCE, RejectedData

_RECORDED: Final = {"type": "string", "format": "date-time", "description": "When it was protected, in UTC."}
_ORIGIN: Final = {
    "type": "string",
    "pattern": "^raw\\.[a-z]+\\.[a-z0-9-]+/[0-9]+/[0-9]+@-?[0-9]+$",
    "description": "Where the original stood: topic/partition/offset@arrival in milliseconds since 1970.",
}
_REJECTED_FIELDS: Final[dict[str, dict[str, Any]]] = {
    "reason": {"enum": [reason.value for reason in Reason], "description": "Code of the first violation."},
    "path": {"description": "Where: a JSON pointer of names that contracts declare, or empty."},
    "contract": {"description": "Event type, if a contract has it."},
    "family": {"description": "Family of the raw topic."},
    "origin": _ORIGIN,
    "identity": {"description": "Keyed identity of source and id, where the original tells them."},
    "key_id": {"description": "Id of the key that opens the original."},
    "original": {
        "contentEncoding": "base64",
        "description": "The record's value, key and headers, encrypted with the origin as context.",
    },
}
"""What is known of a rejected event's fields beside their types."""


def binary_headers(about: About) -> dict[str, Any]:
    """The Kafka headers of an event in binary mode."""
    return {
        "type": "object",
        "required": ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"],
        "properties": {
            "ce_specversion": {"const": "1.0"},
            "ce_id": TEXT,
            "ce_source": {"const": about.system.uri},
            "ce_type": {"const": about.event_type},
            "ce_time": TIME,
            **{f"ce_{name}": _without_null(schema) for name, schema in _classifying(about).items()},
        },
    }


def _classifying(about: About) -> dict[str, dict[str, Any]]:
    return classification_schema(about.classification)


def _classified(about: About) -> dict[str, dict[str, Any]]:
    """What the contract says, unless the original asked for more."""
    stated = about.protected_classification
    order = {"dataclassification": LEVELS, "datacategory": CATEGORIES}
    return {
        name: {"enum": list(order[name][order[name].index(value) :])} if name in order else {"const": value}
        for name, value in stated.attributes.items()
    }


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A header has a value or is left out."""
    if "enum" in schema:
        return {**schema, "enum": [value for value in schema["enum"] if value is not None]}
    return {**schema, "type": "string"}


def protected_event_schema(about: About) -> dict[str, Any]:
    """The schema of a whole event on the events topic."""
    payload = {key: value for key, value in protected_schema(about).items() if key != "$schema"}
    identity = {"type": "string", "format": "uuid", "description": "Keyed identity of source and id."}
    return _event(
        f"urn:orgpulse:contract:{about.event_type}:protected-event",
        f"{about.name}: event as protected",
        (about.model.__doc__ or "").strip(),
        {
            "id": identity,
            "source": {"const": about.system.uri},
            "type": {"const": about.event_type},
            "time": TIME,
            "recordedtime": _RECORDED,
            "origin": _ORIGIN,
            **_classified(about),
            "data": payload,
        },
    )


def rejected_event_schema() -> dict[str, Any]:
    """The schema of a whole event on a rejected topic; nothing in it is a value of the original."""
    data = {name: _rejected_field(name, type_) for name, type_ in get_type_hints(RejectedData).items()}
    return _event(
        f"urn:orgpulse:contract:{REJECTED_TYPE}:event",
        "Rejected event",
        "An event did not meet its contract.",
        {
            "id": {"type": "string", "format": "uuid"},
            "source": {"const": STREAMS_SOURCE},
            "type": {"const": REJECTED_TYPE},
            "time": {**TIME, "description": "When the original arrived, in UTC."},
            "recordedtime": _RECORDED,
            "data": {"type": "object", "properties": data, "required": list(data)},
        },
    )


def _rejected_field(name: str, type_: Any) -> dict[str, Any]:
    types = ["string", "null"] if type(None) in get_args(type_) else "string"
    return {"type": types, **_REJECTED_FIELDS.get(name, {})}


def _event(id: str, title: str, description: str, attributes: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "specversion": {"const": "1.0"},
        **attributes,
        "datacontenttype": {"const": "application/json"},
    }
    return {
        "$schema": DIALECT,
        "$id": id,
        "title": title,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }
