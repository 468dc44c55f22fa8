"""The OpenAPI document says what the intake does."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from orgpulse_platform.intake.openapi import openapi_document
from orgpulse_platform.intake.problems import Problem
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.registry import all_contracts

DOCUMENT = openapi_document()


def checker(name: str) -> Draft202012Validator:
    return Draft202012Validator({**DOCUMENT, "$ref": f"#/components/schemas/{name}"})


def test_it_is_a_valid_document() -> None:
    validate(DOCUMENT)  # type: ignore[arg-type]


def test_it_is_served(intake: Any) -> None:
    assert intake.request("GET", "/openapi.json").json == DOCUMENT


def test_every_status_of_a_problem_is_described() -> None:
    responses = DOCUMENT["paths"]["/events"]["post"]["responses"]
    elsewhere = {404, 405}
    assert {int(status) for status in responses} == {200, 202} | {p.status for p in Problem} - elsewhere


def test_every_contract_can_be_sent_in_every_mode() -> None:
    content = DOCUMENT["paths"]["/events"]["post"]["requestBody"]["content"]
    assert set(content) == {
        "application/cloudevents+json",
        "application/cloudevents-batch+json",
        "application/json",
    }
    assert set(DOCUMENT["components"]["schemas"]["Event"]["discriminator"]["mapping"]) == set(all_contracts())


@pytest.mark.parametrize("about", all_contracts().values(), ids=lambda about: about.name)
def test_passing_examples_fit_their_schema(about: Any) -> None:
    validator = checker(f"{about.name}_event")
    for example in examples_of(about.event_type):
        if example.violation is None:
            assert validator.is_valid(json.loads(example.value)), example.name


def test_a_problem_fits_its_schema(intake: Any) -> None:
    checker("Problem").validate(intake.send({}).json)
    checker("BatchAnswer").validate(intake.send([{}], "application/cloudevents-batch+json").json)
