"""The patterns of days, moments and decimals, tried against what they stand for."""

import re
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from orgpulse_schemas.export.written import PATTERNS, DecimalText

BOUNDS: list[dict[str, Any]] = [
    {},
    {"ge": 0},
    {"gt": 0},
    {"le": 100},
    {"ge": 0, "le": 100},
    {"ge": 0, "lt": 100},
    {"ge": 0, "le": 1},
    {"ge": 0, "lt": 1},
    {"ge": 0, "le": 0},
    {"ge": -90, "le": 90},
    {"ge": -180, "le": 90},
    {"gt": -2, "lt": 3},
    {"ge": 0, "le": 360},
    {"ge": 0, "le": 407},
    {"ge": 0, "le": 10},
    {"ge": 0, "le": 99999},
]


def pattern_of(bounds: dict[str, Any], whole: int, places: int) -> str:
    low, high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
    exact = [None if bound is None else Decimal(bound) for bound in (low, high)]
    return DecimalText(whole, places, *exact, above="gt" in bounds, below="lt" in bounds).pattern


@settings(deadline=None)
@given(st.sampled_from(BOUNDS), st.integers(-20_000, 20_000), st.integers(0, 3))
@example({"ge": 0, "le": 100}, 10_000, 2)
@example({"ge": 0, "le": 100}, 10_001, 2)
@example({"gt": 0}, 0, 2)
def test_pattern_accepts_the_decimals_that_the_field_accepts(
    bounds: dict[str, Any], digits: int, scale: int
) -> None:
    number = Decimal(digits).scaleb(-scale)
    field = TypeAdapter(Annotated[Decimal, Field(max_digits=5, decimal_places=2, **bounds)])
    try:
        field.validate_python(number)
        accepted = True
    except ValidationError:
        accepted = False
    written = f"{number:f}"
    assert bool(re.fullmatch(pattern_of(bounds, 3, 2), written)) is accepted


@pytest.mark.parametrize("text", ["007", "1e2", "", ".", "5.", ".5", "+1", "1,5", "--1", "١"])
def test_pattern_refuses_other_spellings(text: str) -> None:
    assert not any(re.fullmatch(pattern_of(bounds, 3, 2), text) for bounds in BOUNDS)


def test_decimal_without_places_is_a_whole_number() -> None:
    assert re.fullmatch(pattern_of({}, 3, 0), "-120")
    assert re.fullmatch(pattern_of({}, 3, 0), "1.0")
    assert not re.fullmatch(pattern_of({}, 3, 0), "1.5")
    assert re.fullmatch(pattern_of({"ge": 0, "le": 12}, 3, 0), "12")


def test_decimal_without_digits_before_the_point_starts_with_zero() -> None:
    assert re.fullmatch(pattern_of({}, 0, 4), "0.1234")
    assert not re.fullmatch(pattern_of({}, 0, 4), "1.1234")


@settings(deadline=None)
@given(st.datetimes())
def test_every_moment_is_written_in_the_pattern(moment: Any) -> None:
    assert re.search(PATTERNS["date-time"], moment.isoformat() + "Z")
    assert re.search(PATTERNS["date"], moment.date().isoformat())


@pytest.mark.parametrize("text", ["2020-13-01", "2020-00-01", "2020-01-32", "20200101", "2020-W01-1"])
def test_what_is_no_day_fails_the_pattern(text: str) -> None:
    assert not re.search(PATTERNS["date"], text)


@pytest.mark.parametrize("text", ["2020-01-01T24:00:00Z", "2020-01-01T00:00:00", "2020-01-01 00:00:00Z"])
def test_what_is_no_moment_fails_the_pattern(text: str) -> None:
    assert not re.search(PATTERNS["date-time"], text)
