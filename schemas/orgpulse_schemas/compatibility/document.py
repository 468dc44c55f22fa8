"""A JSON Schema document made ready to compare: annotations gone, references made absolute, one spelling."""

import json
from collections.abc import Iterator
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

Schema = bool | dict[str, Any]
Conjunction = tuple[Schema, ...]
"""Schemas that hold together."""

ONE: Final = frozenset((
    "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then",
    "unevaluatedItems", "unevaluatedProperties",
))  # fmt: skip
"""Keywords that hold a schema."""
LIST: Final = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
"""Keywords that hold a list of schemas."""
MAP: Final = frozenset(("dependentSchemas", "patternProperties", "properties"))
"""Keywords that hold schemas by name."""
_PLAIN: Final = frozenset((
    "const", "dependentRequired", "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "maxContains",
    "maxItems", "maxLength", "maxProperties", "maximum", "minContains", "minItems", "minLength",
    "minProperties", "minimum", "multipleOf", "pattern", "required", "type", "uniqueItems",
))  # fmt: skip
IN_PLACE: Final = frozenset(
    ("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
)
"""Keywords whose schemas are about the same value."""
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
UNEVALUATED: Final = ("unevaluatedItems", "unevaluatedProperties")


def text_of(schema: Any) -> str:
    """One text for one schema, to compare and to look up."""
    return json.dumps(schema, sort_keys=True)


def load(name: str, document: Schema, table: dict[str, Schema]) -> Schema:
    """The document ready to compare; what its references lead to is added to ``table`` by address.

    Raises :class:`ValueError` for a document that is no JSON Schema 2020-12.
    """
    if isinstance(document, bool):
        return document
    stated = document.get("$schema", _DIALECT) if isinstance(document, dict) else None
    if not isinstance(stated, str) or stated.removesuffix("#") != _DIALECT:
        raise ValueError(f"the {name} schema is not of JSON Schema 2020-12")
    try:
        Draft202012Validator.check_schema(document)
    except SchemaError as error:
        raise ValueError(f"the {name} schema is no JSON Schema 2020-12: see {error.json_path}") from None
    return _Reader(name, document, table).read_root()


class _Reader:
    """Reads one document; ``table`` takes the targets of its references."""

    def __init__(self, name: str, document: dict[str, Any], table: dict[str, Schema]) -> None:
        self._name = name
        self._document = document
        self._table = table
        self._addresses: dict[int, str] = {}
        # What evaluates a property changes what is unevaluated: then even idle keywords stay.
        written = json.dumps(document)
        self._idle_matters = any(f'"{keyword}"' in written for keyword in UNEVALUATED)
        self._dynamic_anchors = written.count('"$dynamicAnchor"')
        base = document.get("$id", f"urn:{name}")
        resource = DRAFT202012.create_resource(document)
        registry: Registry[Any] = Registry().with_resource(base, resource)
        self._resolver = registry.resolver(base)

    def read_root(self) -> Schema:
        return self._read(self._document, self._resolver)

    def _read(self, schema: Schema, resolver: Any) -> Schema:
        if isinstance(schema, bool):
            return schema
        if "$id" in schema and schema is not self._document:
            resolver = resolver.in_subresource(DRAFT202012.create_resource(schema))
        read: dict[str, Any] = {}
        for keyword, value in schema.items():
            if keyword in ONE:
                read[keyword] = self._read(value, resolver)
            elif keyword in LIST:
                read[keyword] = [self._read(item, resolver) for item in value]
            elif keyword in MAP:
                read[keyword] = {key: self._read(item, resolver) for key, item in value.items()}
            elif keyword in _PLAIN:
                read[keyword] = value
        for keyword in ("$ref", "$dynamicRef"):
            if keyword in schema:
                self._refer(keyword, schema[keyword], resolver, read)
        return self._tidy(read)

    def _refer(self, keyword: str, reference: str, resolver: Any, read: dict[str, Any]) -> None:
        """Point to the target's own address; a reference that cannot be followed stays and proves nothing."""
        if keyword == "$dynamicRef" and self._dynamic_anchors > 1:
            read[keyword] = f"urn:unresolved:{reference}"
            return
        try:
            resolved = resolver.lookup(reference)
        except Unresolvable:
            read[keyword] = f"urn:unresolved:{reference}"
            return
        target = resolved.contents
        if isinstance(target, bool):
            read["allOf"] = [*read.get("allOf", ()), target]
            return
        address = self._addresses.get(id(target))
        if address is None:
            address = self._addresses[id(target)] = f"urn:{self._name}:{len(self._addresses)}"
            self._table[address] = self._read(target, resolved.resolver)
        if "$ref" in read:
            read["allOf"] = [*read.get("allOf", ()), {"$ref": address}]
        else:
            read["$ref"] = address

    def _tidy(self, schema: dict[str, Any]) -> Schema:
        _spell_unevaluated_simply(schema)
        _spell_values_in_one_way(schema)
        if not self._idle_matters:
            for keyword in [key for key in schema if _is_idle(key, schema)]:
                del schema[keyword]
        return schema or True


def _spell_unevaluated_simply(schema: dict[str, Any]) -> None:
    """Without schemas beside them, "unevaluated" means "additional"."""
    if IN_PLACE & schema.keys():
        return
    if "unevaluatedProperties" in schema:
        rest = schema.pop("unevaluatedProperties")
        schema.setdefault("additionalProperties", rest)
    if "unevaluatedItems" in schema and "contains" not in schema:
        rest = schema.pop("unevaluatedItems")
        schema.setdefault("items", rest)


def _spell_values_in_one_way(schema: dict[str, Any]) -> None:
    if "const" in schema:
        if "enum" in schema:
            schema["allOf"] = [*schema.get("allOf", ()), {"enum": schema["enum"]}]
        schema["enum"] = [schema.pop("const")]
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        schema["type"] = sorted(types)
    if "required" in schema:
        schema["required"] = sorted(schema["required"])


_IDLE_VALUES: Final[dict[str, tuple[Any, ...]]] = {
    **dict.fromkeys(("minLength", "minItems", "minProperties"), (0,)),
    **dict.fromkeys(("additionalProperties", "items", "propertyNames"), (True,)),
    **dict.fromkeys(("allOf", "prefixItems", "required"), ([],)),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "dependentRequired"), ({},)),
    "uniqueItems": (False,),
}
_IDLE_WITHOUT: Final = {
    "then": ("if",),
    "else": ("if",),
    "if": ("then", "else"),
    "minContains": ("contains",),
    "maxContains": ("contains",),
}


def _is_idle(keyword: str, schema: dict[str, Any]) -> bool:
    """Whether a keyword accepts everything."""
    if keyword in _IDLE_WITHOUT:
        return schema.keys().isdisjoint(_IDLE_WITHOUT[keyword])
    if keyword == "contains":
        return schema.get("minContains") == 0 and "maxContains" not in schema
    value = schema[keyword]
    return any(value == idle and type(value) is type(idle) for idle in _IDLE_VALUES.get(keyword, ()))


def subschemas(schema: dict[str, Any], keywords: frozenset[str] = ONE | LIST | MAP) -> Iterator[Schema]:
    """The schemas directly inside a schema that is ready to compare, under some keywords."""
    for keyword in keywords & schema.keys():
        if keyword in ONE:
            yield schema[keyword]
        elif keyword in LIST:
            yield from schema[keyword]
        elif keyword in MAP:
            yield from schema[keyword].values()
