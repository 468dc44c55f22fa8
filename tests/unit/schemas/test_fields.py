"""Code lists and identifiers that fields share."""

import json
from collections import Counter
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from orgpulse_schemas.codes.iso import COUNTRIES, CURRENCIES, NOT_MONEY, WITHDRAWN
from orgpulse_schemas.codes.sdg import SDG_TARGETS
from orgpulse_schemas.fields import (
    CaseId,
    CountryCode,
    CurrencyCode,
    Date,
    EmailAddress,
    GcmObjective,
    Grade,
    Language,
    Nationality,
    Percentage,
    PersonnelId,
    PublicName,
    Rating,
    RecordId,
    SdgTarget,
    Timestamp,
    Year,
)


def takes(type_: Any, value: object) -> bool:
    try:
        TypeAdapter(type_).validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return False
    return True


class TestSdgTargets:
    def test_there_are_169_targets_of_17_goals(self) -> None:
        assert len(set(SDG_TARGETS)) == len(SDG_TARGETS) == 169
        assert len({target.split(".")[0] for target in SDG_TARGETS}) == 17

    def test_43_of_them_are_means_of_implementation_with_a_letter(self) -> None:
        kinds = Counter(target[-1].isalpha() for target in SDG_TARGETS)
        assert kinds == {False: 126, True: 43}

    @pytest.mark.parametrize("target", SDG_TARGETS)
    def test_every_target_is_taken(self, target: str) -> None:
        assert takes(SdgTarget, target)

    @pytest.mark.parametrize(
        "target", ["10.8", "10.d", "17.a", "17.20", "18.1", "0.1", "1.0", "01.1", "10", "10.7 ", "16.A", ""]
    )
    def test_what_is_no_target_is_refused(self, target: str) -> None:
        assert not takes(SdgTarget, target)


TAKEN: list[tuple[Any, object]] = [
    (GcmObjective, 1),
    (GcmObjective, 23),
    (Language, "ZH"),
    (CountryCode, "KEN"),
    (CountryCode, "PSE"),
    (Nationality, "SSD"),
    (CurrencyCode, "KES"),
    (CurrencyCode, "XAF"),
    (CurrencyCode, "XDR"),
    (CurrencyCode, "HRK"),
    (CurrencyCode, "BGN"),
    (Grade, "D2"),
    (Rating, 5),
    (Year, 2019),
    (Percentage, "100"),
    (Percentage, 99.95),
    (CaseId, "K000001"),
    (PersonnelId, "p000001"),
    (PersonnelId, " P000001\n"),
    (PersonnelId, "P٠٠٠٠٠١"),
    (Date, "2020-02-29"),
    (Timestamp, "2019-06-30T14:05:00+02:00"),
    (PublicName, "N'Djaména"),
]
REFUSED: list[tuple[Any, object]] = [
    (GcmObjective, 0),
    (GcmObjective, 24),
    (GcmObjective, "5"),
    (GcmObjective, 5.5),
    (GcmObjective, True),
    (Language, "DE"),
    (Language, "en"),
    (CountryCode, "QQQ"),
    (CountryCode, "YUG"),
    (CountryCode, "ANT"),
    (CountryCode, "XKX"),
    (CountryCode, "ken"),
    (CountryCode, "KE"),
    (CountryCode, "KEN\n"),
    (CountryCode, "ＫＥＮ"),
    (CountryCode, 404),
    (CurrencyCode, "QQQ"),
    (CurrencyCode, "DEM"),
    (CurrencyCode, "XXX"),
    (CurrencyCode, "XTS"),
    (CurrencyCode, "XAU"),
    (CurrencyCode, "CHE"),
    (CurrencyCode, "usd"),
    (Grade, "P-3"),
    (Grade, "P6"),
    (Rating, 0),
    (Rating, 6),
    (Rating, 4.5),
    (Year, 1950),
    (Percentage, "100.001"),
    (Percentage, -1),
    (CaseId, "P000001"),
    (PersonnelId, "P00001"),
    (PersonnelId, "P00000O"),
    (PersonnelId, "Р000001"),
    (PersonnelId, "P000001²"),
    (PersonnelId, "P000001\x00"),
    (PersonnelId, 1),
    (RecordId, "АB-1"),
    (EmailAddress, "a@b"),
    (EmailAddress, "a b@c.org"),
    (SdgTarget, 10.7),
    (Date, "2019-02-30"),
    (Date, "20190101"),
    (Date, "2019-1-1"),
    (Date, "2019-01-01T00:00:00"),
    (Date, "٢٠١٩-٠١-٠١"),
    (Date, 20190101),
    (Timestamp, "2019-01-01T00:00:00"),
    (Timestamp, "2019-01-01"),
    (Timestamp, "2019-01-01T24:00:00Z"),
    (Timestamp, 1546300800),
    (PublicName, ""),
    (PublicName, " "),
    (PublicName, "\n"),
]


@pytest.mark.parametrize(("type_", "value"), TAKEN)
def test_value_in_the_list_range_and_spelling_is_taken(type_: Any, value: object) -> None:
    assert takes(type_, value)


@pytest.mark.parametrize(("type_", "value"), REFUSED)
def test_value_outside_the_list_range_or_spelling_is_refused(type_: Any, value: object) -> None:
    assert not takes(type_, value)


def test_code_lists_hold_what_iso_has_and_money_only() -> None:
    assert len(COUNTRIES) == 249
    assert not NOT_MONEY & set(CURRENCIES)
    assert WITHDRAWN.keys() <= set(CURRENCIES)
    assert {"USD", "EUR", "CHF", "KES", "XOF"} <= set(CURRENCIES)


def test_schema_lists_every_code_so_that_a_source_system_can_check_with_it() -> None:
    written = TypeAdapter(CurrencyCode).json_schema()
    assert written == {"type": "string", "enum": list(CURRENCIES)}
