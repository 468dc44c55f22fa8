"""What every contract must state about itself."""

import re

import orjson
import pytest

from orgpulse_platform.keyring import PSEUDONYM_DOMAINS
from orgpulse_schemas.contract import EVENT_TYPE, About, Contract
from orgpulse_schemas.privacy import AGE_BAND, PersonalData, TreatmentKind
from orgpulse_schemas.protected import LogicalType, logical_type, protected_fields
from orgpulse_schemas.reasons import Reason, RejectedError, Violation
from orgpulse_schemas.registry import all_contracts, all_families
from orgpulse_schemas.systems import SYSTEMS
from orgpulse_schemas.validation import validate_data
from orgpulse_schemas.wire import ENVELOPE_NAMES

PERSONAL = {PersonalData.IDENTIFIER, PersonalData.FREE_TEXT}
FAMILIES = {
    "conduct", "environment", "evaluation", "finance", "hr", "ict",
    "knowledge", "protection", "reference", "results", "training",
}  # fmt: skip
NAMED = re.compile(r"^[a-z][a-z0-9_]*$")

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
def test_no_field_has_the_name_of_a_column_that_every_table_has(about: About) -> None:
    assert not ENVELOPE_NAMES & {field.name for field in about.fields}


@each_contract
def test_no_identifier_and_no_free_text_passes_as_it_is(about: About) -> None:
    for field in about.fields:
        if field.personal_data in PERSONAL:
            assert field.treatment.kind in (TreatmentKind.DROP, TreatmentKind.PSEUDONYMISE), field.name


@each_contract
def test_contract_with_personal_data_names_its_data_subjects(about: About) -> None:
    if any(field.personal_data in PERSONAL for field in about.fields):
        assert about.data_subjects != "none"


@each_contract
def test_family_without_personal_data_holds_none(about: About) -> None:
    if "no personal data" in about.legal_basis:
        assert {field.personal_data for field in about.fields} == {PersonalData.NONE}


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
        if model.__module__.startswith("orgpulse_schemas.families."):
            assert all_contracts()[model.about.event_type].model is model


def test_every_family_has_at_least_four_contracts() -> None:
    assert set(all_families()) == FAMILIES
    assert min(len(family.contracts) for family in all_families().values()) >= 4


def test_no_two_contracts_share_a_table_name() -> None:
    names = [about.name for about in all_contracts().values()]
    assert len(names) == len(set(names))


def test_every_source_system_has_a_contract() -> None:
    assert {about.system.id for about in all_contracts().values()} == set(SYSTEMS)
