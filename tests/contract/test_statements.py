"""What every contract must state about itself."""

import re
from collections.abc import Callable
from dataclasses import replace
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import orjson
import pytest
from pydantic import Field

from orgpulse_platform.keyring import PSEUDONYM_DOMAINS
from orgpulse_schemas.contract import EVENT_TYPE, About, Contract, Family
from orgpulse_schemas.export.rules import rules_in_words
from orgpulse_schemas.fields import Date, People, RecordId
from orgpulse_schemas.privacy import (
    AGE_BAND,
    DROP,
    FEWEST_WORDS,
    KEEP,
    NOBODY,
    PersonalData,
    Privacy,
    Treatment,
    TreatmentKind,
    Unit,
)
from orgpulse_schemas.protected import LogicalType, logical_type, protected_fields
from orgpulse_schemas.reasons import Reason, RejectedError, Violation
from orgpulse_schemas.registry import all_contracts, all_families
from orgpulse_schemas.systems import SYSTEMS
from orgpulse_schemas.validation import validate_data
from orgpulse_schemas.wire import ENVELOPE_NAMES

PERSONAL = {PersonalData.IDENTIFIER, PersonalData.FREE_TEXT}
FAMILIES = {
    "conduct", "control", "environment", "evaluation", "finance", "hr", "ict",
    "knowledge", "protection", "reference", "results", "training",
}  # fmt: skip
NAMED = re.compile(r"^[a-z][a-z0-9_]*$")

NUMBERS = {LogicalType.INTEGER, LogicalType.DECIMAL}


def closed(annotation: Any) -> bool:
    """Whether a type has only the values that it names."""
    inner = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) in (Union, UnionType):
        return all(closed(part) for part in inner)
    return annotation is bool or get_origin(annotation) is Literal


each_contract = pytest.mark.parametrize("about", all_contracts().values(), ids=lambda about: about.event_type)


@each_contract
def test_contract_states_whose_data_it_is_and_why_it_is_processed(about: About) -> None:
    assert about.owner
    assert SYSTEMS[about.system.id] is about.system
    assert about.purpose.endswith(".")
    assert about.legal_basis
    assert about.data_subjects
    assert about.retention_days > 0
    assert about.compatibility == "backward"
    assert about.key
    assert (about.model.__doc__ or "").endswith(".")


@each_contract
def test_event_type_follows_the_naming_rule(about: About) -> None:
    match = EVENT_TYPE.fullmatch(about.event_type)
    assert match is not None
    assert match["family"] == about.family
    assert about.major >= 1
    assert about.model.__module__.startswith(f"orgpulse_schemas.families.{about.family}.")
    assert NAMED.match(about.name)


@each_contract
def test_every_field_states_its_meaning(about: About) -> None:
    for field in about.fields:
        assert field.meaning.endswith("."), field.name
        assert NAMED.match(field.name), field.name


@each_contract
def test_every_number_states_its_unit_and_nothing_else_does(about: About) -> None:
    for field in about.fields:
        assert bool(field.unit) == (logical_type(field.annotation) in NUMBERS), field.name


@each_contract
def test_every_field_that_could_hold_a_person_states_its_class_and_treatment(about: About) -> None:
    """A truth, and a code of a list that the contract itself spells out, can only hold what stands there."""
    for field in about.fields:
        stated = any(isinstance(note, Privacy) for note in field.notes)
        assert stated or closed(field.annotation), field.name


@each_contract
def test_no_field_has_the_name_of_a_column_that_every_table_has(about: About) -> None:
    assert not ENVELOPE_NAMES & {field.name for field in about.fields}


@each_contract
def test_no_identifier_and_no_free_text_passes_as_it_is(about: About) -> None:
    for field in about.fields:
        if field.personal_data in PERSONAL:
            scrubbed = field.personal_data is PersonalData.FREE_TEXT
            also = TreatmentKind.SCRUB if scrubbed else TreatmentKind.PSEUDONYMISE
            assert field.treatment.kind in (TreatmentKind.DROP, also), field.name


