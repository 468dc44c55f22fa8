"""Rules between the fields of one event."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import orjson
import pytest

from orgpulse_schemas.contract import Contract, Family
from orgpulse_schemas.families.hr.programmes import ProgrammeEnrolled
from orgpulse_schemas.fields import Date, People, Timestamp
from orgpulse_schemas.reasons import Reason, RejectedError, Violation
from orgpulse_schemas.rules import require_at_least_one, require_exactly_one, require_order
from orgpulse_schemas.validation import validate_data

CONTRADICTED = (Violation(Reason.INCONSISTENT_FIELDS, "/data"),)


class OrderedDays(Contract):
    first: Date | None = None
    second: Date | None = None
    _order = require_order("first", "second")


class OrderedMoments(Contract):
    first: Timestamp
    second: Timestamp
    _order = require_order("first", "second")


class OrderedCounts(Contract):
    first: People
    second: People
    _order = require_order("first", "second")


class ExactlyOne(Contract):
    first: People | None = None
    second: People | None = None
    _one = require_exactly_one("first", "second")


class AtLeastOne(Contract):
    first: People | None = None
    second: People | None = None
    _one = require_at_least_one("first", "second")


Check = Callable[..., tuple[Violation, ...]]


@pytest.fixture
def violations() -> Check:
    def check(model: type[Contract], *values: Any) -> tuple[Violation, ...]:
        family = Family(name="tests", owner="Tests", legal_basis="none", retention_days=1)
        family.contract("org.tests.rule.kept.v1", system="PE-3", key="first", purpose="Test.")(model)
        data = dict(zip(("first", "second"), values, strict=True))
        try:
            validate_data(model.about, orjson.dumps(data))
        except RejectedError as error:
            return error.violations
        return ()

    return check


@pytest.mark.parametrize(
    ("model", "values", "expected"),
    [
        (OrderedDays, ("2019-01-01", "2019-01-01"), ()),
        (OrderedDays, ("2019-01-01", "2019-01-02"), ()),
        (OrderedDays, ("2019-01-02", "2019-01-01"), CONTRADICTED),
        (OrderedDays, ("2019-01-02", None), ()),
        (OrderedDays, (None, "2019-01-01"), ()),
        (OrderedDays, (None, None), ()),
        (OrderedMoments, ("2019-01-01T10:00:00+02:00", "2019-01-01T09:00:00Z"), ()),
        (OrderedMoments, ("2019-01-01T10:00:00Z", "2019-01-01T11:00:00+02:00"), CONTRADICTED),
        (OrderedCounts, (3, 3), ()),
        (OrderedCounts, (4, 3), CONTRADICTED),
        (OrderedCounts, (0, 0), ()),
        (ExactlyOne, (1, None), ()),
        (ExactlyOne, (None, 0), ()),
        (ExactlyOne, (None, None), CONTRADICTED),
        (ExactlyOne, (1, 2), CONTRADICTED),
        (AtLeastOne, (1, 2), ()),
        (AtLeastOne, (None, 0), ()),
        (AtLeastOne, (None, None), CONTRADICTED),
    ],
)
def test_fields_that_contradict_each_other_are_inconsistent(
    violations: Check, model: type[Contract], values: tuple[Any, ...], expected: tuple[Violation, ...]
) -> None:
    assert violations(model, *values) == expected


class TestYoungTalent:
    def admitted(self, programme: str, birth: date, enrolled: date) -> bool:
        data = {
            "personnel_id": "P000001",
            "programme": programme,
            "birth_date": birth.isoformat(),
            "enrolled_on": enrolled.isoformat(),
        }
        try:
            validate_data(ProgrammeEnrolled.about, orjson.dumps(data))
        except RejectedError as error:
            found = error.violations
        else:
            found = ()
        return found != CONTRADICTED

    def test_is_admitted_up_to_the_day_before_the_26th_birthday(self) -> None:
        birth, birthday = date(1994, 5, 17), date(2020, 5, 17)
        assert self.admitted("yeti", birth, birthday - timedelta(days=1))
        assert not self.admitted("yeti", birth, birthday)

    def test_born_on_a_leap_day_turns_26_on_the_first_of_march(self) -> None:
        assert self.admitted("yeti", date(1992, 2, 29), date(2018, 2, 28))
        assert not self.admitted("yeti", date(1992, 2, 29), date(2018, 3, 1))

    def test_mid_career_programme_asks_no_age(self) -> None:
        assert self.admitted("el4m", date(1970, 1, 1), date(2019, 9, 2))

    def test_nobody_enrols_before_birth(self) -> None:
        assert not self.admitted("el4m", date(2000, 1, 1), date(1999, 12, 31))
