from datetime import date

import pytest

from orgpulse_streams.protect.age import age_band


@pytest.mark.parametrize(
    ("born", "on", "band"),
    [
        (date(2000, 1, 1), date(2019, 12, 31), "under-20"),
        (date(2000, 1, 1), date(2020, 1, 1), "20-24"),
        (date(1995, 6, 15), date(2020, 6, 14), "20-24"),
        (date(1995, 6, 15), date(2020, 6, 15), "25-29"),
        (date(1950, 1, 1), date(2019, 12, 31), "65-69"),
        (date(1950, 1, 1), date(2020, 1, 1), "70+"),
        (date(1850, 1, 1), date(2020, 1, 1), "70+"),
    ],
)
def test_age_band_is_that_of_the_last_birthday(born: date, on: date, band: str) -> None:
    assert age_band(born, on) == band


def test_born_on_29_february_comes_of_age_on_1_march_of_a_common_year() -> None:
    assert age_band(date(1996, 2, 29), date(2021, 2, 28)) == "20-24"
    assert age_band(date(1996, 2, 29), date(2021, 3, 1)) == "25-29"


def test_birth_date_after_the_event_does_not_crash() -> None:
    assert age_band(date(2030, 1, 1), date(2019, 1, 1)) == "under-20"
    assert age_band(date.max, date.min) == "under-20"
    assert age_band(date.min, date.max) == "70+"
