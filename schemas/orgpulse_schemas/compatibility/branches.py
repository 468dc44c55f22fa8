"""A schema taken apart into branches: alternatives that are each a list of plain assertions.

Both directions may grow: the branches of a schema accept at least what it accepts, those of its denial at
least what it refuses. So whatever is proven for every branch is true of the schema.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from orgpulse_schemas.compatibility.atoms import EVERY, KEYWORD_ATOMS, Atom, atom_of, atoms_of_types
from orgpulse_schemas.compatibility.document import UNEVALUATED, Schema, text_of

LIMIT: Final = 200
"""Most branches that are followed; beyond it an assertion is forgotten, which proves less, never more."""
_OPAQUE: Final = (*UNEVALUATED, "$dynamicRef")


@dataclass(frozen=True)
class Branch:
    """Values of some kinds that meet every part. A part holds no applicator in place but ``not``, or it is
    ``{"allOf": [schema]}`` for a schema that is taken as a whole."""

    atoms: frozenset[Atom]
    parts: tuple[dict[str, Any], ...] = ()

    @property
    def atom(self) -> Atom:
        """The kind of its values, once it is of one kind."""
        (only,) = self.atoms
        return only

    def of_one_kind(self) -> "Iterator[Branch]":
        """One branch for each kind."""
        for atom in sorted(self.atoms):
            yield Branch(frozenset({atom}), self.parts)

    def met_by(self, other: "Branch") -> "Branch":
        """What both accept."""
        known = {text_of(part) for part in self.parts}
        added = tuple(part for part in other.parts if text_of(part) not in known)
        return Branch(self.atoms & other.atoms, self.parts + added)

    def without(self, part: dict[str, Any]) -> "Branch":
        """The branch without one of its parts."""
        return Branch(self.atoms, tuple(other for other in self.parts if other is not part))


ANYTHING: Final = Branch(EVERY)


def meet(left: list[Branch], right: list[Branch]) -> list[Branch]:
    """The branches of what both lists accept."""
    if len(left) * len(right) > LIMIT:
        right = [Branch(frozenset().union(*(branch.atoms for branch in right)))]
    met = (one.met_by(other) for one in left for other in right)
    return [branch for branch in met if branch.atoms]


class Expander:
    """Takes schemas apart; ``table`` holds what references lead to."""

    def __init__(self, table: dict[str, Schema]) -> None:
        self._table = table

    def expand(self, schema: Schema, seen: frozenset[str] = frozenset()) -> list[Branch]:
        """Branches that together accept at least what the schema accepts."""
        if isinstance(schema, bool):
            return [ANYTHING] if schema else []
        branches = [ANYTHING]
        for factor in self._factors(schema, seen):
            branches = meet(branches, factor)
        return branches

    def _factors(self, schema: dict[str, Any], seen: frozenset[str]) -> Iterator[list[Branch]]:
        """Lists of branches; a value meets the schema only if it is in one branch of each list."""
        yield [_plain(schema)]
        if any(keyword in schema for keyword in _OPAQUE):
            yield [Branch(EVERY, ({"allOf": [schema]},))]
        reference = schema.get("$ref")
        if reference in self._table and reference not in seen:
            yield self.expand(self._table[reference], seen | {reference})
        for part in schema.get("allOf", ()):
            yield self.expand(part, seen)
        if "anyOf" in schema:
            yield _flat(self.expand(part, seen) for part in schema["anyOf"])
        if "oneOf" in schema:
            yield _flat(self._only(index, schema["oneOf"], seen) for index in range(len(schema["oneOf"])))
        if "not" in schema:
            yield meet(self.deny(schema["not"], seen), [_denial(schema["not"])])
        if "if" in schema:
            yield self._conditional(schema, seen)

    def _only(self, index: int, alternatives: list[Schema], seen: frozenset[str]) -> list[Branch]:
        others = (_denial(other) for at, other in enumerate(alternatives) if at != index)
        branches = self.expand(alternatives[index], seen)
        for other in others:
            branches = meet(branches, [other])
        return branches

    def _conditional(self, schema: dict[str, Any], seen: frozenset[str]) -> list[Branch]:
        condition = schema["if"]
        then = meet(self.expand(condition, seen), self.expand(schema.get("then", True), seen))
        refused = meet(self.deny(condition, seen), [_denial(condition)])
        return then + meet(refused, self.expand(schema.get("else", True), seen))

    def deny(self, schema: Schema, seen: frozenset[str] = frozenset()) -> list[Branch]:
        """Branches that together accept at least what the schema refuses."""
        if isinstance(schema, bool):
            return [] if schema else [ANYTHING]
        branches = [*self._deny_in_place(schema, seen), *_deny_plain(schema)]
        return branches if len(branches) <= LIMIT else [ANYTHING]

    def _deny_in_place(self, schema: dict[str, Any], seen: frozenset[str]) -> Iterator[Branch]:
        if any(keyword in schema for keyword in _OPAQUE):
            yield ANYTHING
        if "$ref" in schema:
            reference = schema["$ref"]
            followed = reference in self._table and reference not in seen
            yield from self.deny(self._table[reference], seen | {reference}) if followed else [ANYTHING]
        for part in schema.get("allOf", ()):
            yield from self.deny(part, seen)
        if "anyOf" in schema:
            branches = [ANYTHING]
            for part in schema["anyOf"]:
                branches = meet(branches, self.deny(part, seen))
            yield from branches
        if "oneOf" in schema:
            yield _denial({"oneOf": schema["oneOf"]})
        if "not" in schema:
            yield from self.expand(schema["not"], seen)
        if "if" in schema:
            condition = schema["if"]
            yield from meet(self.expand(condition, seen), self.deny(schema.get("then", True), seen))
            yield from meet(self.deny(condition, seen), self.deny(schema.get("else", True), seen))


def _flat(lists: Iterable[list[Branch]]) -> list[Branch]:
    return [branch for branches in lists for branch in branches]


def _denial(schema: Schema) -> Branch:
    return Branch(EVERY, ({"not": schema},))


def _plain(schema: dict[str, Any]) -> Branch:
    """The assertions that hold by themselves, and the kinds of values that they leave."""
    atoms = EVERY
    if "type" in schema:
        atoms &= atoms_of_types(schema["type"])
    if "enum" in schema:
        atoms &= frozenset(map(atom_of, schema["enum"]))
    part = {key: value for key, value in schema.items() if key in KEYWORD_ATOMS or key == "enum"}
    return Branch(atoms, (part,) if part else ())


def _deny_plain(schema: dict[str, Any]) -> Iterator[Branch]:
    """For each assertion of its own, the values that fail it."""
    for keyword, value in schema.items():
        if keyword == "type":
            yield Branch(EVERY - atoms_of_types(value))
        elif keyword == "enum":
            yield _denial({"enum": value})
        elif keyword in KEYWORD_ATOMS:
            for part in _failing(keyword, value, schema):
                yield Branch(KEYWORD_ATOMS[keyword], (part,))


def _failing(keyword: str, value: Any, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:  # noqa: PLR0912
    """Parts, one of which holds for every value of the keyword's kind that fails the keyword."""
    match keyword:
        case "minimum":
            yield {"exclusiveMaximum": value}
        case "maximum":
            yield {"exclusiveMinimum": value}
        case "exclusiveMinimum":
            yield {"maximum": value}
        case "exclusiveMaximum":
            yield {"minimum": value}
        case "minLength" | "minItems" | "minProperties":
            if value > 0:
                yield {keyword.replace("min", "max"): value - 1}
        case "maxLength" | "maxItems" | "maxProperties":
            yield {keyword.replace("max", "min"): value + 1}
        case "uniqueItems":
            if value:
                yield {"minItems": 2, "not": {"uniqueItems": True}}
        case "required":
            yield from ({"properties": {name: False}} for name in value)
        case "properties":
            for name, property_schema in value.items():
                if property_schema is not True:
                    yield {"required": [name], "properties": {name: {"not": property_schema}}}
        case "dependentRequired":
            for name, needed in value.items():
                yield from ({"required": [name], "properties": {other: False}} for other in needed)
        case "prefixItems":
            for index, item in enumerate(value):
                if item is not True:
                    yield {"minItems": index + 1, "prefixItems": [True] * index + [{"not": item}]}
        case "items":
            if "prefixItems" in schema:
                yield {"minItems": len(schema["prefixItems"]) + 1}
            elif value is not True:
                yield {"contains": {"not": value}}
        case "minContains" | "maxContains":
            return  # speaks through ``contains``
        case "contains":
            group = ("contains", "minContains", "maxContains")
            yield {"not": {name: schema[name] for name in group if name in schema}}
        case "additionalProperties":
            yield {"minProperties": 1}
        case "patternProperties" | "propertyNames":
            yield {"minProperties": 1, "not": {keyword: value}}
        case "dependentSchemas":
            yield {"not": {keyword: value}}
        case _:
            yield {"not": {keyword: value}}
