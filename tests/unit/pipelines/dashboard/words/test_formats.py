"""Numbers, dates and periods as readers of each language write them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.dashboard.words.chart_locale import chart_locale
from orgpulse_pipelines.dashboard.words.files import LANGUAGES
from orgpulse_pipelines.dashboard.words.formats import Number

THIN = "\N{NARROW NO-BREAK SPACE}"
FIXED = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "1,234,567.89"), ("fr", f"1{THIN}234{THIN}567,89"), ("es", "1.234.567,89")]
)
def test_thousands_and_decimals_are_separated_as_the_language_does(language: str, shown: str) -> None:
    assert Words(language).number(Decimal("1234567.891"), 2) == shown


@pytest.mark.parametrize(("value", "decimals", "shown"), [(-0.04, 1, "0.0"), (0.1, 0, "0"), (7, 2, "7.00")])
def test_a_number_has_the_digits_that_its_definition_shows(value: Number, decimals: int, shown: str) -> None:
    assert Words("en").number(value, decimals) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "87.5%"), ("fr", f"87,5{FIXED}%"), ("es", f"87,5{FIXED}%")]
)
def test_percentages(language: str, shown: str) -> None:
    assert Words(language).percent(Decimal("87.5"), 1) == shown
    assert Words(language).amount(Decimal("87.5"), "%", 1) == shown


@pytest.mark.parametrize(
    ("language", "small", "large"),
    [
        ("en", f"USD{FIXED}1,234", f"USD{FIXED}12.3{FIXED}million"),
        ("fr", f"1{THIN}234{FIXED}USD", f"12,3{FIXED}millions{FIXED}USD"),
        ("es", f"1.234{FIXED}USD", f"12,3{FIXED}millones{FIXED}USD"),
    ],
)
def test_amounts_of_money(language: str, small: str, large: str) -> None:
    assert Words(language).amount(1234, "USD") == small
    assert Words(language).amount(12_345_678, "USD") == large


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "31 December 2019"), ("fr", "31 décembre 2019"), ("es", "31 de diciembre de 2019")],
)
def test_dates_and_times(language: str, day: str) -> None:
    assert Words(language).date(date(2019, 12, 31)) == day
    assert Words(language).time(datetime(2019, 12, 31, 22, 5, tzinfo=UTC)) == f"{day}, 22:05 UTC"


def test_the_first_day_of_a_month_is_an_ordinal_in_french() -> None:
    assert Words("fr").date(date(2020, 1, 1)) == "1er janvier 2020"
    assert Words("fr").date(date(2020, 1, 11)) == "11 janvier 2020"


def test_a_time_of_another_zone_is_told_in_utc() -> None:
    geneva = timezone(timedelta(hours=1))
    assert Words("en").time(datetime(2020, 1, 1, 0, 30, tzinfo=geneva)) == "31 December 2019, 23:30 UTC"


@pytest.mark.parametrize(
    ("grain", "period", "shown"),
    [
        ("month", "2019-03", ("March 2019", "mars 2019", "marzo de 2019")),
        ("quarter", "2019-Q2", ("Q2 2019", "T2 2019", "T2 2019")),
        ("year", "2019", ("2019", "2019", "2019")),
        ("year_to_date", "2019-01 YTD", ("January 2019", "janvier 2019", "enero de 2019")),
        (
            "year_to_date",
            "2019-03 YTD",
            ("January – March 2019", "janvier – mars 2019", "enero–marzo de 2019"),
        ),
        ("month", "no period", ("no period", "no period", "no period")),
    ],
)
def test_periods(grain: str, period: str, shown: tuple[str, ...]) -> None:
    assert (
        tuple(Words(language).period(grain, period).replace("\u2009", " ") for language in LANGUAGES) == shown
    )


def test_several_things_in_a_sentence() -> None:
    assert Words("en").all_of(["Africa", "Asia", "Europe"]) == "Africa, Asia and Europe"
    assert Words("fr").all_of(["Afrique", "Asie"]) == "Afrique et Asie"
    assert Words("es").all_of([]) == ""


@settings(deadline=None)
@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=3),
    st.integers(0, 4),
    st.sampled_from(LANGUAGES),
)
def test_a_number_that_is_written_can_be_read_back(value: Decimal, decimals: int, language: str) -> None:
    words = Words(language)
    symbols = words.locale.number_symbols["latn"]
    shown = words.number(value, decimals)
    plain = shown.replace(symbols["group"], "").replace(symbols["decimal"], ".").replace("\u2212", "-")
    assert Decimal(plain) == round(value, decimals)


def test_charts_write_as_the_pages_do() -> None:
    french = chart_locale("fr")
    assert french["number"]["decimal"] == ","
    assert french["number"]["thousands"] == THIN
    assert french["time"]["days"][0] == "dimanche"
    assert french["time"]["months"][0] == "janvier"
    assert len(french["time"]["shortMonths"]) == 12
