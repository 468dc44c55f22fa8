"""Whatever arrives is either accepted or rejected with a code: nothing else can come out."""

import copy
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.reasons import RejectedError
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate, validate_data

CANARY = "Zzyzx-Canary-7"
PASSING = [e.value for type_ in all_contracts() for e in examples_of(type_) if e.violation is None]
MODEST = settings(deadline=None, max_examples=200)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        ["2019-02-30", "86400", "1e999999", "-0", "P000001", "KEN", "NaN", "1_0", "\x00", "\u202e"]
    ),
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
passing = st.sampled_from(PASSING)


def outcome(value: bytes, headers: list[tuple[str, bytes | None]] | None = None) -> Contract | RejectedError:
    """The payload or the rejection; anything else that is raised fails the test."""
    try:
        return validate(parse(value, headers or []))
    except RejectedError as error:
        return error


@MODEST
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_rejected_not_raised(value: bytes) -> None:
    assert isinstance(outcome(value), RejectedError)


@MODEST
@given(anything)
def test_arbitrary_json_is_rejected_not_raised(body: object) -> None:
    assert isinstance(outcome(orjson.dumps(body)), RejectedError)


@MODEST
@given(
    st.lists(st.tuples(st.text(max_size=5).map("ce_".__add__), st.none() | st.binary(max_size=20))), anything
)
def test_arbitrary_headers_are_rejected_not_raised(
    headers: list[tuple[str, bytes | None]], body: object
) -> None:
    assert isinstance(outcome(orjson.dumps(body), [("ce_specversion", b"1.0"), *headers]), RejectedError)


@MODEST
@given(st.sampled_from(sorted(all_contracts())), st.binary(max_size=60) | anything.map(orjson.dumps))
def test_arbitrary_data_of_any_contract_is_accepted_or_rejected(type_: str, data: bytes) -> None:
    try:
        validate_data(all_contracts()[type_], data)
    except RejectedError:
        return


@MODEST
@given(passing, st.data())
def test_event_with_anything_in_any_place_is_accepted_or_rejected(value: bytes, data: st.DataObject) -> None:
    event = orjson.loads(value)
    body = data.draw(st.sampled_from([event, event["data"]]))
    body[data.draw(st.sampled_from(sorted(body)))] = data.draw(anything)
    outcome(orjson.dumps(event))


@MODEST
@given(passing, st.data())
def test_event_damaged_in_transit_is_accepted_or_rejected(value: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(value)))
    length = data.draw(st.integers(0, 20))
    outcome(value[:start] + data.draw(st.binary(max_size=5)) + value[start + length :])


@MODEST
@given(passing, st.data())
def test_rejection_never_repeats_what_stood_in_the_event(value: bytes, data: st.DataObject) -> None:
    event = orjson.loads(value)
    body = data.draw(st.sampled_from([event, event["data"]]))
    name = data.draw(st.sampled_from([*sorted(body), CANARY, f"/data/{CANARY}"]))
    body[name] = data.draw(st.sampled_from([CANARY, [CANARY], {CANARY: [CANARY]}, f"2019-{CANARY}"]))
    result = outcome(orjson.dumps(event))
    if isinstance(result, RejectedError):
        assert CANARY not in f"{result!r} {result} {result.args} {vars(result)}"
        assert result.__context__ is None


@MODEST
@given(passing, st.randoms(use_true_random=False))
def test_order_of_names_in_an_event_changes_nothing(value: bytes, random: Any) -> None:
    event = orjson.loads(value)
    shuffled = copy.deepcopy(event["data"])
    names = list(shuffled)
    random.shuffle(names)
    event["data"] = {name: shuffled[name] for name in names}
    assert outcome(orjson.dumps(event)) == outcome(value)


@MODEST
@given(passing, st.dictionaries(st.text(max_size=10).map("x_".__add__), anything, max_size=3))
def test_fields_that_no_contract_names_change_nothing(value: bytes, unknown: dict[str, Any]) -> None:
    event = orjson.loads(value)
    event["data"].update(unknown)
    assert outcome(orjson.dumps(event)) == outcome(value)
