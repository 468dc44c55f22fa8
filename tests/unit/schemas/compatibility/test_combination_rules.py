"""Alternatives, exclusions, conditions, references."""

from typing import Any

import pytest

from orgpulse_schemas.compatibility import breaking_changes

TEXT: dict[str, Any] = {"type": "string"}
INTEGER: dict[str, Any] = {"type": "integer"}
NUMBER: dict[str, Any] = {"type": "number"}
NULL: dict[str, Any] = {"type": "null"}


def kind(name: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"kind": {"const": name}, **properties}, "required": ["kind"]}


KINDS = {"type": "object", "properties": {"kind": {"enum": ["a", "b"]}}, "required": ["kind"]}


def tree(value: Any) -> dict[str, Any]:
    node = {
        "type": "object",
        "properties": {"value": value, "children": {"type": "array", "items": {"$ref": "#/$defs/node"}}},
    }
    return {"$ref": "#/$defs/node", "$defs": {"node": node}}


TABLE = [
    ("alternative is added", {"anyOf": [TEXT, NULL]}, {"anyOf": [TEXT, NULL, INTEGER]}, []),
    ("alternative is removed", {"anyOf": [TEXT, NULL, INTEGER]}, {"anyOf": [TEXT, NULL]}, [" type_narrowed"]),
    ("order of alternatives does not matter", {"anyOf": [TEXT, NULL]}, {"anyOf": [NULL, TEXT]}, []),
    (
        "alternative is narrowed",
        {"anyOf": [TEXT, NULL]},
        {"anyOf": [{**TEXT, "maxLength": 3}, NULL]},
        [" bound_tightened"],
    ),
    ("alternatives become a list of types", {"anyOf": [TEXT, NULL]}, {"type": ["string", "null"]}, []),
    ("list of types becomes alternatives", {"type": ["string", "null"]}, {"oneOf": [TEXT, NULL]}, []),
    (
        "two alternatives together cover the integers",
        INTEGER,
        {"anyOf": [{**INTEGER, "minimum": 5}, {**INTEGER, "maximum": 4}]},
        [],
    ),
    (
        "two alternatives leave a gap between the numbers",
        NUMBER,
        {"anyOf": [{"minimum": 5}, {"maximum": 4}]},
        [" alternative_removed"],
    ),
    (
        "two alternatives cover the lengths",
        TEXT,
        {"anyOf": [{**TEXT, "maxLength": 3}, {**TEXT, "minLength": 3}]},
        [],
    ),
    (
        "two alternatives cover presence and absence",
        {"type": "object"},
        {"anyOf": [{"required": ["a"]}, {"properties": {"a": False}}]},
        [],
    ),
    ("kinds become alternatives", KINDS, {"anyOf": [kind("a"), kind("b")]}, []),
    ("kinds become exclusive alternatives", KINDS, {"oneOf": [kind("a"), kind("b")]}, []),
    ("kind without an alternative", KINDS, {"anyOf": [kind("a"), kind("c")]}, ["/kind value_removed"]),
    ("kind is added", {"oneOf": [kind("a"), kind("b")]}, {"oneOf": [kind("a"), kind("b"), kind("c")]}, []),
    ("kind is removed", {"oneOf": [kind("a"), kind("b")]}, {"oneOf": [kind("a")]}, ["/kind value_removed"]),
    (
        "kind is narrowed",
        {"oneOf": [kind("a", n=NUMBER), kind("b")]},
        {"oneOf": [kind("a", n=INTEGER), kind("b")]},
        ["/n type_narrowed"],
    ),
    ("exclusive alternatives become free", {"oneOf": [TEXT, INTEGER]}, {"anyOf": [TEXT, INTEGER]}, []),
    (
        "free alternatives become exclusive and are apart",
        {"anyOf": [TEXT, INTEGER]},
        {"oneOf": [TEXT, INTEGER]},
        [],
    ),
    (
        "free alternatives become exclusive and overlap",
        {"anyOf": [INTEGER, NUMBER]},
        {"oneOf": [INTEGER, NUMBER]},
        [" alternatives_overlap"],
    ),
    (
        "exclusive alternatives by pattern",
        {**TEXT, "pattern": "^[ab]$"},
        {"oneOf": [{"pattern": "^a"}, {"pattern": "^b"}]},
        [],
    ),
    (
        "exclusive alternatives come to overlap",
        {"oneOf": [{**INTEGER, "maximum": 4}, {**INTEGER, "minimum": 5}]},
        {"oneOf": [{**INTEGER, "maximum": 5}, {**INTEGER, "minimum": 5}]},
        [" alternatives_overlap"],
    ),
    (
        "exclusive alternatives stay apart",
        {"oneOf": [{**INTEGER, "maximum": 4}, {**INTEGER, "minimum": 6}]},
        {"oneOf": [{**INTEGER, "maximum": 5}, {**INTEGER, "minimum": 6}]},
        [],
    ),
    ("single alternative", TEXT, {"anyOf": [TEXT]}, []),
    (
        "nested alternatives",
        {"anyOf": [{"anyOf": [TEXT, NULL]}, INTEGER]},
        {"type": ["string", "null", "integer"]},
        [],
    ),
    (
        "all of several is their sum",
        {"allOf": [{"type": "object", "required": ["a"]}, {"required": ["b"]}]},
        {"type": "object", "required": ["a", "b"]},
        [],
    ),
    ("all of several is added", TEXT, {"allOf": [TEXT, {"maxLength": 3}]}, [" bound_tightened"]),
    ("all of several is spelt out", {**TEXT, "maxLength": 3}, {"allOf": [TEXT, {"maxLength": 3}]}, []),
    (
        "alternatives inside all of several",
        {"allOf": [{"anyOf": [TEXT, INTEGER]}, {"anyOf": [TEXT, NULL]}]},
        TEXT,
        [],
    ),
    ("exclusion is added", TEXT, {**TEXT, "not": {"const": "x"}}, [" exclusion_added"]),
    ("exclusion of another type", TEXT, {**TEXT, "not": INTEGER}, []),
    ("exclusion of what was not accepted", {**INTEGER, "minimum": 0}, {"not": {"const": -1}}, []),
    ("exclusion is dropped", {**TEXT, "not": {"const": "x"}}, TEXT, []),
    ("exclusion is loosened", {"not": {"enum": ["x", "y"]}}, {"not": {"const": "x"}}, []),
    ("exclusion is tightened", {"not": {"const": "x"}}, {"not": {"enum": ["x", "y"]}}, [" exclusion_added"]),
    ("not below is from there on", {**NUMBER, "not": {"exclusiveMaximum": 5}}, {"minimum": 5}, []),
    (
        "not a text is everything else",
        {"not": TEXT},
        {"type": ["null", "boolean", "number", "array", "object"]},
        [],
    ),
    (
        "neither of two",
        {"not": {"anyOf": [TEXT, NULL]}},
        {"type": ["boolean", "number", "array", "object"]},
        [],
    ),
    ("not the negation", {"not": {"not": TEXT}}, TEXT, []),
    ("excluded pattern", {**TEXT, "not": {"pattern": "^a"}}, {"not": {"pattern": "^ab"}}, []),
    ("exclusion leaves nothing", {**TEXT, "not": {"minLength": 0}}, INTEGER, []),
    (
        "condition, unchanged",
        {"if": TEXT, "then": {"maxLength": 3}, "else": NULL},
        {"if": TEXT, "then": {"maxLength": 3}, "else": NULL},
        [],
    ),
    (
        "consequence is loosened",
        {"if": TEXT, "then": {"maxLength": 3}},
        {"if": TEXT, "then": {"maxLength": 5}},
        [],
    ),
    (
        "consequence is tightened",
        {"if": TEXT, "then": {"maxLength": 5}},
        {"if": TEXT, "then": {"maxLength": 3}},
        [" bound_tightened"],
    ),
    (
        "condition is added",
        {"type": "object"},
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        ["/b required_added"],
    ),
    ("condition that never holds", TEXT, {"if": INTEGER, "then": False}, []),
    ("condition that always holds", TEXT, {"if": TEXT, "else": False}, []),
    ("condition without consequence says nothing", TEXT, {"if": {"maxLength": 3}}, []),
    ("consequence without condition says nothing", TEXT, {"then": INTEGER}, []),
    (
        "condition says the same as alternatives",
        {"if": TEXT, "then": {"maxLength": 3}, "else": INTEGER},
        {"anyOf": [{**TEXT, "maxLength": 3}, INTEGER]},
        [],
    ),
    ("definition is written out", {"$ref": "#/$defs/t", "$defs": {"t": TEXT}}, TEXT, []),
    (
        "definition is renamed",
        {"$ref": "#/$defs/t", "$defs": {"t": TEXT}},
        {"$ref": "#/$defs/u", "$defs": {"u": TEXT}},
        [],
    ),
    (
        "definition is narrowed",
        {"$ref": "#/$defs/t", "$defs": {"t": NUMBER}},
        {"$ref": "#/$defs/t", "$defs": {"t": INTEGER}},
        [" type_narrowed"],
    ),
    (
        "definition that nobody uses is narrowed",
        {**TEXT, "$defs": {"t": NUMBER}},
        {**TEXT, "$defs": {"t": INTEGER}},
        [],
    ),
    (
        "reference with keywords beside it",
        {"$ref": "#/$defs/t", "maxLength": 3, "$defs": {"t": TEXT}},
        {**TEXT, "maxLength": 3},
        [],
    ),
    ("reference by anchor", {"$ref": "#t", "$defs": {"x": {"$anchor": "t", **TEXT}}}, TEXT, []),
    (
        "reference by identifier",
        {"$id": "urn:a", "$ref": "urn:b", "$defs": {"x": {"$id": "urn:b", **TEXT}}},
        TEXT,
        [],
    ),
    (
        "reference into a property",
        {"properties": {"a": TEXT, "b": {"$ref": "#/properties/a"}}},
        {"properties": {"a": TEXT, "b": TEXT}},
        [],
    ),
    ("reference by a name with a slash", {"$ref": "#/$defs/a~1b", "$defs": {"a/b": TEXT}}, TEXT, []),
    ("tree, unchanged", tree(INTEGER), tree(INTEGER), []),
    ("tree is widened", tree(INTEGER), tree(NUMBER), []),
    ("tree is narrowed", tree(NUMBER), tree(INTEGER), ["/value type_narrowed"]),
    (
        "tree of which one level is written out",
        tree(INTEGER),
        {
            **tree(INTEGER),
            "$ref": "#/$defs/top",
            "$defs": {
                **tree(INTEGER)["$defs"],
                "top": {
                    "type": "object",
                    "properties": {
                        "value": INTEGER,
                        "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
                    },
                },
            },
        },
        [],
    ),
    (
        "reference that leads out, unchanged",
        {"$ref": "https://example.org/x"},
        {"$ref": "https://example.org/x"},
        [],
    ),
    ("reference that leads out, changed", TEXT, {"$ref": "https://example.org/x"}, [" not_provable"]),
    ("reference to itself", {"$ref": "#"}, {"$ref": "#"}, []),
    ("reference to itself is new", TEXT, {"anyOf": [{"$ref": "#"}]}, [" not_provable"]),
    (
        "unevaluated properties, unchanged",
        {"allOf": [{"properties": {"a": TEXT}}], "unevaluatedProperties": False},
        {"allOf": [{"properties": {"a": TEXT}}], "unevaluatedProperties": False},
        [],
    ),
    (
        "unevaluated properties are forbidden",
        {"type": "object", "allOf": [{"properties": {"a": TEXT}}]},
        {"type": "object", "allOf": [{"properties": {"a": TEXT}}], "unevaluatedProperties": False},
        [" not_provable"],
    ),
    (
        "unevaluated properties are accepted",
        {"allOf": [{"properties": {"a": TEXT}}], "unevaluatedProperties": False},
        {"allOf": [{"properties": {"a": TEXT}}]},
        [],
    ),
    (
        "unevaluated properties say nothing about texts",
        TEXT,
        {"anyOf": [TEXT, NULL], "unevaluatedProperties": False},
        [],
    ),
    (
        "idle keyword that evaluates",
        {"type": "object", "allOf": [{"additionalProperties": True}], "unevaluatedProperties": False},
        {"type": "object", "allOf": [{}], "unevaluatedProperties": False},
        [" not_provable"],
    ),
    (
        "dynamic reference with one target",
        {"$dynamicRef": "#n", "$defs": {"n": {"$dynamicAnchor": "n", **TEXT}}},
        TEXT,
        [],
    ),
    ("legacy definitions are found", {"$ref": "#/definitions/t", "definitions": {"t": TEXT}}, TEXT, []),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_combined_changes(old: Any, new: Any, expected: list[str]) -> None:
    assert [f"{change.path} {change.rule}" for change in breaking_changes(old, new)] == expected
