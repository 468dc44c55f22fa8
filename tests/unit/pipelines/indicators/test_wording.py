"""Figures as people read them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from orgpulse_pipelines.indicators.figures import Figure, number
from orgpulse_pipelines.indicators.wording import (
    amount_text,
    status_text,
    target_text,
    trend_text,
    value_text,
)

FIGURE = Figure(
    indicator_id="women_among_staff", pillar="prepared", system="PE-3", title="Women among staff", version=1,
    grain="year", period="2019", period_start=date(2019, 1, 1), period_end=date(2019, 12, 31),
    as_of=date(2019, 12, 31), dimension="organisation", member="all",
    numerator=Decimal(1), denominator=Decimal(3), value=Decimal("33.333333"), unit="%", decimals=1,
    baseline=None, target=Decimal("50.000000"), status="off_target", suppression="none", minimum_people=5,
    previous_value=None, year_before_value=None, trend="up", progress="better", publication_id=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "unit", "decimals", "text"),
    [
        ("33.333333", "%", 1, "33.3 %"),
        ("14400", "people", 0, "14,400 people"),
        ("0.768", "tCO2e per person", 2, "0.77 tCO2e per person"),
        ("16000000", "USD", 0, "USD 16.0 million"),
        ("2127069586", "USD", 0, "USD 2.13 billion"),
        ("-950", "USD", 0, "USD -950"),
        ("403110.61", "tCO2e", 0, "403,111 tCO2e"),
    ],
)
def test_amounts(amount: str, unit: str, decimals: int, text: str) -> None:
    assert amount_text(Decimal(amount), unit, decimals) == text


def test_value_target_status_and_trend() -> None:
    assert value_text(FIGURE) == "33.3 %"
    assert target_text(FIGURE) == "50 %"
    assert status_text(FIGURE) == "[red]▼ Off target[/red]"
    assert trend_text(FIGURE) == "[green]↑ better[/green]"


def test_suppressed_figures_say_why() -> None:
    withheld = replace(FIGURE, suppression="suppressed")
    assert value_text(withheld) == "suppressed (below 5, or protects such a one)"


def test_missing_figures() -> None:
    empty = replace(FIGURE, value=None, target=None, status="no_data", trend=None)
    assert (value_text(empty), target_text(empty), trend_text(empty)) == ("no data", "", "")
    assert status_text(empty) == "[dim]– No data[/dim]"


def test_target_of_a_count_leaves_its_unit_to_the_value() -> None:
    assert target_text(replace(FIGURE, unit="people", target=Decimal(3000))) == "3,000"


def test_numbers_in_json() -> None:
    assert (number(None), number(Decimal("5.000000")), number(Decimal("1.25"))) == (None, 5, 1.25)
