"""How a moment is written in an event."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import TypeAdapter, ValidationError

from orgpulse_schemas.fields import Timestamp

MOMENT = TypeAdapter(Timestamp)


@pytest.mark.parametrize(
    "text",
    ["2019-06-03T07:12:00Z", "2019-06-03T10:12:00+03:00", "2019-06-02T21:12:00-10:00"],
)
def test_moment_with_any_offset_is_read_into_utc(text: str) -> None:
    read = MOMENT.validate_json(f'"{text}"')
    assert read == datetime(2019, 6, 3, 7, 12, tzinfo=UTC)
    assert read.tzinfo is UTC


def test_moment_is_written_after_rfc_3339() -> None:
    moment = datetime(2019, 6, 3, 7, 12, 0, 250_000, tzinfo=UTC)
    assert MOMENT.dump_json(moment, warnings="error") == b'"2019-06-03T07:12:00.250000Z"'
    assert MOMENT.validate_json(MOMENT.dump_json(moment)) == moment
    assert MOMENT.json_schema() == {"type": "string", "format": "date-time"}


@pytest.mark.parametrize(
    "text",
    [
        "1559545920",
        "0",
        "2019-06-03",
        "2019-06-03T07:12:00",
        "2019-06-03T07:12Z",
        "2019-06-03 07:12:00Z",
        "20190603T071200Z",
        "2019-06-03T07:12:00z",
        "2019-06-03T07:12:00+03",
        "2019-06-03T07:12:00,5Z",
        "2019-06-03T07:12:00.1234567Z",
        "2019-02-30T07:12:00Z",
        "2019-06-03T25:00:00Z",
        "2019-06-03T07:12:00+99:00",
        "0001-01-01T00:00:00+14:00",
        "２019-06-03T07:12:00Z",
        "2019-06-03T07:12:00Z ",
        "",
    ],
)
def test_no_other_way_to_write_a_moment_is_read(text: str) -> None:
    with pytest.raises(ValidationError, match="not a moment written as"):
        MOMENT.validate_json(f'"{text}"')


@pytest.mark.parametrize("value", ["1559545920", "null", "true", "[]"])
def test_what_is_no_text_has_the_wrong_type(value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        MOMENT.validate_json(value)
    assert refused.value.errors()[0]["type"] == "string_type"


def test_program_gives_a_time_with_zone() -> None:
    moment = datetime(2019, 6, 3, 7, 12, tzinfo=timezone(timedelta(hours=2)))
    assert MOMENT.validate_python(moment, strict=True) == moment
    with pytest.raises(ValidationError):
        MOMENT.validate_python(datetime(2019, 6, 3, 7, 12), strict=True)
