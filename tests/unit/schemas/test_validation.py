"""Whether an event meets its contract, and what the answer may say about it."""

import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson
import pytest
from pydantic import ConfigDict

from orgpulse_schemas.cloudevents import CloudEvent
from orgpulse_schemas.contract import About, Contract, Family
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.families.hr.careers import AppointmentMade
from orgpulse_schemas.reasons import Reason, RejectedError, Violation
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate, validate_data

APPOINTMENT = all_contracts()["org.hr.appointment.made.v1"]
CANARY = "Zzyzx-Canary-7"
each_contract = pytest.mark.parametrize("about", all_contracts().values(), ids=lambda about: about.event_type)


def good(about: About) -> dict[str, Any]:
    example = next(example for example in examples_of(about.event_type) if example.violation is None)
    data: dict[str, Any] = orjson.loads(example.value)["data"]
    return data


def rejection(about: About, data: object) -> RejectedError:
    with pytest.raises(RejectedError) as rejected:
        validate_data(about, data if isinstance(data, bytes) else orjson.dumps(data))
    return rejected.value


def violations(**changes: object) -> tuple[Violation, ...]:
    return rejection(APPOINTMENT, {**good(APPOINTMENT), **changes}).violations


def everything_said(error: BaseException) -> str:
    parts = [str(error), repr(error), repr(error.args), repr(vars(error)), *traceback.format_exception(error)]
    for behind in (error.__cause__, error.__context__):
        parts += [everything_said(behind)] if behind else []
    return "\n".join(parts)


class TestRouting:
    def event(self, **changes: Any) -> CloudEvent:
        fields = {
            "id": "a-1",
            "source": APPOINTMENT.system.uri,
            "type": APPOINTMENT.event_type,
            "time": datetime(2019, 2, 1, tzinfo=UTC),
            "data": orjson.dumps(good(APPOINTMENT)),
        }
        return CloudEvent(**{**fields, **changes})

    def rejection(self, **changes: Any) -> Violation:
        with pytest.raises(RejectedError) as rejected:
            validate(self.event(**changes))
        return rejected.value.first

    def test_good_event_becomes_its_typed_payload(self) -> None:
        payload = validate(self.event())
        assert isinstance(payload, AppointmentMade)
        assert payload.personnel_id == good(APPOINTMENT)["personnel_id"]

    def test_type_that_no_contract_names_is_unknown(self) -> None:
        assert self.rejection(type="org.hr.appointment.made.v99").reason is Reason.UNKNOWN_CONTRACT

    def test_event_of_another_system_is_refused_before_its_data_is_read(self) -> None:
        wrong = self.rejection(source="urn:orgpulse:system:pe-5", data=b"not even json")
        assert wrong == Violation(Reason.WRONG_SOURCE, "/source")


