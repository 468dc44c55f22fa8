"""The exported JSON Schemas: valid by the standard, complete, and of one mind with the validation."""

from functools import cache
from typing import Annotated, Any, Literal

import orjson
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import AfterValidator, Field

from orgpulse_schemas.cloudevents import CloudEvent
from orgpulse_schemas.contract import About, Contract, Family
from orgpulse_schemas.example_files import Example, examples_of
from orgpulse_schemas.export import accepted_schema, event_schema, protected_schema
from orgpulse_schemas.fields import AmountUsd, Date, SquareMetres
from orgpulse_schemas.privacy import TreatmentKind
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.reasons import Reason
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.rules import require_order

CONTRACTS = list(all_contracts().values())
EXAMPLES = [example for type_ in all_contracts() for example in examples_of(type_)]
PASSING = [example for example in EXAMPLES if example.violation is None]
FAILING = [example for example in EXAMPLES if example.violation is not None]
BEYOND_A_SCHEMA = {Reason.EMPTY, Reason.MALFORMED_JSON, Reason.TOO_LARGE, Reason.INCONSISTENT_FIELDS}
SHAPES = [event_schema, accepted_schema, protected_schema]

each_contract = pytest.mark.parametrize("about", CONTRACTS, ids=lambda about: about.event_type)


def label(example: Example) -> str:
    return f"{example.event_type}/{example.name}"


@cache
def event_schema_of(event_type: str) -> dict[str, Any]:
    return event_schema(all_contracts()[event_type])


def accepts(schema: dict[str, Any], value: Any) -> bool:
    return bool(Draft202012Validator(schema, format_checker=FormatChecker()).is_valid(value))


def checked_further(example: Example) -> bool:
    """By a code list, or by the decimals of a JSON number: a JSON Schema has no word for either."""
    assert example.violation is not None
    about = all_contracts()[example.event_type]
    place, _, name = example.violation.path.rpartition("/")
    if place != "/data" or example.violation.reason is not Reason.INVALID_VALUE:
        return False
    number = isinstance(orjson.loads(example.value)["data"][name], float)
    return number or "x-rules" in accepted_schema(about)["properties"][name]


@each_contract
def test_schemas_are_valid_by_the_standard(about: About) -> None:
    for shape in SHAPES:
        Draft202012Validator.check_schema(shape(about))


@each_contract
def test_schema_says_of_every_field_what_the_contract_says(about: About) -> None:
    properties = accepted_schema(about)["properties"]
    assert list(properties) == [field.name for field in about.fields]
    for field in about.fields:
        said = properties[field.name]
        assert said["description"] == field.meaning
        assert said["x-personal-data"] == field.personal_data
        assert said["x-treatment"].split(":")[0] == field.treatment.kind
        assert said.get("x-unit") == field.unit


@each_contract
def test_protected_schema_holds_exactly_the_fields_that_leave(about: About) -> None:
    schema = protected_schema(about)
    assert list(schema["properties"]) == [field.name for field in protected_fields(about)]
    assert not any(said["x-treatment"] == TreatmentKind.DROP for said in schema["properties"].values())


def test_every_schema_has_an_identifier_of_its_own() -> None:
    identifiers = [shape(about)["$id"] for about in CONTRACTS for shape in SHAPES]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("example", PASSING, ids=label)
def test_event_that_is_accepted_meets_the_schema(example: Example) -> None:
    assert accepts(event_schema_of(example.event_type), orjson.loads(example.value))


@pytest.mark.parametrize(
    "example",
    [each for each in FAILING if each.violation and each.violation.reason not in BEYOND_A_SCHEMA],
    ids=label,
)
def test_event_that_is_rejected_for_its_structure_fails_the_schema(example: Example) -> None:
    schema = event_schema_of(example.event_type)
    assert not accepts(schema, orjson.loads(example.value)) or checked_further(example)


# --- details of serialization, on a contract of their own -----------------------------------------------

PLACES = Family(name="places", owner="Nobody", legal_basis="None", retention_days=1)


