"""The values of a field in words."""

from decimal import Decimal
from typing import Annotated, Literal

import pytest
from pydantic import Field

from orgpulse_schemas.contract import Contract, Family
from orgpulse_schemas.export.words import codes_of, values_in_words
from orgpulse_schemas.fields import (
    CountryCode,
    Date,
    FacilityId,
    FreeText,
    Percentage,
    PublicName,
    RecordId,
    Timestamp,
    UnitId,
    Year,
)
from orgpulse_schemas.privacy import Unit
from orgpulse_schemas.registry import all_contracts


class Everything(Contract):
    """Holds a field of every kind."""

    unit_id: UnitId
    parent_id: UnitId | None
    facility_id: FacilityId
    title: PublicName
    note_id: RecordId
    note: FreeText | None = None
    country: CountryCode
    level: Literal["low", "high"]
    held: bool
    day: Date
    moment: Timestamp
    year: Year
    share: Percentage
    rate: Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=6), Unit("USD")]
    points: Annotated[int, Field(ge=1_000)]


Family("tests", "nobody", "none", 1).contract(
    "org.tests.everything.said.v1", system="PU-3", key="unit_id", purpose="Try."
)(Everything)
FIELDS = {field.name: field for field in Everything.about.fields}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("unit_id", "`U` and 4 digits"),
        ("parent_id", "`U` and 4 digits; may be `null`"),
        ("facility_id", "`F` and 4 to 6 digits"),
        ("title", "text of 1 to 300 characters, not only spaces"),
        ("note_id", "text, by the pattern `^[A-Z][A-Z0-9-]{2,31}$`"),
        ("note", "text, at most 10,000 characters"),
        ("country", "one of the 249 codes of the list Countries"),
        ("level", "one of `low`, `high`"),
        ("held", "`true` or `false`"),
        ("day", "day, `YYYY-MM-DD`"),
        ("moment", "moment, `YYYY-MM-DDThh:mm:ss` and its offset from UTC, such as `Z`"),
        ("year", "whole number, 1951 to 2100"),
        ("share", "decimal, 0 to 100, at most 3 digits after the point"),
        ("rate", "decimal, more than 0, at most 6 digits after the point"),
        ("points", "whole number, 1,000 or more"),
    ],
)
def test_words_say_what_a_value_looks_like(name: str, words: str) -> None:
    assert values_in_words(FIELDS[name]) == words


def test_codes_of_a_field_are_those_of_its_list_or_its_type() -> None:
    assert codes_of(FIELDS["level"]) == ("low", "high")
    assert "CHE" in codes_of(FIELDS["country"])
    assert codes_of(FIELDS["title"]) == ()


def test_every_field_of_every_contract_can_be_said_in_words() -> None:
    for about in all_contracts().values():
        for field in about.fields:
            assert "None" not in values_in_words(field), (about.event_type, field.name)