class TestReasonsAndPlaces:
    @pytest.mark.parametrize(
        ("field", "value", "reason"),
        [
            ("manager", "true", Reason.WRONG_TYPE),
            ("manager", 1, Reason.WRONG_TYPE),
            ("full_name", 12, Reason.WRONG_TYPE),
            ("full_name", None, Reason.WRONG_TYPE),
            ("birth_date", 19840719, Reason.WRONG_TYPE),
            ("birth_date", "1984-02-30", Reason.IMPOSSIBLE_DATE),
            ("birth_date", "1984-07-19T00:00:00Z", Reason.IMPOSSIBLE_DATE),
            ("birth_date", "19.07.1984", Reason.IMPOSSIBLE_DATE),
            ("birth_date", "19840719", Reason.IMPOSSIBLE_DATE),
            ("birth_date", "1984-W29-4", Reason.IMPOSSIBLE_DATE),
            ("birth_date", "459043200", Reason.IMPOSSIBLE_DATE),
            ("birth_date", "", Reason.IMPOSSIBLE_DATE),
            ("full_name", "", Reason.INVALID_VALUE),
            ("gender", "F", Reason.INVALID_VALUE),
            ("nationality", "QQQ", Reason.INVALID_VALUE),
            ("personnel_id", "P00441", Reason.INVALID_VALUE),
            ("personnel_id", "P00441O", Reason.INVALID_VALUE),
            ("personnel_id", 4417, Reason.WRONG_TYPE),
        ],
    )
    def test_one_wrong_field_is_named_with_its_reason(
        self, field: str, value: object, reason: Reason
    ) -> None:
        assert violations(**{field: value}) == (Violation(reason, f"/data/{field}"),)

    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ('"NaN"', Reason.INVALID_VALUE),
            ('"-Infinity"', Reason.INVALID_VALUE),
            ('"1e400"', Reason.INVALID_VALUE),
            ("1e400", Reason.INVALID_VALUE),
            ("NaN", Reason.INVALID_VALUE),
            ('"1e2"', Reason.INVALID_VALUE),
            ('"1_0"', Reason.INVALID_VALUE),
            ('" 12"', Reason.INVALID_VALUE),
            ('"12\\n"', Reason.INVALID_VALUE),
            ('"+5"', Reason.INVALID_VALUE),
            ('"007"', Reason.INVALID_VALUE),
            ('".5"', Reason.INVALID_VALUE),
            ('"5."', Reason.INVALID_VALUE),
            ('"١٢"', Reason.INVALID_VALUE),
            ("12.345", Reason.INVALID_VALUE),
            ("1234567890123456.78", Reason.INVALID_VALUE),
            ('"12,50"', Reason.WRONG_TYPE),
            ('""', Reason.WRONG_TYPE),
            ("true", Reason.WRONG_TYPE),
            ("[12]", Reason.WRONG_TYPE),
        ],
    )
    def test_amount_in_another_spelling_is_refused(self, written: str, reason: Reason) -> None:
        about = all_contracts()["org.finance.expense.reported.v1"]
        text = orjson.dumps(good(about) | {"amount_usd": 4711}).decode().replace("4711", written)
        assert rejection(about, text.encode()).violations == (Violation(reason, "/data/amount_usd"),)

    @pytest.mark.parametrize(
        ("written", "amount"),
        [
            ("12", "12"),
            ("12.5", "12.5"),
            ("1e2", "100"),
            ("-0.01", "-0.01"),
            ("9007199254740993", "9007199254740993"),
            ('"9007199254740993.01"', "9007199254740993.01"),
            ('"12.5000"', "12.5"),
        ],
    )
    def test_amount_keeps_its_digits(self, written: str, amount: str) -> None:
        about = all_contracts()["org.finance.expense.reported.v1"]
        text = orjson.dumps(good(about) | {"amount_usd": 4711}).decode().replace("4711", written)
        payload = validate_data(about, text.encode())
        assert payload.model_dump()["amount_usd"] == Decimal(amount)

    def test_amount_is_written_in_plain_notation_whatever_python_makes_of_it(self) -> None:
        about = all_contracts()["org.finance.expense.reported.v1"]
        payload = about.model(year=2019, sector_name="Health", amount_usd=Decimal("1E+5"))  # type: ignore[call-arg]
        assert payload.model_dump(mode="json")["amount_usd"] == "100000"

    @pytest.mark.parametrize("value", [10**30, 10**400, -1, 2019.5])
    def test_year_out_of_any_range_is_refused(self, value: float) -> None:
        about = all_contracts()["org.hr.organisation_headcount.reported.v1"]
        text = b'{"year": %s, "staff": 1}' % str(value).encode()
        assert rejection(about, text).first.path == "/data/year"

    @pytest.mark.parametrize("data", [None, [], "text", 5])
    def test_data_that_is_no_object_has_the_wrong_type(self, data: object) -> None:
        assert rejection(APPOINTMENT, data).violations == (Violation(Reason.WRONG_TYPE, "/data"),)

    @pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"full_name": "\\ud800"}', b"[" * 100_000])
    def test_malformed_data_is_malformed(self, data: bytes) -> None:
        assert rejection(APPOINTMENT, data).violations == (Violation(Reason.MALFORMED_JSON, "/data"),)

    def test_violations_stand_in_the_order_of_their_paths_whatever_the_order_in_the_event(self) -> None:
        wrong = {**good(APPOINTMENT), "unit_id": "x", "grade": "x", "manager": 1}
        del wrong["email"]
        forwards = rejection(APPOINTMENT, wrong).violations
        backwards = rejection(APPOINTMENT, dict(reversed(wrong.items()))).violations
        assert forwards == backwards
        assert [violation.path for violation in forwards] == [
            "/data/email",
            "/data/grade",
            "/data/manager",
            "/data/unit_id",
        ]

    def test_contradiction_is_reported_once_every_field_is_right(self) -> None:
        assert violations(appointed_on="1980-01-01") == (Violation(Reason.INCONSISTENT_FIELDS, "/data"),)
        assert violations(appointed_on="1980-01-01", grade="x")[0].path == "/data/grade"

    def test_place_inside_a_field_is_the_field(self) -> None:
        family = Family(name="tests", owner="Tests", legal_basis="none", retention_days=1)

        @family.contract("org.tests.list.made.v1", system="PE-3", key="notes", purpose="Hold a list.")
        class ListMade(Contract):
            notes: dict[str, int]

        error = rejection(ListMade.about, {"notes": {CANARY: "x"}})
        assert error.violations == (Violation(Reason.WRONG_TYPE, "/data/notes"),)
        assert CANARY not in everything_said(error)

    def test_every_violation_is_named_not_the_first_alone(self) -> None:
        error = rejection(APPOINTMENT, {})
        required = {f"/data/{field.name}" for field in APPOINTMENT.fields if field.required}
        assert {violation.path for violation in error.violations} == required
        assert {violation.reason for violation in error.violations} == {Reason.MISSING_FIELD}