def _even(number: int) -> int:
    return number


@PLACES.contract("org.places.room.measured.v1", system="PE-3", key="opened_on", purpose="Show.")
class RoomMeasured(Contract):
    """A room was measured."""

    opened_on: Date
    """First day."""
    closed_on: Date | None = None
    """Last day."""
    area: SquareMetres
    """Area."""
    value: AmountUsd | None = None
    """Value."""
    use: Literal["office", "store"]
    """What for."""
    doors: Annotated[int, Field(ge=0), AfterValidator(_even)]
    """Doors."""

    _dates = require_order("opened_on", "closed_on")


ROOM = PLACES.contracts["org.places.room.measured.v1"]
PROPERTIES = accepted_schema(ROOM)["properties"]


@pytest.mark.parametrize("value", [0, 12, 12.5, "12", "12.5", "12.25", "0", "0.5"])
def test_decimal_is_accepted_as_number_and_as_text(value: Any) -> None:
    assert accepts(PROPERTIES["area"], value)


@pytest.mark.parametrize(
    "value", [-1, "-1", "1e2", "1,5", "", ".", "1.234", "NaN", " 1", "007", True, None, 10**16]
)
def test_decimal_is_refused_where_the_digits_do_not_fit(value: Any) -> None:
    assert not accepts(PROPERTIES["area"], value)


def test_amount_may_be_negative_and_absent() -> None:
    assert all(accepts(PROPERTIES["value"], value) for value in (-5, "-5.25", None))


def test_decimal_leaves_protection_as_text() -> None:
    leaving = protected_schema(ROOM)["properties"]
    assert accepts(leaving["area"], "12.50")
    assert not accepts(leaving["area"], 12.5)
    assert accepts(leaving["value"], None)


@pytest.mark.parametrize("value", ["2020-02-29", "1999-12-31"])
def test_day_is_accepted_as_it_is_written(value: str) -> None:
    assert accepts(PROPERTIES["opened_on"], value)


@pytest.mark.parametrize(
    "value", ["2021-02-29", "86400", "2020-W01-1", "20200101", "2020-01-01T00:00:00Z", 0]
)
def test_day_is_refused_in_any_other_form(value: Any) -> None:
    assert not accepts(PROPERTIES["opened_on"], value)


def test_day_has_a_pattern_for_validators_to_which_a_format_is_a_remark() -> None:
    assert not Draft202012Validator(PROPERTIES["opened_on"]).is_valid("86400")


def test_checks_beyond_a_schema_are_named() -> None:
    assert accepted_schema(ROOM)["x-rules"] == ["require_order(opened_on, closed_on)"]
    assert PROPERTIES["doors"]["x-rules"] == ["even"]


def test_optional_field_is_not_required() -> None:
    assert accepted_schema(ROOM)["required"] == ["opened_on", "area", "use", "doors"]
    assert protected_schema(ROOM)["required"] == ["opened_on", "area", "use", "doors"]


def test_replaced_field_leaves_as_text_and_needs_not_fit_the_raw_pattern() -> None:
    about = all_contracts()["org.hr.appointment.made.v1"]
    identifier = protected_schema(about)["properties"]["personnel_id"]
    assert identifier["type"] == "string"
    assert "pattern" not in identifier


def test_record_key_is_among_the_fields_of_the_schema() -> None:
    for about in CONTRACTS:
        assert about.key in protected_schema(about)["properties"]


def test_event_without_offset_from_utc_fails_the_schema() -> None:
    event = orjson.loads(PASSING[0].value)
    schema = event_schema(all_contracts()[PASSING[0].event_type])
    assert accepts(schema, event)
    assert not accepts(schema, {**event, "time": "2020-01-01T00:00:00"})


def test_schema_knows_the_attributes_of_the_envelope() -> None:
    event = event_schema(ROOM)["properties"]
    assert set(event) >= {name for name in CloudEvent.__dataclass_fields__ if name != "data"}
