"""Arrays: items, positions, numbers of items, uniqueness, what they contain."""

from typing import Any

import pytest

from orgpulse_schemas.compatibility import breaking_changes

TEXT: dict[str, Any] = {"type": "string"}
INTEGER: dict[str, Any] = {"type": "integer"}
NUMBER: dict[str, Any] = {"type": "number"}


def array(**keywords: Any) -> dict[str, Any]:
    return {"type": "array", **keywords}


TABLE = [
    ("unchanged", array(items=TEXT, minItems=1), array(items=TEXT, minItems=1), []),
    ("items are widened", array(items=INTEGER), array(items=NUMBER), []),
    ("items are narrowed", array(items=NUMBER), array(items=INTEGER), ["/* type_narrowed"]),
    ("items are restricted", array(), array(items=TEXT), ["/* type_narrowed"]),
    ("items are freed", array(items=TEXT), array(), []),
    ("minItems is added", array(), array(minItems=1), [" bound_tightened"]),
    ("minItems is lowered", array(minItems=2), array(minItems=1), []),
    ("maxItems is added", array(), array(maxItems=5), [" bound_tightened"]),
    ("maxItems is raised", array(maxItems=5), array(maxItems=6), []),
    ("items of an empty array do not matter", array(maxItems=0), array(items=TEXT), []),
    ("no item is accepted, no item was possible", array(items=False), array(maxItems=0), []),
    ("uniqueItems is added", array(items=TEXT), array(items=TEXT, uniqueItems=True), [" uniqueness_added"]),
    ("uniqueItems is dropped", array(uniqueItems=True), array(), []),
    ("uniqueItems of one item says nothing", array(maxItems=1), array(uniqueItems=True), []),
    ("uniqueItems false says nothing", array(), array(uniqueItems=False), []),
    ("position is restricted", array(), array(prefixItems=[TEXT]), ["/0 type_narrowed"]),
    ("position is restricted as all items were", array(items=TEXT), array(prefixItems=[TEXT]), []),
    (
        "second position is narrowed",
        array(prefixItems=[TEXT, NUMBER]),
        array(prefixItems=[TEXT, INTEGER]),
        ["/1 type_narrowed"],
    ),
    ("positions become items", array(prefixItems=[TEXT, TEXT], items=False), array(items=TEXT), []),
    (
        "positions become items that one does not meet",
        array(prefixItems=[TEXT, INTEGER], items=False),
        array(items=TEXT),
        ["/1 type_narrowed"],
    ),
    (
        "no item beyond the positions",
        array(prefixItems=[TEXT]),
        array(prefixItems=[TEXT], items=False),
        [" content_model_closed"],
    ),
    (
        "no item beyond the positions, none was possible",
        array(prefixItems=[TEXT], maxItems=1),
        array(prefixItems=[TEXT], items=False),
        [],
    ),
    (
        "position beyond the old maximum",
        array(prefixItems=[TEXT], maxItems=1),
        array(prefixItems=[TEXT, INTEGER]),
        [],
    ),
    (
        "items beyond the positions are narrowed",
        array(prefixItems=[TEXT], items=NUMBER),
        array(prefixItems=[TEXT], items=INTEGER),
        ["/* type_narrowed"],
    ),
    (
        "position that cannot be filled bounds the array",
        array(prefixItems=[TEXT, False]),
        array(maxItems=1),
        [],
    ),
    ("must contain a text", array(), array(contains=TEXT), [" contains_narrowed"]),
    ("must contain a text and all items are", array(items=TEXT, minItems=1), array(contains=TEXT), []),
    ("must contain a text and may be empty", array(items=TEXT), array(contains=TEXT), [" contains_narrowed"]),
    ("must contain what it contained, widened", array(contains=INTEGER), array(contains=NUMBER), []),
    ("must contain two", array(contains=TEXT), array(contains=TEXT, minContains=2), [" contains_narrowed"]),
    (
        "may contain no more than two",
        array(contains=TEXT),
        array(contains=TEXT, maxContains=2),
        [" contains_narrowed"],
    ),
    (
        "may contain no more than two and has no more",
        array(contains=TEXT, maxItems=2),
        array(contains=TEXT, maxContains=2),
        [],
    ),
    ("need contain nothing", array(), array(contains=TEXT, minContains=0), []),
    (
        "must contain a text, and its first item is one",
        array(prefixItems=[TEXT], minItems=1),
        array(contains=TEXT),
        [],
    ),
    ("what must be contained is at least one item", array(contains=TEXT), array(minItems=1), []),
    ("contains what cannot be", array(items=TEXT, contains=INTEGER), False, []),
    ("more items than there can be", array(minItems=3, maxItems=2), TEXT, []),
    ("array keywords without type", {}, {"maxItems": 1}, [" bound_tightened"]),
    ("array becomes an item", array(items=TEXT), TEXT, [" type_narrowed"]),
    (
        "nested items are narrowed",
        array(items=array(items={"type": "object", "properties": {"a": TEXT}})),
        array(items=array(items={"type": "object", "properties": {"a": INTEGER}})),
        ["/*/*/a type_narrowed"],
    ),
    ("listed array still fits", {"const": ["a", "b"]}, array(items=TEXT, uniqueItems=True), []),
    ("listed array fits no more", {"const": ["a", 1]}, array(items=TEXT), [" value_removed"]),
    (
        "unevaluated items without schemas beside are items",
        array(unevaluatedItems=TEXT),
        array(items=TEXT),
        [],
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_array_changes(old: Any, new: Any, expected: list[str]) -> None:
    assert [f"{change.path} {change.rule}" for change in breaking_changes(old, new)] == expected