class TestUnknownFields:
    def test_unknown_field_is_ignored(self) -> None:
        payload = validate_data(APPOINTMENT, orjson.dumps({**good(APPOINTMENT), CANARY: CANARY}))
        assert CANARY not in payload.model_dump_json()

    def test_unknown_name_never_appears_beside_a_violation(self) -> None:
        error = rejection(APPOINTMENT, {**good(APPOINTMENT), CANARY: CANARY, "grade": "x"})
        assert CANARY not in everything_said(error)

    def test_unknown_name_never_appears_where_a_contract_forbids_it_either(self) -> None:
        family = Family(name="tests", owner="Tests", legal_basis="none", retention_days=1)

        @family.contract("org.tests.form.filled.v1", system="PE-3", key="a", purpose="Hold a form.")
        class FormFilled(Contract):
            model_config = ConfigDict(extra="forbid")
            a: int

        error = rejection(FormFilled.about, {"a": 1, CANARY: CANARY})
        assert error.violations == (Violation(Reason.INVALID_VALUE, "/data"),)
        assert CANARY not in everything_said(error)

    def test_names_that_look_like_paths_are_ignored_too(self) -> None:
        error = rejection(APPOINTMENT, {"/data/grade": CANARY, "data": {"grade": CANARY}, "": CANARY})
        assert CANARY not in everything_said(error)


def planted(about: About) -> Iterator[dict[str, Any]]:
    """A good event with a recognisable value in one field after another, and in all of them."""
    values = [CANARY, [CANARY], {CANARY: CANARY}, f"2019-02-30 {CANARY}", f"{CANARY}@@", CANARY * 1_000]
    for field in about.fields:
        for value in values:
            yield {**good(about), field.name: value}
        yield {CANARY: CANARY, field.name: CANARY}
    yield dict.fromkeys((field.name for field in about.fields), CANARY)


def rejections(about: About) -> list[RejectedError]:
    """What is said about the planted events; where a field takes any text, nothing is."""
    found = []
    for data in planted(about):
        try:
            validate_data(about, orjson.dumps(data))
        except RejectedError as error:
            found.append(error)
    assert len(found) > len(about.fields)
    return found


@each_contract
def test_no_planted_value_is_repeated_by_the_rejection(about: About) -> None:
    for error in rejections(about):
        assert error.__context__ is None
        assert CANARY not in everything_said(error)


@each_contract
def test_every_path_names_a_field_of_the_contract(about: About) -> None:
    declared = {"/data", *(f"/data/{field.name}" for field in about.fields)}
    for error in rejections(about):
        assert {violation.path for violation in error.violations} <= declared


def test_accepted_payload_is_written_as_it_was_read() -> None:
    data = good(APPOINTMENT)
    written = validate_data(APPOINTMENT, orjson.dumps(data)).model_dump(mode="json", warnings="error")
    assert written == data
