"""The conduct family: what is said in confidence leaves protection as little as can be."""

import pytest

from orgpulse_schemas.contract import About
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.registry import all_families

CASES = [
    about
    for about in all_families()["conduct"].contracts.values()
    if about.entity in {"matter", "ombuds_case"}
]
each_case = pytest.mark.parametrize("about", CASES, ids=lambda about: about.event_type)


def test_matters_and_cases_are_all_here() -> None:
    assert len(CASES) == 7


@each_case
def test_number_of_a_case_leaves_as_a_pseudonym_that_joins_with_nothing_else(about: About) -> None:
    key = next(field for field in protected_fields(about) if field.name == about.key)
    assert (key.treatment.kind, key.treatment.detail) == (TreatmentKind.PSEUDONYMISE, "case")


@each_case
def test_nobody_in_a_case_leaves_protection_not_even_as_a_pseudonym(about: About) -> None:
    people = [f.name for f in protected_fields(about) if f.personal_data is not PersonalData.NONE]
    assert people == [about.key]


@each_case
def test_office_and_duty_station_of_a_case_are_not_asked_for(about: About) -> None:
    assert not {field.name for field in about.fields} & {"unit_id", "country", "duty_station", "project_id"}


@each_case
def test_case_is_kept_no_longer_than_its_family_and_the_ombudspersons_shorter(about: About) -> None:
    assert about.retention_days == (1095 if about.system.id == "PE-4" else 1825)


def test_examples_hold_notes_and_people_so_that_dropping_them_can_be_seen() -> None:
    opened = examples_of("org.conduct.ombuds_case.opened.v1")
    assert any(b'"notes": "' in example.value and b'"visitor_id"' in example.value for example in opened)
