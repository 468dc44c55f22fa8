"""A source system counts its events under its own contract."""

from datetime import date

import pytest
from pydantic import ValidationError

from orgpulse_schemas.counting import count_of
from orgpulse_schemas.registry import all_contracts

DAY = date(2019, 6, 3)


@pytest.mark.parametrize("type_", all_contracts())
def test_count_is_published_by_the_source_system_of_the_events(type_: str) -> None:
    about = all_contracts()[type_]
    assert count_of(type_, DAY, 3).about.system == about.system
    assert count_of(type_, DAY, 3).about.raw_topic == f"raw.control.{about.system.id.lower()}"


def test_events_that_no_contract_knows_cannot_be_counted() -> None:
    with pytest.raises(KeyError):
        count_of("org.hr.appointment.made.v9", DAY, 3)


def test_fewer_than_none_cannot_have_happened() -> None:
    with pytest.raises(ValidationError):
        count_of("org.hr.appointment.made.v1", DAY, -1)
