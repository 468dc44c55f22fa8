"""The schemas of the OpenAPI document: events from their contracts, and what the intake answers."""

from typing import Any, Final

from orgpulse_platform.intake.limits import MOST_BATCH_EVENTS
from orgpulse_platform.intake.problems import TYPE_PREFIX, Problem
from orgpulse_schemas.classification import CATEGORIES, LEVELS, REGULATIONS
from orgpulse_schemas.contract import About
from orgpulse_schemas.reasons import Reason
from orgpulse_schemas.registry import all_contracts

ATTRIBUTE: Final[dict[str, Any]] = {"type": "string", "minLength": 1, "maxLength": 256}
REF_TEMPLATE: Final = "#/components/schemas/{model}"


def ref(name: str) -> dict[str, Any]:
    """A reference to a schema of the document."""
    return {"$ref": REF_TEMPLATE.format(model=name)}


def component_schemas() -> dict[str, Any]:
    """Every schema of the document, by name."""
    found: dict[str, Any] = {
        "Classification": {"type": "string", "enum": list(LEVELS)},
        "Regulation": {
            "type": "string",
            "description": "One or several between commas: "
            + " ".join(f"{name}: {meaning}" for name, meaning in REGULATIONS.items()),
        },
        "Category": {"type": "string", "enum": list(CATEGORIES)},
        "Batch": {"type": "array", "items": ref("Event"), "maxItems": MOST_BATCH_EVENTS},
        "Receipt": _receipt(),
        "Violation": _violation(),
        "EventAnswer": _event_answer(),
        "BatchAnswer": {"type": "array", "items": ref("EventAnswer"), "maxItems": MOST_BATCH_EVENTS},
        "Problem": _problem(),
        "Health": _object({"status": {"enum": ["live", "ready", "not_ready"]}}, reason={"type": "string"}),
    }
    for about in all_contracts().values():
        found |= _contract(about)
    found["Event"] = {
        "oneOf": [ref(f"{about.name}_event") for about in all_contracts().values()],
        "discriminator": {
            "propertyName": "type",
            "mapping": {
                about.event_type: ref(f"{about.name}_event")["$ref"] for about in all_contracts().values()
            },
        },
    }
    found["Data"] = {
        "description": "The data of the contract that the header ce-type names.",
        "anyOf": [ref(f"{about.name}_data") for about in all_contracts().values()],
    }
    return found


def _contract(about: About) -> dict[str, Any]:
    """The event of a contract, its data, and what its data is made of."""
    data = about.model.model_json_schema(ref_template=f"#/components/schemas/{about.name}_{{model}}")
    parts = data.pop("$defs", {})
    event = _object(
        {
            "specversion": {"const": "1.0"},
            "id": ATTRIBUTE,
            "source": {"const": about.system.uri},
            "type": {"const": about.event_type},
            "time": {"type": "string", "format": "date-time"},
            "data": ref(f"{about.name}_data"),
        },
        datacontenttype={"const": "application/json"},
        dataclassification=ref("Classification"),
        dataregulation=ref("Regulation"),
        datacategory=ref("Category"),
    )
    event["description"] = f"{about.purpose} Published by {about.system.id}."
    return {
        f"{about.name}_event": event,
        f"{about.name}_data": data,
        **{f"{about.name}_{name}": part for name, part in parts.items()},
    }


def _receipt() -> dict[str, Any]:
    return _object(
        {
            "id": ATTRIBUTE,
            "source": ATTRIBUTE,
            "type": ATTRIBUTE,
            "topic": {"type": "string"},
            "partition": {"type": "integer", "minimum": 0},
            "offset": {"type": "integer", "minimum": 0},
            "received_at": {
                "type": "string",
                "format": "date-time",
                "description": "Kafka's time of arrival, in UTC.",
            },
        }
    )


def _violation() -> dict[str, Any]:
    path = {"type": "string", "description": "JSON pointer into the event; empty where none can be named."}
    return _object({"path": path, "code": {"enum": [reason.value for reason in Reason]}})


def _event_answer() -> dict[str, Any]:
    return _object(
        {
            "index": {"type": "integer", "minimum": 0, "description": "Position in the batch, from 0."},
            "status": {
                "type": "integer",
                "description": "HTTP status of this event: 202 if it was accepted.",
            },
        },
        receipt=ref("Receipt"),
        code={"enum": [problem.code for problem in Problem]},
        violations={"type": "array", "items": ref("Violation")},
    )


def _problem() -> dict[str, Any]:
    return _object(
        {
            "type": {"enum": [TYPE_PREFIX + problem.code.replace("_", "-") for problem in Problem]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "code": {"enum": [problem.code for problem in Problem]},
            "correlation_id": {"type": "string", "format": "uuid"},
        },
        violations={"type": "array", "items": ref("Violation")},
    )


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {**required, **optional}, "required": list(required)}
