"""Values that a JSON Schema probably accepts.

Unlike random values, these follow the schema: they fill what is required, keep to bounds or step just over
them, and take the branch that an alternative asks for. So they reach the values that a change cuts off.
"""

from collections.abc import Callable
from typing import Any

from schema_maker import NAMES, NUMBERS, OF_TYPE, TYPES, SchemaMaker


class Adversary(SchemaMaker):
    """Makes schemas, changes them, and draws values from them."""

    def sample(self, schema: Any, definitions: dict[str, Any], depth: int = 4) -> Any:
        """A value that the schema probably accepts."""
        if depth <= 0 or not isinstance(schema, dict) or self.random.random() < 0.05:
            return self.value(1)
        schema = self._flat(schema, definitions)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        type_ = self._type(schema)
        if type_ in ("number", "integer"):
            return self._close_number(schema, type_)
        made: dict[str, Callable[[], Any]] = {
            "null": lambda: None,
            "boolean": lambda: True,
            "string": self.text,
            "array": lambda: self._array(schema, definitions, depth),
            "object": lambda: self._object(schema, definitions, depth),
        }
        return made[type_]()

    def _flat(self, schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
        """The schema with one way through its alternatives written into it."""
        flat = dict(schema)
        for _ in range(3):
            parts = [*flat.pop("allOf", ())]
            parts += [
                self.random.choice(flat.pop(keyword)) for keyword in ("anyOf", "oneOf") if keyword in flat
            ]
            if "$ref" in flat:
                parts.append(definitions[flat.pop("$ref").rpartition("/")[2]])
            if "if" in flat:
                branch = [flat.pop("if"), flat.pop("then", {})], [flat.pop("else", {})]
                parts += self.random.choice(branch)
            for part in parts:
                flat = joined(flat, part) if isinstance(part, dict) else flat
        return flat

    def _type(self, schema: dict[str, Any]) -> str:
        types = schema.get("type") or [name for name, words in OF_TYPE.items() if {*words} & {*schema}]
        return self.random.choice([types] if isinstance(types, str) else types or [*TYPES])

    def _close_number(self, schema: dict[str, Any], type_: str) -> Any:
        stated = [schema[keyword] for keyword in OF_TYPE["number"] if keyword in schema and keyword != "enum"]
        number = self.random.choice(stated or NUMBERS) + self.random.choice([0, 0, 1, -1, 0.5, -0.5, 0.1, 2])
        if "multipleOf" in schema:
            number = round(number / schema["multipleOf"]) * schema["multipleOf"]
        return int(number) if type_ == "integer" else number

    def _array(self, schema: dict[str, Any], definitions: dict[str, Any], depth: int) -> list[Any]:
        fewest = schema.get("minItems", 0)
        length = self.random.randint(fewest, max(fewest, min(schema.get("maxItems", 4), 4)))
        prefix = schema.get("prefixItems", [])
        items = [*prefix, *[schema.get("items", schema.get("contains", True))] * length][:length]
        return [self.sample(item, definitions, depth - 1) for item in items]

    def _object(self, schema: dict[str, Any], definitions: dict[str, Any], depth: int) -> dict[str, Any]:
        properties = schema.get("properties", {})
        names = {*schema.get("required", ())}
        names |= {name for name in properties if self.random.random() < 0.5}
        names |= {name for name in NAMES if self.random.random() < 0.15}
        for name in [*names]:
            names.update(schema.get("dependentRequired", {}).get(name, ()))
        others = schema.get("additionalProperties", True)
        return {
            name: self.sample(properties.get(name, others), definitions, depth - 1) for name in sorted(names)
        }


def joined(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    """Two schemas as one that mostly means both."""
    both = {**left, **right}
    both["properties"] = {**left.get("properties", {}), **right.get("properties", {})}
    both["required"] = [*left.get("required", ()), *right.get("required", ())]
    return {keyword: value for keyword, value in both.items() if value not in ({}, [])}
