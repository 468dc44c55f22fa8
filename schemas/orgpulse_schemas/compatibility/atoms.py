"""The disjoint kinds of JSON values that the comparison tells apart, and the keywords that speak of each."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final


class Atom(StrEnum):
    """A kind of JSON value; every value is of exactly one."""

    NULL = "null"
    BOOLEAN = "boolean"
    STRING = "string"
    INTEGER = "integer"
    FRACTION = "number"
    """A number that is no integer."""
    ARRAY = "array"
    OBJECT = "object"


EVERY: Final = frozenset(Atom)
NUMBERS: Final = frozenset({Atom.INTEGER, Atom.FRACTION})
_STRINGS: Final = frozenset({Atom.STRING})
_ARRAYS: Final = frozenset({Atom.ARRAY})
_OBJECTS: Final = frozenset({Atom.OBJECT})

UNEVALUATED_ATOMS: Final = {"unevaluatedItems": _ARRAYS, "unevaluatedProperties": _OBJECTS}
"""Keywords that speak of what the schemas beside them have left, and of which kind of values."""

KEYWORD_ATOMS: Final[dict[str, frozenset[Atom]]] = {
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), NUMBERS),
    **dict.fromkeys(("minLength", "maxLength", "pattern", "format"), _STRINGS),
    **dict.fromkeys(
        ("prefixItems", "items", "minItems", "maxItems", "uniqueItems"),
        _ARRAYS,
    ),
    **dict.fromkeys(("contains", "minContains", "maxContains"), _ARRAYS),
    **dict.fromkeys(
        ("required", "properties", "patternProperties", "additionalProperties", "propertyNames"),
        _OBJECTS,
    ),
    **dict.fromkeys(
        ("minProperties", "maxProperties", "dependentRequired", "dependentSchemas"),
        _OBJECTS,
    ),
}
"""Keywords that say something about some kinds of values only; all other values pass them."""


def atoms_of_types(types: Iterable[str]) -> frozenset[Atom]:
    """The kinds that a ``type`` keyword accepts."""
    accepted = {Atom(type_) for type_ in types}
    return frozenset(accepted | NUMBERS if Atom.FRACTION in accepted else accepted)


_ATOM_OF_CLASS: Final = {
    type(None): Atom.NULL,
    bool: Atom.BOOLEAN,
    str: Atom.STRING,
    int: Atom.INTEGER,
    list: Atom.ARRAY,
    dict: Atom.OBJECT,
}


def atom_of(value: Any) -> Atom:
    """The kind of a JSON value; ``1.0`` is an integer, as JSON Schema has it."""
    if isinstance(value, float):
        return Atom.INTEGER if value.is_integer() else Atom.FRACTION
    return _ATOM_OF_CLASS[type(value)]
