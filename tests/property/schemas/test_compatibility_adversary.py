"""The comparison against an adversary: schemas that differ in one place, and values drawn from the schemas.

The validator of another library is the judge. What the comparison calls compatible must hold for every value;
what only widens a schema must be called compatible.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from schema_adversary import Adversary
from schema_maker import TYPES, at, places, put

from orgpulse_schemas.compatibility import breaking_changes

FORMATS = FormatChecker()
PAIRS = 250
VALUES = 25
WIDENING = frozenset({"items", "additionalProperties", "propertyNames", "then", "else", "allOf", "anyOf"}) | {
    "prefixItems", "properties", "patternProperties", "dependentSchemas"
}  # fmt: skip
"""Keywords under which a wider schema makes the whole wider."""


def validator(schema: Any) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=FORMATS)


@pytest.mark.parametrize("seed", [11, 12, 13, 14])
def test_nothing_that_was_valid_is_refused_where_the_comparison_finds_no_break(seed: int) -> None:
    adversary = Adversary(seed)
    tried = 0
    for _ in range(PAIRS):
        old = adversary.document()
        new = adversary.changed(old)
        if breaking_changes(old, new, strict=True):
            continue
        before, after = validator(old), validator(new)
        for value in (adversary.sample(old, old["$defs"]) for _ in range(VALUES)):
            if before.is_valid(value):
                tried += 1
                assert after.is_valid(value), (old, new, value)
    assert tried > PAIRS, "the values must reach the schemas"


@pytest.mark.parametrize("seed", [21, 22])
def test_every_value_that_a_change_cuts_off_is_a_break(seed: int) -> None:
    """The other way round: whatever the judge sees refused, the comparison must have refused before."""
    adversary = Adversary(seed)
    seen = 0
    for _ in range(PAIRS):
        old = adversary.document()
        new = adversary.changed(old)
        before, after = validator(old), validator(new)
        drawn = [adversary.sample(schema, old["$defs"]) for schema in (old, new) for _ in range(VALUES)]
        if any(before.is_valid(value) and not after.is_valid(value) for value in drawn):
            seen += 1
            found = breaking_changes(old, new, strict=True)
            assert found, (old, new)
            assert all(change.message and change.way_out for change in found)
    assert seen > PAIRS // 20, "some changes must cut something off"


def wider(schema: Any, adversary: Adversary) -> Iterator[Any]:
    """Schemas that accept what the schema accepts, and mostly more."""
    if isinstance(schema, bool):
        yield True
        return
    other = adversary.schema(1)
    yield from (
        {"anyOf": [other, schema]},
        {"allOf": [schema]},
        {"not": {"not": schema}},
        {"oneOf": [schema]},
    )
    yield from ({"if": True, "then": schema}, {"if": False, "else": schema})
    for keyword, value in schema.items():
        if keyword in ("minimum", "exclusiveMinimum"):
            yield {**schema, keyword: value - 1}
        elif keyword in ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"):
            yield {**schema, keyword: value + 1}
        elif keyword in ("minLength", "minItems", "minProperties"):
            yield {**schema, keyword: max(0, value - 1)}
        elif keyword == "enum":
            yield {**schema, keyword: [*value, "new"]}
        elif keyword == "type":
            types = [value] if isinstance(value, str) else value
            yield {**schema, keyword: sorted({*types, adversary.random.choice(TYPES)})}
        elif keyword in ("required", "pattern", "format", "not", "uniqueItems", "dependentRequired", "$ref"):
            yield {name: other for name, other in schema.items() if name != keyword}


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_plain_widenings_are_compatible(seed: int) -> None:
    """Nearly all: a proof may give up where a schema contradicts itself in a roundabout way."""
    adversary = Adversary(seed)
    refused, tried = [], 0
    while tried < PAIRS:
        old = adversary.document()
        if "unevaluated" in str(old):  # what evaluates a property does not only widen
            continue
        inside = [place for place in places(old) if place and widens(place)]
        for place in inside[:2]:
            for changed in wider(at(old, place), adversary):
                tried += 1
                new = put(old, place, changed)
                if breaking_changes(old, new, strict=True):
                    refused.append((old, new))
    assert len(refused) <= tried // 50, refused[0]


def widens(place: tuple[str | int, ...]) -> bool:
    """Whether only keywords lead to a place under which a wider schema makes the whole wider."""
    keywords, names = [], False
    for step in place:
        if names:
            names = False
            continue
        keywords.append(step)
        names = step in (
            "properties",
            "patternProperties",
            "dependentSchemas",
            "allOf",
            "anyOf",
            "prefixItems",
        )
        if step in ("oneOf", "$defs", "not", "if", "contains"):
            return False
    return set(keywords) <= WIDENING
