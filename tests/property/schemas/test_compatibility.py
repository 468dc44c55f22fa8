"""The comparison never lets a break pass, and never complains where nothing is lost.

Schemas are drawn at random, and mended a little; values that the old schema accepts must meet the new one
wherever the comparison found nothing.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from orgpulse_schemas.compatibility import Rule, breaking_changes

NAMES = st.sampled_from(["a", "b", "cc"])
TYPES = st.sampled_from(["null", "boolean", "string", "integer", "number", "array", "object"])
PATTERNS = st.sampled_from(["^a", "b", "^a$", "^[ab]*$", "^.{2}$", "a|b", "^(?=a)"])
BOUNDS = st.sampled_from([-1, 0, 0.5, 1, 2, 3])
SMALL = st.integers(0, 3)
TEXTS = st.sampled_from(["", "a", "b", "ab", "aa", "2020-01-01", "a@b.c"])
PLAIN = st.one_of(st.none(), st.booleans(), st.sampled_from([0, 1, 2, -1, 0.5, 1.5, 3, 4, 6, 1.0]), TEXTS)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b", "cc", "ab", "q"]), inner, max_size=3),
    ),
    max_leaves=5,
)
ASSERTIONS: dict[str, st.SearchStrategy[Any]] = {
    "type": st.one_of(TYPES, st.lists(TYPES, min_size=1, max_size=3, unique=True)),
    "enum": st.lists(VALUES, min_size=1, max_size=4),
    "const": VALUES,
    "minimum": BOUNDS,
    "maximum": BOUNDS,
    "exclusiveMinimum": BOUNDS,
    "exclusiveMaximum": BOUNDS,
    "multipleOf": st.sampled_from([0.5, 1, 1.5, 2, 3]),
    "minLength": SMALL,
    "maxLength": SMALL,
    "pattern": PATTERNS,
    "format": st.sampled_from(["date", "email"]),
    "minItems": SMALL,
    "maxItems": SMALL,
    "uniqueItems": st.booleans(),
    "minContains": SMALL,
    "maxContains": SMALL,
    "required": st.lists(NAMES, max_size=2, unique=True),
    "minProperties": SMALL,
    "maxProperties": SMALL,
    "dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, max_size=2, unique=True), max_size=2),
}


def schemas_of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas of a few keywords, some of which hold schemas."""
    some = st.lists(inner, min_size=1, max_size=3)
    applicators = {
        **dict.fromkeys(("items", "additionalProperties", "contains", "propertyNames"), inner),
        **dict.fromkeys(("not", "if", "then", "else"), inner),
        **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), inner),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), some),
        **dict.fromkeys(("properties", "dependentSchemas"), st.dictionaries(NAMES, inner, max_size=2)),
        "patternProperties": st.dictionaries(PATTERNS, inner, max_size=2),
        "$ref": st.just("#/$defs/shared"),
    }
    keywords: dict[str, st.SearchStrategy[Any]] = {**ASSERTIONS, **applicators}
    chosen = st.lists(st.sampled_from(sorted(keywords)), min_size=1, max_size=5, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: keywords[name] for name in names}))


LEAVES = st.one_of(
    st.booleans(),
    st.just({}),
    st.lists(st.sampled_from(sorted(ASSERTIONS)), min_size=1, max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: ASSERTIONS[name] for name in names})
    ),
)
SCHEMAS = st.recursive(LEAVES, schemas_of, max_leaves=6)
SHARED = st.lists(st.sampled_from(sorted(ASSERTIONS)), max_size=2, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: ASSERTIONS[name] for name in names})
)


@st.composite
def documents(draw: Callable[..., Any]) -> dict[str, Any]:
    schema = draw(schemas_of(SCHEMAS))
    return {**schema, "$defs": {"shared": draw(SHARED)}}


@st.composite
def pairs(draw: Callable[..., Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """An old schema, and a new one that mostly looks like it."""
    old = draw(documents())
    if draw(st.integers(0, 3)) == 0:
        return old, draw(documents())
    return old, mended(draw, old)


def mended(draw: Callable[..., Any], schema: dict[str, Any]) -> dict[str, Any]:
    """One keyword is lost, changed or won, here or in a schema inside."""
    keywords = [keyword for keyword in schema if keyword != "$defs"]
    action = draw(st.sampled_from(["lose", "win", "inside"]))
    if action == "lose" and keywords:
        lost = draw(st.sampled_from(keywords))
        return {keyword: value for keyword, value in schema.items() if keyword != lost}
    inner = [keyword for keyword in keywords if isinstance(schema[keyword], dict) and keyword in MENDABLE]
    if action == "inside" and inner:
        keyword = draw(st.sampled_from(inner))
        return {**schema, keyword: mended(draw, schema[keyword])}
    return {**schema, **draw(schemas_of(LEAVES))}


MENDABLE = {"items", "additionalProperties", "contains", "not", "if", "then", "else"}


def accepts(schema: Any, value: Any) -> bool:
    return bool(Draft202012Validator(schema, format_checker=FormatChecker()).is_valid(value))


@settings(max_examples=250, deadline=None)
@given(pairs(), st.lists(VALUES, min_size=25, max_size=50))
def test_what_was_valid_stays_valid_where_no_change_is_found(
    pair: tuple[dict[str, Any], dict[str, Any]], values: list[Any]
) -> None:
    old, new = pair
    if breaking_changes(old, new, strict=True):
        event("refused")
        return
    accepted = [value for value in values if accepts(old, value)]
    event("compatible, with values" if accepted else "compatible")
    assert [value for value in accepted if not accepts(new, value)] == []


@settings(deadline=None)
@given(documents())
def test_schema_is_compatible_with_itself(schema: dict[str, Any]) -> None:
    assert breaking_changes(schema, schema, strict=True) == []


@settings(deadline=None)
@given(documents(), schemas_of(LEAVES))
def test_one_more_alternative_breaks_nothing(schema: dict[str, Any], other: Any) -> None:
    definitions = schema["$defs"]
    assert breaking_changes(schema, {"anyOf": [other, schema], "$defs": definitions}, strict=True) == []


@settings(deadline=None)
@given(documents(), schemas_of(LEAVES))
def test_one_restriction_less_breaks_nothing(schema: dict[str, Any], other: Any) -> None:
    definitions = schema["$defs"]
    assert breaking_changes({"allOf": [schema, other], "$defs": definitions}, schema, strict=True) == []


@settings(deadline=None)
@given(documents(), st.text(max_size=20))
def test_words_for_people_never_matter(schema: dict[str, Any], words: str) -> None:
    assert breaking_changes(schema, {**schema, "title": words, "description": words, "x-unit": words}) == []


@settings(deadline=None)
@given(documents(), VALUES)
def test_listing_the_values_that_are_accepted_breaks_nothing(schema: dict[str, Any], value: Any) -> None:
    assume(accepts(schema, value))
    found = breaking_changes({"const": value}, schema, strict=True)
    assert found == []


@settings(deadline=None)
@given(documents(), VALUES)
def test_value_that_is_refused_is_always_a_break(schema: dict[str, Any], value: Any) -> None:
    assume(not accepts(schema, value))
    found = breaking_changes({"const": value}, schema, strict=True)
    assert found
    assert all(change.rule in set(Rule) and change.way_out for change in found)