@each_contract
def test_contract_that_keeps_free_text_says_why(about: About) -> None:
    for field in about.fields:
        if field.treatment.kind is TreatmentKind.SCRUB:
            assert len(field.treatment.detail.split()) >= FEWEST_WORDS, field.name
            assert field.personal_data is PersonalData.FREE_TEXT, field.name


@each_contract
def test_contract_with_personal_data_names_its_data_subjects(about: About) -> None:
    if any(field.personal_data in PERSONAL for field in about.fields):
        assert about.data_subjects != "none"


@each_contract
def test_family_without_personal_data_holds_none(about: About) -> None:
    if "no personal data" in about.legal_basis:
        assert {field.personal_data for field in about.fields} == {PersonalData.NONE}


@each_contract
def test_every_rule_between_fields_says_what_must_hold(about: About) -> None:
    for rule in rules_in_words(about):
        assert rule.endswith("."), rule
        assert any(f"`{field.name}`" in rule for field in about.fields), rule


@each_contract
def test_every_treatment_is_one_that_protection_knows(about: About) -> None:
    for field in about.fields:
        if field.treatment.kind is TreatmentKind.PSEUDONYMISE:
            assert field.treatment.detail in PSEUDONYM_DOMAINS, field.name
        if field.treatment.kind is TreatmentKind.GENERALISE:
            assert field.treatment == AGE_BAND, field.name


@each_contract
def test_key_is_a_required_field_that_passes_protection(about: About) -> None:
    key = next(field for field in protected_fields(about) if field.name == about.key)
    assert key.required


@each_contract
def test_protected_payload_holds_every_field_but_the_dropped(about: About) -> None:
    dropped = {field.name for field in about.fields if field.treatment.kind is TreatmentKind.DROP}
    kept = [field.name for field in about.fields if field.name not in dropped]
    assert [field.name for field in protected_fields(about)] == kept


@each_contract
def test_decimals_state_their_digits_and_numbers_of_things_their_unit(about: About) -> None:
    for field in protected_fields(about):
        if field.type is LogicalType.DECIMAL:
            assert 0 < field.scale < field.precision <= 38, field.name
            assert field.unit, field.name
        else:
            assert (field.precision, field.scale) == (0, 0), field.name


@each_contract
def test_no_date_and_no_time_is_read_from_seconds_since_1970(about: About) -> None:
    timely = (LogicalType.DATE, LogicalType.TIMESTAMP)
    days = [field.name for field in about.fields if logical_type(field.annotation) in timely]
    with pytest.raises(RejectedError) as rejected:
        validate_data(about, orjson.dumps(dict.fromkeys([*days, about.key], "86400")))
    for name in days:
        assert Violation(Reason.IMPOSSIBLE_DATE, f"/data/{name}") in rejected.value.violations


def test_every_contract_class_of_a_family_is_registered() -> None:
    for model in Contract.__subclasses__():
        shared = model.__name__.startswith("_")  # what several contracts have in common is none itself
        if model.__module__.startswith("orgpulse_schemas.families.") and not shared:
            assert all_contracts()[model.about.event_type].model is model


def test_every_family_has_at_least_four_contracts() -> None:
    assert set(all_families()) == FAMILIES
    assert min(len(family.contracts) for family in all_families().values()) >= 4


def test_no_two_contracts_share_a_table_name() -> None:
    names = [about.name for about in all_contracts().values()]
    assert len(names) == len(set(names))


def test_every_source_system_has_a_contract() -> None:
    assert {about.system.id for about in all_contracts().values()} == set(SYSTEMS)


# --- what is missing is noticed ---------------------------------------------------------------------------


