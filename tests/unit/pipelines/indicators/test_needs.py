"""What no indicator needs does not pass protection; of somebody's case nothing does that is not named."""

import pytest

from orgpulse_pipelines.indicators.needs import about_somebody, needed_fields
from orgpulse_schemas.contract import About
from orgpulse_schemas.protected import dropped
from orgpulse_schemas.registry import all_contracts

CONTRACTS = tuple(all_contracts().values())
CASES = [about for about in CONTRACTS if about.case_data]
each_case = pytest.mark.parametrize("about", CASES, ids=lambda about: about.event_type)


def is_needed(about: About, field: str) -> bool:
    return (about.event_type, field) in needed_fields()


def test_what_says_something_about_somebody_passes_only_if_it_is_needed_or_the_contract_says_why() -> None:
    idle = [
        f"{about.event_type} {field.name}"
        for about in CONTRACTS
        for field in about_somebody(about)
        if not field.needed and not is_needed(about, field.name)
    ]
    assert idle == []


def test_reason_stands_only_where_no_indicator_is_the_reason() -> None:
    idle = [
        f"{about.event_type} {field.name}"
        for about in CONTRACTS
        for field in about.fields
        if field.needed and not about.case_data and is_needed(about, field.name)
    ]
    assert idle == []


def test_reasons_are_given_in_words() -> None:
    reasons = [field.needed for about in CONTRACTS for field in about.fields if field.needed]
    eased = [about.eased for about in CONTRACTS if about.eased]
    assert all(len(said.split()) >= 5 and said.endswith(".") for said in reasons + eased)


@each_case
def test_field_of_a_case_passes_only_if_an_indicator_needs_it(about: About) -> None:
    for field in about.fields:
        assert (field.name in dropped(about)) != is_needed(about, field.name), field.name


def test_ethics_matters_and_the_ombudspersons_cases_are_case_data() -> None:
    assert {about.event_type.split(".")[2] for about in CASES} == {"matter", "ombuds_case"}


def test_reason_for_leaving_is_that_of_a_person_and_does_not_pass() -> None:
    separation = all_contracts()["org.hr.separation.recorded.v1"]
    assert "reason" in dropped(separation)
    assert [field.name for field in about_somebody(separation)] == ["personnel_id", "separated_on"]


def test_office_of_an_event_about_nobody_is_not_about_somebody() -> None:
    assert about_somebody(all_contracts()["org.finance.expenditure.posted.v1"]) == []
