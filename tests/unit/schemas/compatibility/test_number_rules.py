"""Numbers: types, bounds, steps, listed values."""

from typing import Any

import pytest

from orgpulse_schemas.compatibility import breaking_changes

NUMBER: dict[str, Any] = {"type": "number"}
INTEGER: dict[str, Any] = {"type": "integer"}

TABLE = [
    ("unchanged integer", INTEGER, INTEGER, []),
    ("unchanged number with bounds", {**NUMBER, "minimum": 0.5}, {**NUMBER, "minimum": 0.5}, []),
    ("integer becomes number", INTEGER, NUMBER, []),
    ("number becomes integer", NUMBER, INTEGER, [" type_narrowed"]),
    ("whole multiples are integers", {**NUMBER, "multipleOf": 1}, INTEGER, []),
    ("multiples of two are integers", {**NUMBER, "multipleOf": 2}, INTEGER, []),
    ("multiples of a half are no integers", {**NUMBER, "multipleOf": 0.5}, INTEGER, [" type_narrowed"]),
    ("integer and number say no more than number", {"type": ["integer", "number"]}, NUMBER, []),
    ("number says as much as integer and number", NUMBER, {"type": ["integer", "number"]}, []),
    ("minimum is added", INTEGER, {**INTEGER, "minimum": 0}, [" bound_tightened"]),
    ("minimum is raised", {**INTEGER, "minimum": 1}, {**INTEGER, "minimum": 2}, [" bound_tightened"]),
    ("minimum is lowered", {**INTEGER, "minimum": 2}, {**INTEGER, "minimum": 1}, []),
    ("minimum is dropped", {**INTEGER, "minimum": 2}, INTEGER, []),
    ("maximum is added", INTEGER, {**INTEGER, "maximum": 9}, [" bound_tightened"]),
    ("maximum is lowered", {**NUMBER, "maximum": 9}, {**NUMBER, "maximum": 8.5}, [" bound_tightened"]),
    ("maximum is raised", {**NUMBER, "maximum": 8.5}, {**NUMBER, "maximum": 9}, []),
    (
        "above zero is from one on, for integers",
        {**INTEGER, "exclusiveMinimum": 0},
        {**INTEGER, "minimum": 1},
        [],
    ),
    (
        "from one on is above zero, for integers",
        {**INTEGER, "minimum": 1},
        {**INTEGER, "exclusiveMinimum": 0},
        [],
    ),
    (
        "above zero is not from one on, for numbers",
        {**NUMBER, "exclusiveMinimum": 0},
        {**NUMBER, "minimum": 1},
        [" bound_tightened"],
    ),
    (
        "below ten is up to nine, for integers",
        {**INTEGER, "exclusiveMaximum": 10},
        {**INTEGER, "maximum": 9},
        [],
    ),
    (
        "below ten and a half is up to ten, for integers",
        {**INTEGER, "exclusiveMaximum": 10.5},
        {**INTEGER, "maximum": 10},
        [],
    ),
    (
        "up to nine and a half is up to nine, for integers",
        {**INTEGER, "maximum": 9.5},
        {**INTEGER, "maximum": 9},
        [],
    ),
    (
        "minimum becomes exclusive",
        {**NUMBER, "minimum": 0},
        {**NUMBER, "exclusiveMinimum": 0},
        [" bound_tightened"],
    ),
    ("minimum becomes inclusive", {**NUMBER, "exclusiveMinimum": 0}, {**NUMBER, "minimum": 0}, []),
    (
        "maximum becomes exclusive",
        {**NUMBER, "maximum": 1},
        {**NUMBER, "exclusiveMaximum": 1},
        [" bound_tightened"],
    ),
    (
        "two bounds, the tighter one counts",
        {**NUMBER, "minimum": 0, "exclusiveMinimum": 3},
        {"minimum": 3},
        [],
    ),
    ("bound from a step", {**INTEGER, "exclusiveMinimum": 0, "multipleOf": 5}, {"minimum": 5}, []),
    ("bound of numbers that are no integers", {**NUMBER, "minimum": 0.1}, {"exclusiveMinimum": 0}, []),
    ("step is added", INTEGER, {**INTEGER, "multipleOf": 5}, [" multiple_narrowed"]),
    ("step of one says nothing about integers", INTEGER, {**INTEGER, "multipleOf": 1}, []),
    ("step of a half says nothing about integers", INTEGER, {**INTEGER, "multipleOf": 0.5}, []),
    ("step divides the old one", {**NUMBER, "multipleOf": 6}, {**NUMBER, "multipleOf": 3}, []),
    (
        "step is a multiple of the old one",
        {**NUMBER, "multipleOf": 3},
        {**NUMBER, "multipleOf": 6},
        [" multiple_narrowed"],
    ),
    ("decimal steps are exact", {**NUMBER, "multipleOf": 0.3}, {**NUMBER, "multipleOf": 0.1}, []),
    (
        "two old steps give their common multiple",
        {"allOf": [{**INTEGER, "multipleOf": 2}, {"multipleOf": 3}]},
        {"multipleOf": 6},
        [],
    ),
    (
        "range becomes the list of its numbers",
        {**INTEGER, "minimum": 1, "maximum": 3},
        {"enum": [1, 2, 3]},
        [],
    ),
    (
        "range becomes a list with a gap",
        {**INTEGER, "minimum": 1, "maximum": 3},
        {"enum": [1, 3]},
        [" value_removed"],
    ),
    ("range without end becomes a list", {**INTEGER, "minimum": 1}, {"enum": [1, 2]}, [" value_removed"]),
    ("listed numbers inside the new bounds", {"enum": [1, 5]}, {**INTEGER, "maximum": 5}, []),
    (
        "listed number outside the new bounds",
        {"enum": [1, 6]},
        {**INTEGER, "maximum": 5},
        [" bound_tightened"],
    ),
    ("1.0 is an integer", {"const": 1.0}, INTEGER, []),
    ("1.5 is no integer", {"const": 1.5}, INTEGER, [" type_narrowed"]),
    ("1 and true differ", {"const": 1}, {"const": True}, [" value_removed"]),
    ("1 and 1.0 are equal", {"const": 1}, {"const": 1.0}, []),
    ("text keywords say nothing about numbers", INTEGER, {**INTEGER, "maxLength": 3, "pattern": "^a$"}, []),
    ("array keywords say nothing about numbers", NUMBER, {**NUMBER, "maxItems": 0, "items": False}, []),
    ("object keywords say nothing about numbers", NUMBER, {**NUMBER, "required": ["a"]}, []),
    ("contradictory bounds accept nothing", {**INTEGER, "minimum": 5, "maximum": 4}, {"type": "string"}, []),
    ("no integer lies between", {**INTEGER, "exclusiveMinimum": 1, "exclusiveMaximum": 2}, False, []),
    (
        "a number lies between",
        {**NUMBER, "exclusiveMinimum": 1, "exclusiveMaximum": 2},
        False,
        [" value_removed"],
    ),
    (
        "bound tightened in a property",
        {"type": "object", "properties": {"rating": {**INTEGER, "maximum": 10}}},
        {"type": "object", "properties": {"rating": {**INTEGER, "maximum": 5}}},
        ["/rating bound_tightened"],
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_number_changes(old: Any, new: Any, expected: list[str]) -> None:
    assert [f"{change.path} {change.rule}" for change in breaking_changes(old, new)] == expected
