"""JSON Schema 2020-12 of a contract: the published event, its payload as accepted and as protected."""

from typing import Any, Final

from orgpulse_schemas.classification import CATEGORIES, LEVELS, REGULATIONS, Classification
from orgpulse_schemas.contract import About
from orgpulse_schemas.export.field_schema import data_schema
from orgpulse_schemas.export.rules import model_rules
from orgpulse_schemas.export.written import PATTERNS
from orgpulse_schemas.protected import REPLACED, LogicalType, ProtectedField, protected_fields

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 256}
"""A CloudEvents attribute that the platform uses."""
TIME: Final = {
    **TEXT,
    "format": "date-time",
    "pattern": PATTERNS["date-time"],
    "description": "When it happened, with its offset from UTC.",
}
_REGULATION: Final = f"({'|'.join(REGULATIONS)})"
_MORE_CHECKS: Final = (
    "Fields that are not named are ignored and never pass protection. What a JSON Schema cannot say, such as "
    "the order of dates, is named under x-rules and checked on arrival. Whole numbers are written without a "
    "point, and decimals of more than 15 digits as text: a JSON number does not keep them."
)


def accepted_schema(about: About) -> dict[str, Any]:
    """The schema of the payload that a source system may publish."""
    schema = {**_head(about, "accepted", f"{about.name}: payload as accepted"), **data_schema(about)}
    schema["$comment"] = _MORE_CHECKS
    rules = model_rules(about)
    return {**schema, "x-rules": rules} if rules else schema


def event_schema(about: About) -> dict[str, Any]:
    """The schema of the whole event in CloudEvents' structured mode, as a source system publishes it."""
    payload = {key: value for key, value in accepted_schema(about).items() if key != "$schema"}
    properties = {
        "specversion": {"const": "1.0"},
        "id": {**TEXT, "description": "Identity of the event within its source."},
        "source": {"const": about.system.uri},
        "type": {"const": about.event_type},
        "time": TIME,
        "datacontenttype": {
            "anyOf": [{"type": "string", "pattern": "^\\s*application/json\\s*(;|$)"}, {"type": "null"}]
        },
        **classification_schema(about.classification),
        "data": payload,
    }
    required = ["specversion", "id", "source", "type", "time", "data"]
    return {
        **_head(about, "event", f"{about.name}: event as published"),
        "type": "object",
        "properties": properties,
        "required": required,
    }


def classification_schema(stated: Classification) -> dict[str, Any]:
    """The attributes of the data-classification extension: what is taken, and what the contract says."""
    taken: dict[str, dict[str, Any]] = {
        "dataclassification": {"enum": [*LEVELS, None]},
        "dataregulation": {
            "type": ["string", "null"],
            "pattern": f"^ *{_REGULATION} *(, *{_REGULATION} *)*$",
        },
        "datacategory": {"enum": [*CATEGORIES, None]},
    }
    for name, value in stated.attributes.items():
        taken[name]["default"] = value
    return taken


def protected_schema(about: About) -> dict[str, Any]:
    """The schema of the payload that leaves protection."""
    arriving = data_schema(about)
    fields = protected_fields(about)
    return {
        **_head(about, "protected", f"{about.name}: payload as protected"),
        "type": "object",
        "properties": {field.name: _protected(field, arriving["properties"][field.name]) for field in fields},
        "required": [field.name for field in fields if field.required],
    }


def _head(about: About, shape: str, title: str) -> dict[str, Any]:
    return {
        "$schema": DIALECT,
        "$id": f"urn:orgpulse:contract:{about.event_type}:{shape}",
        "title": title,
        "description": (about.model.__doc__ or "").strip(),
    }


def _protected(field: ProtectedField, arriving: dict[str, Any]) -> dict[str, Any]:
    """A property as it leaves: pseudonyms and bands are texts, decimals are texts and nothing else."""
    remarks = {key: value for key, value in arriving.items() if key.startswith("x-") and key != "x-rules"}
    keywords = {
        key: value
        for key, value in arriving.items()
        if not key.startswith("x-") and key not in ("description", "default")
    }
    shape: dict[str, Any] = keywords
    if field.treatment.kind in REPLACED:
        shape = {"type": ["string", "null"] if _may_be_null(keywords) else "string"}
    elif field.type is LogicalType.DECIMAL:
        shape = _without_numbers(keywords)
    return {"description": field.meaning, **shape, **remarks}


def _may_be_null(schema: dict[str, Any]) -> bool:
    return any(part.get("type") == "null" for part in schema.get("anyOf", ()))


def _without_numbers(schema: dict[str, Any]) -> dict[str, Any]:
    left = [part for part in schema["anyOf"] if part.get("type") != "number"]
    return left[0] if len(left) == 1 else {"anyOf": left}
