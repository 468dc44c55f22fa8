# ruff: noqa: E501
"""Objects: required and optional properties, open and closed content models, names, dependencies."""

from typing import Any

import pytest

from orgpulse_schemas.compatibility import breaking_changes

TEXT: dict[str, Any] = {"type": "string"}
INTEGER: dict[str, Any] = {"type": "integer"}
NUMBER: dict[str, Any] = {"type": "number"}
A = {"a": TEXT}
AB = {"a": TEXT, "b": INTEGER}


def object_(properties: dict[str, Any] | None = None, **keywords: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties or {}, **keywords}


CLOSED = {"additionalProperties": False}

TABLE = [
    ("unchanged", object_(AB, required=["a"]), object_(AB, required=["a"]), []),
    ("optional property is added to an open model", object_(A), object_(AB), []),
    ("optional property is added to a closed model", object_(A, **CLOSED), object_(AB, **CLOSED), []),
    ("required property is added", object_(A), object_(AB, required=["b"]), ["/b required_added"]),
    ("optional property becomes required", object_(A), object_(A, required=["a"]), ["/a required_added"]),
    ("required property becomes optional", object_(A, required=["a"]), object_(A), []),
    ("property that nobody names becomes required", object_(), object_(required=["z"]), ["/z required_added"]),
    ("order of required does not matter", object_(AB, required=["a", "b"]), object_(AB, required=["b", "a"]), []),
    ("property is removed from an open model", object_(AB), object_(A), []),
    ("property is removed from a closed model", object_(AB, **CLOSED), object_(A, **CLOSED), ["/b property_removed"]),
    ("content model is closed", object_(A), object_(A, **CLOSED), [" content_model_closed"]),
    ("content model is opened", object_(A, **CLOSED), object_(A), []),
    (
        "content model is closed and a property removed",
        object_(AB),
        object_(A, **CLOSED),
        [" content_model_closed", "/b property_removed"],
    ),
    ("additional properties true is open", object_(A, additionalProperties=True), object_(AB), []),
    (
        "additional properties are restricted",
        object_(A),
        object_(A, additionalProperties=TEXT),
        ["/* other_properties_narrowed"],
    ),
    (
        "additional properties are narrowed",
        object_(additionalProperties=NUMBER),
        object_(additionalProperties=INTEGER),
        ["/* type_narrowed"],
    ),
    ("additional properties are widened", object_(additionalProperties=INTEGER), object_(additionalProperties=NUMBER), []),
    (
        "property is named where all others were restricted in another way",
        object_(additionalProperties=TEXT),
        object_({"n": INTEGER}, additionalProperties=TEXT),
        ["/n type_narrowed"],
    ),
    (
        "property is named as all others were restricted",
        object_(additionalProperties=INTEGER),
        object_({"n": NUMBER}, additionalProperties=INTEGER),
        [],
    ),
    ("property joins the others that are as it was", object_(A, additionalProperties=TEXT), object_(additionalProperties=TEXT), []),
    (
        "property joins the others that are narrower",
        object_({"b": NUMBER}, additionalProperties=INTEGER),
        object_(additionalProperties=INTEGER),
        ["/b type_narrowed"],
    ),
    ("property is widened", object_({"a": INTEGER}), object_({"a": NUMBER}), []),
    ("property is narrowed", object_({"a": NUMBER}), object_({"a": INTEGER}), ["/a type_narrowed"]),
    (
        "value is removed deep inside",
        object_({"a": object_({"b": {"enum": ["x", "y"]}})}),
        object_({"a": object_({"b": {"enum": ["x"]}})}),
        ["/a/b value_removed"],
    ),
    (
        "optional property is added deep inside",
        object_({"a": object_(A)}),
        object_({"a": object_(AB)}),
        [],
    ),
    ("name with a slash and a tilde", object_({"a/b~c": NUMBER}), object_({"a/b~c": INTEGER}), ["/a~1b~0c type_narrowed"]),
    ("property is forbidden", object_(A), object_({"a": False}), ["/a property_removed"]),
    ("property that nobody names is forbidden", object_(A), object_({**A, "b": False}), ["/b property_removed"]),
    ("others may hold what anything may", object_(A), object_(A, additionalProperties={"anyOf": [TEXT, {}]}), []),
    ("others by pattern may hold what anything may", object_(A), object_(A, patternProperties={"^x": {"not": {"not": {}}}}), []),
    (
        "others are restricted deep inside",
        object_(A),
        object_(A, additionalProperties={"properties": {"z": TEXT}}),
        ["/* other_properties_narrowed"],
    ),
    ("forbidden property is accepted", object_({"a": False}), object_(A), []),
    ("forbidden property becomes required", object_({"a": False}), object_(A, required=["a"]), ["/a required_added"]),
    ("several changes are all named", object_(AB), object_({"a": INTEGER, "b": TEXT}, required=["c"]),
     ["/a type_narrowed", "/b type_narrowed", "/c required_added"]),
    ("minProperties is added", object_(A), object_(A, minProperties=1), [" bound_tightened"]),
    ("minProperties that required gives already", object_(AB, required=["a", "b"]), object_(AB, required=["a"], minProperties=2), []),
    ("maxProperties is added", object_(A), object_(A, maxProperties=3), [" bound_tightened"]),
    ("maxProperties that the closed model gives already", object_(AB, **CLOSED), object_(AB, **CLOSED, maxProperties=2), []),
    ("object that can only be empty", object_(maxProperties=0), {"const": {}}, []),
    ("closed and without properties can only be empty", object_(**CLOSED), {"const": {}}, []),
    ("names are restricted", object_(A), object_(A, propertyNames={"maxLength": 5}), [" property_names_narrowed"]),
    ("names of a closed model meet the restriction", object_(AB, **CLOSED), object_(AB, propertyNames={"maxLength": 1}), []),
    (
        "name of a closed model does not meet the restriction",
        object_({"long": TEXT}, **CLOSED),
        object_({"long": TEXT}, propertyNames={"maxLength": 3}),
        [" property_names_narrowed"],
    ),
    ("restriction of names is loosened", object_(propertyNames={"maxLength": 3}), object_(propertyNames={"maxLength": 5}), []),
    ("names that must match are restricted by length", object_(propertyNames={"pattern": "^[a-z]{2}$"}), object_(propertyNames={"maxLength": 2}), []),
    ("listed names close the model", object_(AB, propertyNames={"enum": ["a", "b"]}), object_(AB, **CLOSED), []),
    (
        "properties by pattern are narrowed",
        object_(patternProperties={"^x_": NUMBER}),
        object_(patternProperties={"^x_": INTEGER}),
        ["/* other_properties_narrowed"],
    ),
    ("properties by pattern are widened", object_(patternProperties={"^x_": INTEGER}), object_(patternProperties={"^x_": NUMBER}), []),
    ("properties by pattern are new", object_(A), object_(A, patternProperties={"^x_": TEXT}), ["/* other_properties_narrowed"]),
    ("properties by a narrower pattern", object_(patternProperties={"^x": TEXT}), object_(patternProperties={"^x_": TEXT}), []),
    (
        "new pattern meets a known property",
        object_({"x_a": NUMBER}, **CLOSED),
        object_({"x_a": NUMBER}, patternProperties={"^x_": INTEGER}),
        ["/x_a type_narrowed"],
    ),
    ("pattern takes the place of a name", object_({"x_a": TEXT}, **CLOSED), object_(patternProperties={"^x_": TEXT}, **CLOSED), []),
    (
        "model with patterns is closed",
        object_(patternProperties={"^x_": TEXT}),
        object_(patternProperties={"^x_": TEXT}, **CLOSED),
        [" content_model_closed"],
    ),
    (
        "closed model with patterns, unchanged but for a name",
        object_(patternProperties={"^x_": TEXT}, **CLOSED),
        object_(A, patternProperties={"^x_": TEXT}, **CLOSED),
        [],
    ),
    ("dependency is added", object_(AB), object_(AB, dependentRequired={"a": ["b"]}), ["/b dependency_added"]),
    ("dependency on what is required", object_(AB, required=["b"]), object_(AB, dependentRequired={"a": ["b"]}), []),
    ("dependency is dropped", object_(AB, dependentRequired={"a": ["b"]}), object_(AB), []),
    ("dependency through another", object_(AB, dependentRequired={"a": ["b"], "b": ["c"]}), object_(AB, dependentRequired={"a": ["c"]}), []),
    ("dependency of a new optional property", object_(A), object_(AB, dependentRequired={"b": ["a"]}), []),
    ("dependency that always holds becomes required", object_(AB, required=["a"], dependentRequired={"a": ["b"]}), object_(AB, required=["a", "b"]), []),
    (
        "schema depends on a property",
        object_(AB),
        object_(AB, dependentSchemas={"a": {"properties": {"b": {"minimum": 1}}}}),
        ["/b bound_tightened"],
    ),
    (
        "schema that depends on a property is loosened",
        object_(AB, dependentSchemas={"a": {"properties": {"b": {"minimum": 5}}}}),
        object_(AB, dependentSchemas={"a": {"properties": {"b": {"minimum": 1}}}}),
        [],
    ),
    (
        "schema that depends on a required property holds",
        object_(AB, required=["a"], dependentSchemas={"a": {"required": ["b"]}}),
        object_(AB, required=["a", "b"]),
        [],
    ),
    ("required property that cannot be", object_({"a": False}, required=["a"]), TEXT, []),
    ("unevaluated properties without schemas beside are additional", object_(A, unevaluatedProperties=False), object_(A, **CLOSED), []),
    ("object keywords without type", {}, {"required": ["a"]}, ["/a required_added"]),
    ("listed object still fits", {"const": {"a": "x"}}, object_(A, required=["a"]), []),
    ("listed object fits no more", {"const": {"a": 1}}, object_(A), [" value_removed"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_object_changes(old: Any, new: Any, expected: list[str]) -> None:
    assert [f"{change.path} {change.rule}" for change in breaking_changes(old, new)] == expected


def test_strict_comparison_refuses_a_new_optional_property_where_anything_was_accepted() -> None:
    (change,) = breaking_changes(object_(A), object_(AB), strict=True)
    assert (change.path, change.rule) == ("/b", "type_narrowed")


def test_optional_property_known_to_one_alternative_is_not_new_to_the_other() -> None:
    old = {"anyOf": [object_({"kind": {"const": "x"}}, required=["kind"]), object_({"b": TEXT})]}
    new = object_({"kind": TEXT, "b": INTEGER})
    assert {change.path for change in breaking_changes(old, new)} == {"/b", "/kind"}