def contract(model: type[Contract], **stated: Any) -> About:
    family = Family(name="lights", owner="Nobody", legal_basis="None", retention_days=1)
    purpose = stated.pop("purpose", "Show.")
    family.contract("org.lights.light.lit.v1", system="PE-3", key="light", purpose=purpose, **stated)(model)
    return family.contracts["org.lights.light.lit.v1"]


class LightLit(Contract):
    """A light was lit."""

    light: RecordId
    """Number of the light."""
    seen_by: People
    """How many saw it."""
    lit_on: Date
    """Day."""


class LightWithoutMeaning(LightLit):
    """A light was lit."""

    colour: Literal["red", "green"]


class LightWithoutUnit(LightLit):
    """A light was lit."""

    seen_by: Annotated[int, Field(ge=0), NOBODY]
    """How many saw it."""


class LightWithUnitForADay(LightLit):
    """A light was lit."""

    lit_on: Annotated[Date, Unit("days")]
    """Day."""


class LightWithoutClass(LightLit):
    """A light was lit."""

    lamplighter: str
    """Who lit it."""


class LightWithoutClassForSome(LightLit):
    """A light was lit."""

    lamplighter: str | None = None
    """Who lit it."""


class LightWithName(LightLit):
    """A light was lit."""

    lamplighter: Annotated[str, Privacy(PersonalData.IDENTIFIER, DROP)]
    """Who lit it."""


class LightWithNameAsIs(LightLit):
    """A light was lit."""

    lamplighter: Annotated[str, Privacy(PersonalData.IDENTIFIER, KEEP)]
    """Who lit it."""


class LightWithText(LightLit):
    """A light was lit."""

    log: Annotated[str, Privacy(PersonalData.FREE_TEXT, Treatment(TreatmentKind.SCRUB))]
    """What the keeper wrote."""


COMPLETE = contract(LightLit)
Check = Callable[[About], None]
states_itself: Check = test_contract_states_whose_data_it_is_and_why_it_is_processed
states_meaning: Check = test_every_field_states_its_meaning
states_unit: Check = test_every_number_states_its_unit_and_nothing_else_does
states_class: Check = test_every_field_that_could_hold_a_person_states_its_class_and_treatment
names_subjects: Check = test_contract_with_personal_data_names_its_data_subjects
protects_people: Check = test_no_identifier_and_no_free_text_passes_as_it_is
says_why: Check = test_contract_that_keeps_free_text_says_why


def test_complete_contract_is_complete() -> None:
    for check in (
        states_itself,
        states_meaning,
        states_unit,
        states_class,
        names_subjects,
        protects_people,
        says_why,
    ):
        check(COMPLETE)


@pytest.mark.parametrize(
    ("check", "incomplete"),
    [
        (states_itself, replace(COMPLETE, owner="")),
        (states_itself, replace(COMPLETE, system=replace(COMPLETE.system, id="XX-1"))),
        (states_itself, replace(COMPLETE, purpose="")),
        (states_itself, replace(COMPLETE, legal_basis="")),
        (states_itself, replace(COMPLETE, data_subjects="")),
        (states_itself, replace(COMPLETE, retention_days=0)),
        (states_itself, replace(COMPLETE, compatibility="")),  # type: ignore[arg-type]
        (states_itself, replace(COMPLETE, key="")),
        (states_meaning, contract(LightWithoutMeaning)),
        (states_unit, contract(LightWithoutUnit)),
        (states_unit, contract(LightWithUnitForADay)),
        (states_class, contract(LightWithoutClass)),
        (states_class, contract(LightWithoutClassForSome)),
        (names_subjects, contract(LightWithName)),
        (protects_people, contract(LightWithNameAsIs)),
        (says_why, contract(LightWithText)),
    ],
    ids=lambda case: case.__name__ if callable(case) else "",
)
def test_missing_statement_is_noticed(check: Check, incomplete: About) -> None:
    with pytest.raises((AssertionError, KeyError)):
        check(incomplete)
