"""The exported JSON Schema and the validation are of one mind, whatever a source system puts into a field."""

import json
from datetime import date
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from orgpulse_schemas.contract import About
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.export import accepted_schema
from orgpulse_schemas.reasons import Reason, RejectedError
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate_data

CONTRACTS = list(all_contracts().values())
VALIDATORS = {
    about.event_type: Draft202012Validator(accepted_schema(about), format_checker=FormatChecker())
    for about in CONTRACTS
}
BASES = {
    about.event_type: [
        orjson.loads(example.value)["data"]
        for example in examples_of(about.event_type)
        if example.violation is None
    ]
    for about in CONTRACTS
}
ABSENT = object()
WORDS = [
    "1e2",
    "1_0",
    " 12 ",
    "+5",
    "٣",
    "007",
    ".5",
    "5.",
    "1.50",
    "1.500000000",
    "-0",
    "NaN",
    "HRK",
    "XXX",
    "",
    "a",
    "EN",
    "P1",
    "staff",
    "africa",
    "R01",
    "P123456",
    "U0001",
    "CHE",
    "2020-02-29",
    "2021-02-29",
]
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=3)
VALUES = st.one_of(
    st.just(ABSENT),
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.integers(-10, 3000),
    st.floats(-1e6, 1e6).filter(lambda number: not number.is_integer()),
    st.dates().map(date.isoformat),
    DECIMALS.map(lambda number: f"{number:f}"),
    st.sampled_from(WORDS),
    st.text(max_size=12).filter(lambda text: "\n" not in text),
    st.lists(st.integers(0, 9), max_size=2),
    st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 9), max_size=1),
)


def rejection(about: About, data: dict[str, Any]) -> RejectedError | None:
    try:
        validate_data(about, json.dumps(data).encode())
    except RejectedError as rejected:
        return rejected
    return None


def checked_further(about: About, data: dict[str, Any], rejected: RejectedError) -> bool:
    """By a rule that the schema names, or by the decimals of a JSON number, for which it has no word."""
    schema = VALIDATORS[about.event_type].schema
    for violation in rejected.violations:
        name = violation.path.removeprefix("/data").removeprefix("/")
        if violation.reason is Reason.INCONSISTENT_FIELDS and schema.get("x-rules"):
            continue
        if violation.reason is not Reason.INVALID_VALUE or not name:
            return False
        if "x-rules" not in schema["properties"][name] and not isinstance(data[name], float):
            return False
    return True


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(CONTRACTS), st.data(), VALUES)
def test_schema_and_validation_agree(about: About, drawn: st.DataObject, value: Any) -> None:
    data = dict(drawn.draw(st.sampled_from(BASES[about.event_type])))
    name = drawn.draw(st.sampled_from([field.name for field in about.fields]))
    data[name] = value
    if value is ABSENT:
        del data[name]
    by_schema = VALIDATORS[about.event_type].is_valid(data)
    rejected = rejection(about, data)
    if rejected:
        assert not by_schema or checked_further(about, data, rejected)
    else:
        assert by_schema
