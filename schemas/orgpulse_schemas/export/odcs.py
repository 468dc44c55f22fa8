"""One data contract a contract, after the Open Data Contract Standard 3.1 of the Bitol project."""

from dataclasses import dataclass
from typing import Any, Final

from orgpulse_schemas.classification import ARRIVING, LEAVING
from orgpulse_schemas.contract import About
from orgpulse_schemas.export.field_schema import data_schema
from orgpulse_schemas.export.json_schema import protected_schema
from orgpulse_schemas.protected import REPLACED, LogicalType, logical_type, protected_fields

API_VERSION: Final = "v3.1.0"
_LOGICAL: Final = {
    LogicalType.TEXT: "string",
    LogicalType.INTEGER: "integer",
    LogicalType.DECIMAL: "number",
    LogicalType.BOOLEAN: "boolean",
    LogicalType.DATE: "date",
    LogicalType.TIMESTAMP: "timestamp",
}
_OPTIONS: Final = {
    "string": ("pattern", "minLength", "maxLength"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}


def odcs_document(about: About, *, version: str = "1.0.0", status: str = "active") -> dict[str, Any]:
    """The data contract of a contract: what arrives and what leaves protection, as two schema objects."""
    return {
        "apiVersion": API_VERSION,
        "kind": "DataContract",
        "id": f"urn:orgpulse:contract:{about.event_type}",
        "name": about.event_type,
        "version": version,
        "status": status,
        "domain": about.family,
        "tags": [about.family, about.system.id, about.system.pillar],
        "description": {
            "purpose": about.purpose,
            "usage": f"Read {about.events_topic}; {about.raw_topic} is for the streams alone.",
            "limitations": f"Legal basis: {about.legal_basis}. Data subjects: {about.data_subjects}.",
        },
        "schema": [_accepted(about), _protected(about)],
        "team": {"name": about.owner, "description": f"Answers for the data of {about.system.title}."},
        "slaProperties": _service_levels(about),
        "customProperties": _custom(
            sourceSystem=about.system.id,
            cloudEventsSource=about.system.uri,
            legalBasis=about.legal_basis,
            dataSubjects=about.data_subjects,
            compatibility=about.compatibility,
            recordKey=about.key,
        ),
    }


def _service_levels(about: About) -> list[dict[str, Any]]:
    return [
        {
            "id": "retention",
            "property": "retention",
            "value": about.retention_days,
            "unit": "d",
            "element": "protected",
            "driver": "regulatory",
            "description": "How long the protected event is kept.",
        }
    ]


def _custom(**values: Any) -> list[dict[str, Any]]:
    return [{"property": name, "value": value} for name, value in values.items() if value is not None]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the schema of a property does not say."""

    logical: str
    required: bool
    classification: str
    changed: bool = False
    """Whether protection replaced the value."""


def _accepted(about: About) -> dict[str, Any]:
    schemas = data_schema(about)["properties"]
    properties = []
    for field in about.fields:
        classification = ARRIVING[field.personal_data]
        facts = _Facts(_LOGICAL[logical_type(field.annotation)], field.required, classification)
        properties.append(_property(field.name, schemas[field.name], facts))
    return _object("accepted", about.raw_topic, (about.model.__doc__ or "").strip(), properties)


def _protected(about: About) -> dict[str, Any]:
    schema = protected_schema(about)
    properties = []
    for field in protected_fields(about):
        classification = LEAVING[field.personal_data]
        changed = field.treatment.kind in REPLACED
        facts = _Facts(_LOGICAL[field.type], field.required, classification, changed)
        properties.append(_property(field.name, schema["properties"][field.name], facts))
    return _object("protected", about.events_topic, schema["description"], properties)


def _object(name: str, topic: str, description: str, properties: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "logicalType": "object",
        "physicalType": "topic",
        "physicalName": topic,
        "description": description,
        "dataGranularityDescription": "One record an event.",
        "properties": properties,
    }


def _property(name: str, schema: dict[str, Any], facts: _Facts) -> dict[str, Any]:
    shapes = _shapes(schema)
    types = [shape["type"] for shape in shapes if shape["type"] != "null"]
    stated: dict[str, Any] = {
        "id": name,
        "name": name,
        "description": schema["description"],
        "logicalType": facts.logical,
        "physicalType": " or ".join(dict.fromkeys(types)),
        "required": facts.required and len(types) == len(shapes),
        "classification": facts.classification,
        "customProperties": _custom(
            unit=schema.get("x-unit"),
            personalData=schema["x-personal-data"],
            treatment=schema["x-treatment"],
            furtherRules=schema.get("x-rules"),
        ),
    }
    options = _options(shapes, facts.logical)
    if options:
        stated["logicalTypeOptions"] = options
    listed = [value for shape in shapes for value in shape.get("enum", ())]
    if listed:
        stated["quality"] = [_only_listed(listed)]
    if facts.changed:
        stated["transformDescription"] = schema["description"]
    return stated


def _shapes(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The alternatives of a property, each of one JSON type."""
    alternatives = schema.get("anyOf", [schema])
    return [{**alternative, "type": type_} for alternative in alternatives for type_ in _types(alternative)]


def _types(schema: dict[str, Any]) -> list[str]:
    stated = schema.get("type", "string")
    return stated if isinstance(stated, list) else [stated]


def _options(shapes: list[dict[str, Any]], logical: str) -> dict[str, Any]:
    """The bounds of a property, as far as the standard has a word for them."""
    speaking = (shape for shape in shapes if shape["type"] == logical)
    return {name: shape[name] for shape in speaking for name in _OPTIONS.get(logical, ()) if name in shape}


def _only_listed(values: list[Any]) -> dict[str, Any]:
    return {
        "id": "only-listed-values",
        "type": "library",
        "metric": "invalidValues",
        "arguments": {"validValues": values},
        "mustBe": 0,
        "dimension": "conformity",
    }
