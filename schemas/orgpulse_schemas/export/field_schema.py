"""The JSON Schema of a contract's fields as they arrive, with what each field says about itself."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.export.rules import field_rules
from orgpulse_schemas.export.written import PATTERNS, DecimalText


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, without made-up titles, and with decimals as they are accepted."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        number: dict[str, Any] = {"type": "number", **_bounds(schema)}
        return {"anyOf": [number, _text(schema)]}


def _bounds(schema: core_schema.DecimalSchema) -> dict[str, Any]:
    """The bounds that are stated, and those that the digits before the point give."""
    names = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
    bounds = {names[key]: _plain_number(value) for key, value in schema.items() if key in names}
    limit = 10 ** _whole_digits(schema)
    if not bounds.keys() & {"minimum", "exclusiveMinimum"}:
        bounds["exclusiveMinimum"] = -limit
    if not bounds.keys() & {"maximum", "exclusiveMaximum"}:
        bounds["exclusiveMaximum"] = limit
    return bounds


def _plain_number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def _whole_digits(schema: core_schema.DecimalSchema) -> int:
    return int(schema["max_digits"] or 0) - int(schema["decimal_places"] or 0)


def _text(schema: core_schema.DecimalSchema) -> dict[str, Any]:
    """A decimal as text."""
    text = DecimalText(
        whole=_whole_digits(schema),
        places=int(schema["decimal_places"] or 0),
        low=schema.get("ge", schema.get("gt")),
        high=schema.get("le", schema.get("lt")),
        above="gt" in schema,
        below="lt" in schema,
    )
    return {"type": "string", "pattern": text.pattern}


def data_schema(about: About) -> dict[str, Any]:
    """The schema of the payload that is accepted: its keywords, and every property with its annotations."""
    schema = about.model.model_json_schema(schema_generator=_Generator)
    definitions = schema.pop("$defs", {})
    schema.pop("title", None)
    properties = schema.get("properties", {})
    schema["properties"] = {
        field.name: annotated(field, _written_out(properties[field.name], definitions))
        for field in about.fields
    }
    return schema


def _written_out(schema: Any, definitions: dict[str, Any]) -> Any:
    """A field's schema in full: named types in their place, and how a day or moment is written."""
    if isinstance(schema, list):
        return [_written_out(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    written = {key: _written_out(value, definitions) for key, value in schema.items() if key != "$ref"}
    if "$ref" in schema:
        named = definitions[schema["$ref"].removeprefix("#/$defs/")]
        meant = {key: value for key, value in named.items() if key not in ("title", "description")}
        written = {**_written_out(meant, definitions), **written}
    pattern = PATTERNS.get(written.get("format", ""))
    return {**written, "pattern": pattern} if pattern else written


def annotated(field: ContractField, schema: dict[str, Any]) -> dict[str, Any]:
    """A property's schema with its meaning, unit, personal-data class, treatment and further rules."""
    treatment = f"{field.treatment.kind.value}:{field.treatment.detail}".rstrip(":")
    annotations: dict[str, Any] = {"description": field.meaning, **schema}
    if field.unit:
        annotations["x-unit"] = field.unit
    annotations["x-personal-data"] = field.personal_data.value
    annotations["x-treatment"] = treatment
    rules = field_rules(field)
    if rules:
        annotations["x-rules"] = rules
    return annotations
