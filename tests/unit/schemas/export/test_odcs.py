"""The data contracts: valid by the Open Data Contract Standard, and complete."""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson
import pytest
import yaml
from jsonschema import validators

from orgpulse_schemas.contract import About
from orgpulse_schemas.export import odcs_document
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.registry import all_contracts

each_contract = pytest.mark.parametrize("about", all_contracts().values(), ids=lambda about: about.event_type)


@cache
def validator() -> Any:
    standard = orjson.loads((files("open_data_contract_standard") / "schema.json").read_bytes())
    return validators.validator_for(standard)(standard)


def properties(document: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    (schema,) = (schema for schema in document["schema"] if schema["name"] == name)
    return {said["name"]: said for said in schema["properties"]}


def custom(said: dict[str, Any]) -> dict[str, Any]:
    return {item["property"]: item["value"] for item in said["customProperties"]}


@each_contract
def test_data_contract_is_valid_by_the_published_schema_of_the_standard(about: About) -> None:
    written = yaml.safe_load(yaml.safe_dump(odcs_document(about)))
    assert [error.json_path for error in validator().iter_errors(written)] == []


def test_published_schema_would_notice_a_fault() -> None:
    document = odcs_document(next(iter(all_contracts().values())))
    assert not validator().is_valid({**document, "retention": 1})


@each_contract
def test_data_contract_says_who_answers_for_the_data_why_and_how_long(about: About) -> None:
    document = odcs_document(about, version="1.2.0", status="draft")
    assert (document["version"], document["status"]) == ("1.2.0", "draft")
    assert document["team"]["name"] == about.owner
    assert document["description"]["purpose"] == about.purpose
    assert about.legal_basis in document["description"]["limitations"]
    (retention,) = document["slaProperties"]
    assert (retention["property"], retention["value"], retention["unit"]) == (
        "retention",
        about.retention_days,
        "d",
    )
    assert custom(document)["sourceSystem"] == about.system.id


@each_contract
def test_data_contract_holds_what_arrives_and_what_leaves(about: About) -> None:
    document = odcs_document(about)
    assert list(properties(document, "accepted")) == [field.name for field in about.fields]
    assert list(properties(document, "protected")) == [field.name for field in protected_fields(about)]
    assert [schema["physicalName"] for schema in document["schema"]] == [about.raw_topic, about.events_topic]


def test_types_units_and_bounds_are_stated() -> None:
    document = odcs_document(all_contracts()["org.environment.facility_inventory.reported.v1"])
    area = properties(document, "accepted")["floor_area"]
    assert (area["logicalType"], area["physicalType"], area["required"]) == (
        "number",
        "number or string",
        False,
    )
    assert area["logicalTypeOptions"]["minimum"] == 0
    assert custom(area)["unit"] == "m2"
    assert properties(document, "protected")["floor_area"]["physicalType"] == "string"


def test_identifiers_are_restricted_when_they_arrive_and_pseudonyms_confidential_when_they_leave() -> None:
    document = odcs_document(all_contracts()["org.hr.appointment.made.v1"])
    arriving, leaving = properties(document, "accepted"), properties(document, "protected")
    assert arriving["personnel_id"]["classification"] == "restricted"
    assert leaving["personnel_id"]["classification"] == "confidential"
    assert "Pseudonym" in leaving["personnel_id"]["transformDescription"]
    assert custom(arriving["full_name"])["treatment"] == "drop"
    assert "full_name" not in leaving


def test_listed_values_become_a_check() -> None:
    document = odcs_document(all_contracts()["org.hr.separation.recorded.v1"])
    (check,) = properties(document, "accepted")["reason"]["quality"]
    assert "retirement" in check["arguments"]["validValues"]


def test_field_that_may_be_null_is_not_required() -> None:
    document = odcs_document(all_contracts()["org.reference.organisation_unit.registered.v1"])
    assert not properties(document, "accepted")["parent_unit_id"]["required"]
