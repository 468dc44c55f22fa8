"""What is written as a CloudEvent is read back as it was."""

from datetime import UTC, datetime, timedelta, timezone

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from orgpulse_schemas.cloudevents import parse, structured

MODEST = settings(deadline=None, max_examples=150)
attribute = st.text(min_size=1, max_size=256)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1951, 1, 1), datetime(2100, 12, 31), timezones=zones)
json_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
)
json_values = st.recursive(
    json_scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@MODEST
@given(attribute, attribute, attribute, times, json_values)
def test_written_event_is_read_back_whole(
    id_: str, source: str, type_: str, time: datetime, data: object
) -> None:
    read = parse(structured(id=id_, source=source, type=type_, time=time, data=data))
    assert (read.id, read.source, read.type) == (id_, source, type_)
    assert read.time == time
    assert read.time.tzinfo is UTC
    assert orjson.loads(read.data) == data


@MODEST
@given(attribute, attribute, attribute, times, st.dictionaries(st.text(max_size=10), json_values, max_size=4))
def test_binary_and_structured_mode_say_the_same(
    id_: str, source: str, type_: str, time: datetime, data: dict[str, object]
) -> None:
    written = structured(id=id_, source=source, type=type_, time=time, data=data)
    attributes = {name: value for name, value in orjson.loads(written).items() if name != "data"}
    headers = [(f"ce_{name}", str(value).encode()) for name, value in attributes.items()]
    assert parse(orjson.dumps(data), headers) == parse(written)
