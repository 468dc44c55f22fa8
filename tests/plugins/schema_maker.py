"""Makes pairs of JSON Schemas that differ in one place."""

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Final

NAMES: Final = ("a", "b", "c", "x_1", "x_2", "long_name")
TYPES: Final = ("null", "boolean", "string", "integer", "number", "array", "object")
PATTERNS: Final = (
    "^a", "b$", "^a$", "^[ab]*$", "^.{2}$", "a|b", "^x_", "^(?=a)", "^[a-c]{1,2}$", r"^\d+$", r"^\w+$", "",
    "^(a|ab)(c|bcd)?$", "[^a]", "^[^a]*$", r"\.", "^(ab)+$", r"^\S+$", "1$|^a", r"^[a-z]+(\.[0-9]{1,2})?$",
)  # fmt: skip
TEXTS: Final = (
    "", "a", "b", "ab", "aa", "ba", "abc", "x_1", "x_2", "12", "١", "é", "😀😀", "2020-01-01", "2020-02-30",
    "a@b.c", "a.b", "abab", " ", "a b", "long_name", "acd", "abbcd", "a.1", "ab.12",
)  # fmt: skip
NUMBERS: Final = (-2, -1, 0, 1, 2, 3, 4, 5, 6, 9, 0.5, 1.5, -0.5, 2.5, 0.1, 0.3, 1.0, 1000.0, 10**20, 0.25)
BOUNDS: Final = (-1, 0, 0.5, 1, 2, 3, 5, 1.5, 0.1, 1.0)
OF_TYPE: Final = {
    "string": ("minLength", "maxLength", "pattern", "format", "enum"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "enum"),
    "array": (
        "items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains",
        "maxContains", "unevaluatedItems",
    ),
    "object": (
        "properties", "patternProperties", "additionalProperties", "required", "minProperties",
        "maxProperties", "dependentRequired", "dependentSchemas", "propertyNames", "unevaluatedProperties",
    ),
}  # fmt: skip
IN_PLACE: Final = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "const", "enum")
ONE: Final = frozenset((
    "items", "additionalProperties", "contains", "not", "if", "then", "else", "propertyNames",
    "unevaluatedItems", "unevaluatedProperties",
))  # fmt: skip
LISTS: Final = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
MAPS: Final = frozenset(("properties", "patternProperties", "dependentSchemas", "$defs"))
TURNED: Final = {
    "minimum": "exclusiveMinimum", "exclusiveMinimum": "minimum", "maximum": "exclusiveMaximum",
    "exclusiveMaximum": "maximum", "anyOf": "oneOf", "oneOf": "anyOf", "allOf": "anyOf", "then": "else",
    "additionalProperties": "unevaluatedProperties", "unevaluatedItems": "items",
}  # fmt: skip
"""Keywords that are easily taken for one another."""
Place = tuple[str | int, ...]


