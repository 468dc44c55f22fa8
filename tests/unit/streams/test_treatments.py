from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated, ClassVar

import pytest

from orgpulse_platform.keyring import Keyring
from orgpulse_schemas.contract import About, Contract
from orgpulse_schemas.fields import AmountUsd, FullName, PersonnelId
from orgpulse_schemas.privacy import (
    AGE_BAND,
    PersonalData,
    Privacy,
    Treatment,
    TreatmentKind,
    pseudonymise,
)
from orgpulse_schemas.registry import all_contracts
from orgpulse_streams.protect.treatments import UnknownTreatmentError, compile_treatments, key_bytes

DAY = date(2019, 5, 1)


def about(model: type[Contract], key: str) -> About:
    return replace(all_contracts()["org.hr.appointment.made.v1"], model=model, key=key)


def test_every_contract_compiles(keyring: Keyring) -> None:
    for contract in all_contracts().values():
        assert compile_treatments(contract, keyring).about is contract


def test_only_fields_of_the_contract_pass(keyring: Keyring) -> None:
    class Named(Contract):
        unit: str
        name: FullName

    treatments = compile_treatments(about(Named, "unit"), keyring)
    assert treatments.protect({"unit": "U1", "name": "Ann", "stray": 1}, DAY) == {"unit": "U1"}


def test_pseudonym_replaces_the_identifier(keyring: Keyring) -> None:
    class Person(Contract):
        person: PersonnelId
        deputy: PersonnelId | None = None

    treatments = compile_treatments(about(Person, "person"), keyring)
    assert treatments.protect({"person": "P000001", "deputy": None}, DAY) == {
        "person": keyring.pseudonym("person", "P000001"),
        "deputy": None,
    }


def test_numbers_and_times_leave_in_an_exact_form(keyring: Keyring) -> None:
    class Booked(Contract):
        amount: AmountUsd
        at: datetime
        on: date

    treatments = compile_treatments(about(Booked, "on"), keyring)
    new_york = timezone(timedelta(hours=-4))
    payload = {"amount": Decimal("1E+3"), "at": datetime(2019, 5, 1, 22, tzinfo=new_york), "on": DAY}
    assert treatments.protect(payload, DAY) == {
        "amount": "1000",
        "at": datetime(2019, 5, 2, 2, tzinfo=UTC),
        "on": DAY,
    }


@pytest.mark.parametrize(
    "treatment",
    [
        Treatment(TreatmentKind.GENERALISE, "salary_band"),
        pseudonymise("household"),
    ],
)
def test_unknown_treatment_fails_at_start(keyring: Keyring, treatment: Treatment) -> None:
    class Odd(Contract):
        unit: str
        odd: Annotated[str, Privacy(PersonalData.ATTRIBUTE, treatment)]

    with pytest.raises(UnknownTreatmentError, match="odd"):
        compile_treatments(about(Odd, "unit"), keyring)


def test_treatment_kind_added_without_code_fails_at_start(keyring: Keyring) -> None:
    class Odd(Contract):
        unit: str
        odd: Annotated[str, Privacy(PersonalData.ATTRIBUTE, Treatment("encrypt"))]  # type: ignore[arg-type]

    with pytest.raises(UnknownTreatmentError, match="odd"):
        compile_treatments(about(Odd, "unit"), keyring)


def test_key_that_is_dropped_fails_at_start(keyring: Keyring) -> None:
    class Keyed(Contract):
        example: ClassVar[str] = ""
        name: FullName
        born: Annotated[date, Privacy(PersonalData.ATTRIBUTE, AGE_BAND)]

    with pytest.raises(UnknownTreatmentError, match="key name"):
        compile_treatments(about(Keyed, "name"), keyring)


def test_key_is_the_text_of_the_protected_value() -> None:
    assert key_bytes("U0001") == b"U0001"
    assert key_bytes(2019) == b"2019"
    assert key_bytes(DAY) == b"2019-05-01"
    assert key_bytes(None) is None
