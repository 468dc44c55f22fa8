"""Texts: lengths, patterns, formats, listed values; and the types beside them."""

from typing import Any

import pytest

from orgpulse_schemas.compatibility import breaking_changes

TEXT: dict[str, Any] = {"type": "string"}

TABLE = [
    (
        "unchanged",
        {**TEXT, "pattern": "^a$", "format": "date"},
        {**TEXT, "pattern": "^a$", "format": "date"},
        [],
    ),
    ("null is no longer accepted", {"type": ["string", "null"]}, TEXT, [" type_narrowed"]),
    ("null is accepted too", TEXT, {"type": ["string", "null"]}, []),
    ("null is accepted too, as an alternative", TEXT, {"anyOf": [TEXT, {"type": "null"}]}, []),
    ("null is no longer an alternative", {"anyOf": [TEXT, {"type": "null"}]}, TEXT, [" type_narrowed"]),
    ("order of types does not matter", {"type": ["null", "string"]}, {"type": ["string", "null"]}, []),
    ("text becomes number", TEXT, {"type": "number"}, [" type_narrowed"]),
    ("any type becomes text", {}, TEXT, [" type_narrowed"]),
    ("minLength is added", TEXT, {**TEXT, "minLength": 1}, [" bound_tightened"]),
    ("minLength of zero says nothing", TEXT, {**TEXT, "minLength": 0}, []),
    ("maxLength is lowered", {**TEXT, "maxLength": 10}, {**TEXT, "maxLength": 9}, [" bound_tightened"]),
    ("maxLength is raised", {**TEXT, "maxLength": 9}, {**TEXT, "maxLength": 10}, []),
    ("maxLength is dropped", {**TEXT, "maxLength": 9}, TEXT, []),
    ("lengths that no text has", {**TEXT, "minLength": 3, "maxLength": 2}, {"type": "null"}, []),
    ("pattern is added", TEXT, {**TEXT, "pattern": "^[A-Z]+$"}, [" pattern_narrowed"]),
    ("pattern is dropped", {**TEXT, "pattern": "^[A-Z]+$"}, TEXT, []),
    ("pattern that matches everything", TEXT, {**TEXT, "pattern": "^"}, []),
    (
        "pattern accepts more digits",
        {**TEXT, "pattern": "^F[0-9]{4}$"},
        {**TEXT, "pattern": "^F[0-9]{4,6}$"},
        [],
    ),
    (
        "pattern accepts fewer digits",
        {**TEXT, "pattern": "^F[0-9]{4,6}$"},
        {**TEXT, "pattern": "^F[0-9]{4}$"},
        [" pattern_narrowed"],
    ),
    ("pattern spelt in another way", {**TEXT, "pattern": "^(a|b)+$"}, {**TEXT, "pattern": "^[ab][ab]*$"}, []),
    ("pattern without anchors", {**TEXT, "pattern": "^ab$"}, {**TEXT, "pattern": "b"}, []),
    ("anchor is added", {**TEXT, "pattern": "^ab"}, {**TEXT, "pattern": "^ab$"}, [" pattern_narrowed"]),
    ("class is widened", {**TEXT, "pattern": "^[0-9]+$"}, {**TEXT, "pattern": r"^\d+$"}, []),
    (
        "digits of all scripts become ASCII digits",
        {**TEXT, "pattern": r"^\d+$"},
        {**TEXT, "pattern": "^[0-9]+$"},
        [" pattern_narrowed"],
    ),
    ("pattern with look-ahead, unchanged", {**TEXT, "pattern": "^(?!x)"}, {**TEXT, "pattern": "^(?!x)"}, []),
    (
        "pattern with look-ahead, changed",
        {**TEXT, "pattern": "^(?!x)"},
        {**TEXT, "pattern": "^(?!xy)"},
        [" pattern_narrowed"],
    ),
    ("length that the pattern gives already", {**TEXT, "pattern": "^U[0-9]{4}$"}, {"maxLength": 5}, []),
    (
        "length that the pattern does not give",
        {**TEXT, "pattern": "^U[0-9]{4,5}$"},
        {"maxLength": 5},
        [" bound_tightened"],
    ),
    (
        "shortest text that the pattern gives already",
        {**TEXT, "pattern": "^U[0-9]{4}$"},
        {"minLength": 5},
        [],
    ),
    (
        "pattern of two patterns together",
        {"allOf": [{**TEXT, "pattern": "^[a-c]+$"}, {"pattern": "^[b-d]+$"}]},
        {"pattern": "^[bc]+$"},
        [],
    ),
    ("pattern cut by a length", {**TEXT, "pattern": "^a*$", "maxLength": 2}, {"pattern": "^(a|aa)?$"}, []),
    (
        "patterns that exclude each other",
        {"allOf": [{"pattern": "^a"}, {"pattern": "^b"}], **TEXT},
        False,
        [],
    ),
    ("format is added", TEXT, {**TEXT, "format": "date"}, [" format_narrowed"]),
    ("format is changed", {**TEXT, "format": "date"}, {**TEXT, "format": "time"}, [" format_narrowed"]),
    ("format is dropped", {**TEXT, "format": "date"}, TEXT, []),
    ("format is widened", {**TEXT, "format": "uri"}, {**TEXT, "format": "uri-reference"}, []),
    ("format says nothing about numbers", {"type": "integer"}, {"type": "integer", "format": "date"}, []),
    ("listed texts have the new format", {"enum": ["2020-01-01"]}, {**TEXT, "format": "date"}, []),
    (
        "listed text lacks the new format",
        {"enum": ["2020-02-30"]},
        {**TEXT, "format": "date"},
        [" format_narrowed"],
    ),
    ("nobody knows the new format", {"enum": ["x"]}, {**TEXT, "format": "colour"}, [" format_narrowed"]),
    ("value is added", {"enum": ["a"]}, {"enum": ["a", "b"]}, []),
    ("value is removed", {"enum": ["a", "b"]}, {"enum": ["b"]}, [" value_removed"]),
    ("order of values does not matter", {"enum": ["a", "b"]}, {"enum": ["b", "a"]}, []),
    ("list becomes any text", {"enum": ["a", "b"]}, TEXT, []),
    ("any text becomes a list", TEXT, {"enum": ["a", "b"]}, [" value_removed"]),
    ("const becomes a list that holds it", {"const": "a"}, {"enum": ["a", "b"]}, []),
    ("list becomes a const", {"enum": ["a", "b"]}, {"const": "a"}, [" value_removed"]),
    ("list becomes alternatives", {"enum": ["a", "b"]}, {"anyOf": [{"const": "b"}, {"const": "a"}]}, []),
    ("listed texts match the new pattern", {"enum": ["R01", "R02"]}, {**TEXT, "pattern": "^R[0-9]{2}$"}, []),
    (
        "listed text does not match the new pattern",
        {"enum": ["R01", "other"]},
        {**TEXT, "pattern": "^R[0-9]{2}$"},
        [" pattern_narrowed"],
    ),
    ("only values of the old type count", {**TEXT, "enum": ["a", 1, None]}, {"const": "a"}, []),
    ("booleans are two values", {"type": "boolean"}, {"enum": [True, False]}, []),
    ("one of the booleans is removed", {"type": "boolean"}, {"const": True}, [" value_removed"]),
    ("null is one value", {"type": "null"}, {"const": None}, []),
    ("number keywords say nothing about texts", TEXT, {**TEXT, "minimum": 5, "multipleOf": 2}, []),
    (
        "annotations do not matter",
        TEXT,
        {**TEXT, "title": "A", "description": "b", "default": 1, "x-unit": "m"},
        [],
    ),
    ("deprecated does not matter", TEXT, {**TEXT, "deprecated": True, "readOnly": True, "examples": [1]}, []),
    ("encoding is an annotation", TEXT, {**TEXT, "contentEncoding": "base64"}, []),
    ("everything is accepted again", False, TEXT, []),
    ("nothing is accepted", TEXT, False, [" value_removed"]),
    ("true and the empty schema are the same", True, {}, []),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_text_changes(old: Any, new: Any, expected: list[str]) -> None:
    assert [f"{change.path} {change.rule}" for change in breaking_changes(old, new)] == expected