class SchemaMaker:
    """Everything it makes follows from its seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def document(self) -> dict[str, Any]:
        """A schema of some depth, with two definitions that it may refer to."""
        schema = self.schema(self.random.choice([1, 2, 2, 3]))
        whole = schema if isinstance(schema, dict) else {"allOf": [schema]}
        return {**whole, "$defs": {"one": self._definition(), "two": self._definition()}}

    def _definition(self) -> Any:
        """A schema without references, so that none leads back to itself."""
        while True:
            schema = self.schema(1)
            if "$ref" not in str(schema):
                return schema

    def schema(self, depth: int) -> Any:
        """A schema of a few keywords, mostly of one type."""
        chance = self.random.random()
        if depth <= 0 or chance < 0.08:
            return self._small()
        type_ = self.random.choice([*OF_TYPE, "integer"])
        keywords = OF_TYPE["number" if type_ == "integer" else type_]
        chosen = self.random.sample(keywords, self.random.randint(0, 3))
        chosen += [keyword for keyword in IN_PLACE if self.random.random() < 0.06]
        schema = {"type": type_} if self.random.random() < 0.7 else {}
        return {**schema, **{keyword: self.value_of(keyword, depth) for keyword in chosen}}

    def _small(self) -> Any:
        pick = self.random.choice
        return pick([
            True, True, False, {}, {"type": pick(TYPES)}, {"type": "string", "pattern": pick(PATTERNS)},
            {"const": self.value(0)}, {"enum": [self.value(0), self.value(0)]}, {"required": [pick(NAMES)]},
            {"type": "integer", "minimum": 1}, {"minLength": 2}, {"$ref": "#/$defs/one"},
        ])  # fmt: skip

    def value(self, depth: int) -> Any:
        """Any JSON value."""
        chance = self.random.random()
        if depth > 0 and chance < 0.12:
            return [self.value(depth - 1) for _ in range(self.random.randrange(4))]
        if depth > 0 and chance < 0.25:
            return {self.random.choice(NAMES): self.value(depth - 1) for _ in range(self.random.randrange(4))}
        return self.random.choice([None, True, False, self.number(), self.number(), self.text()])

    def number(self) -> Any:
        """One of the numbers at which schemas differ."""
        return self.random.choice(NUMBERS)

    def text(self) -> str:
        """One of the texts at which schemas differ."""
        return self.random.choice(TEXTS)

    def value_of(self, keyword: str, depth: int) -> Any:
        """A value that a keyword can have."""
        random = self.random
        if keyword in ONE:
            return self.schema(depth - 1)
        if keyword in LISTS:
            return [self.schema(depth - 1) for _ in range(random.randint(1, 3))]
        if keyword in MAPS:
            names = PATTERNS if keyword == "patternProperties" else NAMES
            return {random.choice(names): self.schema(depth - 1) for _ in range(random.randint(0, 3))}
        if keyword.startswith(("min", "max")) and not keyword.endswith("imum"):
            return random.randrange(4)
        if keyword.endswith("imum"):
            return random.choice(BOUNDS)
        made: dict[str, Callable[[], Any]] = {
            "type": lambda: random.sample(TYPES, random.randint(1, 3)),
            "enum": lambda: [self.value(1) for _ in range(random.randint(1, 4))],
            "const": lambda: self.value(1),
            "multipleOf": lambda: random.choice([0.5, 1, 1.5, 2, 3, 0.25, 6, 1.0]),
            "pattern": lambda: random.choice(PATTERNS),
            "format": lambda: random.choice(["date", "email", "idn-email", "ipv4", "time", "colour"]),
            "uniqueItems": lambda: True,
            "required": lambda: random.sample(NAMES, random.randint(0, 2)),
            "dependentRequired": lambda: {random.choice(NAMES): random.sample(NAMES, random.randint(0, 2))},
            "$ref": lambda: random.choice(["#/$defs/one", "#/$defs/two"]),
        }
        return made[keyword]()

    # --- one change -------------------------------------------------------------------------------------

    def changed(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document with one schema in it lost, wrapped, turned, loosened or tightened."""
        while True:
            changed = self._changed_once(document)
            if "$ref" not in str(changed["$defs"]):
                return changed

    def _changed_once(self, document: dict[str, Any]) -> dict[str, Any]:
        place = self.random.choice([place for place in places(document) if place != ("$defs",)])
        inner = copy.deepcopy(at(document, place))
        new = self._wrapped(inner) if self._wraps(inner) else self._edited(inner)
        if place:
            changed: dict[str, Any] = put(document, place, new)
            return changed
        return {**(new if isinstance(new, dict) else {"allOf": [new]}), "$defs": document["$defs"]}

    def _wraps(self, schema: Any) -> bool:
        return not isinstance(schema, dict) or self.random.random() < 0.15

    def _wrapped(self, schema: Any) -> Any:
        if isinstance(schema, dict):
            schema = {keyword: value for keyword, value in schema.items() if keyword != "$defs"}
        other = self.schema(1)
        return self.random.choice([
            other, {"anyOf": [schema, other]}, {"allOf": [schema, other]}, {"oneOf": [schema, other]},
            {"not": {"not": schema}}, {"oneOf": [schema, False]}, {"if": other, "then": schema},
            {"if": schema, "then": True, "else": False},
        ])  # fmt: skip

    def _edited(self, schema: dict[str, Any]) -> dict[str, Any]:
        random = self.random
        keywords = [keyword for keyword in schema if keyword != "$defs"]
        action = random.choice(["lose", "win", "shift", "shift", "turn"])
        if action == "win" or not keywords:
            keyword = random.choice(
                [*IN_PLACE, "type", *(name for names in OF_TYPE.values() for name in names)]
            )
            return {**schema, keyword: self.value_of(keyword, 1)}
        keyword = random.choice(keywords)
        rest = {name: value for name, value in schema.items() if name != keyword}
        if action == "lose":
            return rest
        if action == "turn" and keyword in TURNED:
            return {**rest, TURNED[keyword]: schema[keyword]}
        return {**schema, keyword: self._shifted(keyword, schema[keyword])}

    def _shifted(self, keyword: str, value: Any) -> Any:
        if keyword == "enum" and len(value) > 1:
            return value[:-1]
        if keyword.endswith("imum"):
            return value + self.random.choice([-1, 1, 0.5])
        if keyword.startswith(("min", "max")):
            return max(0, value + self.random.choice([-1, 1]))
        if keyword == "required":
            return sorted({*value} ^ {self.random.choice(NAMES)})
        return self.value_of(keyword, 1)


def places(schema: Any, here: Place = ()) -> Iterator[Place]:
    """Where in a schema there are schemas, itself first."""
    yield here
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        if keyword in ONE:
            yield from places(value, (*here, keyword))
        elif keyword in LISTS:
            for index, item in enumerate(value):
                yield from places(item, (*here, keyword, index))
        elif keyword in MAPS:
            for name, item in value.items():
                yield from places(item, (*here, keyword, name))


def at(schema: Any, place: Place) -> Any:
    """The schema at a place."""
    for step in place:
        schema = schema[step]
    return schema


def put(schema: Any, place: Place, new: Any) -> Any:
    """The schema with another one at a place."""
    changed = copy.deepcopy(schema)
    at(changed, place[:-1])[place[-1]] = new
    return changed
