"""The payload that leaves protection."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from orgpulse_schemas.contract import Contract, Family
from orgpulse_schemas.privacy import PersonalData
from orgpulse_schemas.protected import LogicalType, logical_type, protected_fields
from orgpulse_schemas.registry import all_contracts

APPOINTMENT = {field.name: field for field in protected_fields(all_contracts()["org.hr.appointment.made.v1"])}


def test_name_and_mail_address_do_not_leave_protection() -> None:
    assert not {"full_name", "email"} & set(APPOINTMENT)


def test_person_number_leaves_as_a_pseudonym_and_says_so() -> None:
    field = APPOINTMENT["personnel_id"]
    assert field.type is LogicalType.TEXT
    assert field.personal_data is PersonalData.IDENTIFIER
    assert field.meaning.endswith("Pseudonym in the domain person.")


def test_birth_date_leaves_as_an_age_band_not_as_a_date() -> None:
    field = APPOINTMENT["birth_date"]
    assert field.type is LogicalType.TEXT
    assert "age_band" in field.meaning


def test_kept_field_keeps_its_type_meaning_and_requiredness() -> None:
    assert APPOINTMENT["appointed_on"].type is LogicalType.DATE
    assert APPOINTMENT["appointed_on"].meaning == "First day of service."
    assert APPOINTMENT["manager"].type is LogicalType.BOOLEAN
    assert not APPOINTMENT["position_id"].required


def test_decimal_keeps_its_digits() -> None:
    fields = protected_fields(all_contracts()["org.environment.facility_inventory.reported.v1"])
    emissions = next(field for field in fields if field.name == "greenhouse_gas")
    assert (emissions.type, emissions.precision, emissions.scale) == (LogicalType.DECIMAL, 18, 6)


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (bool, LogicalType.BOOLEAN),
        (int, LogicalType.INTEGER),
        (str, LogicalType.TEXT),
        (Decimal, LogicalType.DECIMAL),
        (date, LogicalType.DATE),
        (datetime, LogicalType.TIMESTAMP),
        (Literal["a", "b"], LogicalType.TEXT),
        (date | None, LogicalType.DATE),
        (Annotated[int | None, Field(ge=0)], LogicalType.INTEGER),
        (Annotated[Decimal, "x"] | None, LogicalType.DECIMAL),
    ],
    ids=str,
)
def test_type_of_a_column_follows_from_the_annotation(annotation: Any, expected: LogicalType) -> None:
    assert logical_type(annotation) is expected


@pytest.mark.parametrize(
    "annotation", [list[int], dict[str, int], int | str, BaseModel, float, bytes, Any, None], ids=str
)
def test_type_that_no_column_holds_is_refused(annotation: Any) -> None:
    with pytest.raises(TypeError, match="no table can hold"):
        logical_type(annotation)


def test_decimal_without_stated_digits_is_refused() -> None:
    family = Family(name="tests", owner="Tests", legal_basis="none", retention_days=1)

    @family.contract("org.tests.thing.weighed.v1", system="PE-3", key="weight", purpose="Test.")
    class ThingWeighed(Contract):
        weight: Annotated[Decimal, Field(max_digits=5)]

    with pytest.raises(TypeError, match="weight states no decimal_places"):
        protected_fields(ThingWeighed.about)
