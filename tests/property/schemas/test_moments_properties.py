"""A moment in an event is read into UTC, or refused; nothing in between."""

from datetime import UTC, datetime, timedelta, timezone

import orjson
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from orgpulse_schemas.fields import Timestamp

MOMENT = TypeAdapter(Timestamp)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=offsets)


@given(moments)
def test_moment_with_any_offset_stays_the_same_moment(moment: datetime) -> None:
    read = MOMENT.validate_json(f'"{moment.isoformat()}"')
    assert read == moment
    assert read.tzinfo is UTC


@given(moments)
def test_moment_that_is_written_is_read_again(moment: datetime) -> None:
    assert MOMENT.validate_json(MOMENT.dump_json(moment)) == moment


@given(
    st.text(alphabet="0123456789-:TZ+. ", max_size=32)
    | st.datetimes().map(datetime.isoformat)
    | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})")
)
def test_any_text_is_a_moment_in_utc_or_refused(text: str) -> None:
    try:
        read = MOMENT.validate_json(orjson.dumps(text))
    except ValidationError:
        return
    assert read.tzinfo is UTC
    assert text[-1] == "Z" or text[-6] in "+-"
