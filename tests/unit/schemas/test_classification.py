"""How confidential an event is follows from the fields of its contract."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from orgpulse_schemas.classification import CATEGORIES, LEVELS, Classification
from orgpulse_schemas.cloudevents import parse, structured
from orgpulse_schemas.contract import About
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.privacy import PersonalData
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate

each_contract = pytest.mark.parametrize("about", all_contracts().values(), ids=lambda about: about.event_type)
NOBODYS = all_contracts()["org.reference.organisation_unit.registered.v1"]


@each_contract
def test_an_event_that_names_anybody_is_restricted_and_under_the_principles(about: About) -> None:
    named = any(field.personal_data is PersonalData.IDENTIFIER for field in about.fields)
    personal = any(field.personal_data is not PersonalData.NONE for field in about.fields)
    stated = about.classification.attributes
    assert not named or stated["dataclassification"] == "restricted"
    assert ("dataregulation" in stated, "datacategory" in stated) == (personal, personal)


@each_contract
def test_a_protected_event_is_never_more_confidential_than_what_it_was_made_of(about: About) -> None:
    left = about.protected_classification
    assert about.classification.covers(left.level, left.category)
    assert left.level in ("internal", "confidential")


@each_contract
def test_what_tells_of_somebodys_case_is_sensitive_before_and_after(about: About) -> None:
    for classification in (about.classification, about.protected_classification):
        if classification.category is not None:
            assert (classification.category == "sensitive") == about.case_data


@pytest.mark.parametrize("level", [None, *LEVELS])
@pytest.mark.parametrize("category", [None, *CATEGORIES])
def test_what_is_asked_for_is_covered_unless_it_is_stricter(level: Any, category: Any) -> None:
    confidential = Classification("confidential", "standard", ("DPP",))
    assert confidential.covers(level, category) == (level != "restricted" and category != "sensitive")


def stating(about: About, **attributes: str) -> bytes:
    """The example of a contract, with these attributes."""
    example = next(example for example in examples_of(about.event_type) if example.violation is None)
    return orjson.dumps(orjson.loads(example.value) | attributes)


def test_what_asks_for_more_is_raised_and_never_lowered() -> None:
    own = Classification("confidential", "standard", ("DPP",))
    assert own.raised("restricted", None) == Classification("restricted", "standard", ("DPP",))
    assert own.raised("public", "sensitive") == Classification("confidential", "sensitive", ("DPP",))
    assert own.raised(None, None) == own.raised("public", "non-sensitive") == own


@each_contract
def test_an_event_with_the_classification_of_its_contract_is_accepted(about: About) -> None:
    assert validate(parse(stating(about, **about.classification.attributes)))


def test_structured_mode_writes_the_classification_that_is_given() -> None:
    time = datetime(2019, 3, 1, tzinfo=UTC)
    value = structured(
        id="1", source="s", type="t", time=time, data={}, classification=NOBODYS.classification
    )
    assert b'"dataclassification":"internal"' in value
    assert b"dataregulation" not in value
