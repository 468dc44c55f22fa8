"""How a day is written in an event."""

from datetime import date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from orgpulse_schemas.fields import Date

DAY = TypeAdapter(Date)


def test_day_is_read_and_written_after_iso_8601() -> None:
    assert DAY.validate_json('"2020-02-29"') == date(2020, 2, 29)
    assert DAY.dump_json(date(2020, 2, 29), warnings="error") == b'"2020-02-29"'
    assert DAY.json_schema() == {"type": "string", "format": "date"}


@pytest.mark.parametrize(
    "text",
    [
        "86400",
        "0",
        "-86400",
        "1546300800000",
        "20190101",
        "2019-W01-1",
        "2019-001",
        "2019-1-1",
        "2019-01-01T00:00",
    ],
)
def test_no_other_way_to_write_a_day_is_read(text: str) -> None:
    with pytest.raises(ValidationError, match="not a day written as YYYY-MM-DD"):
        DAY.validate_json(f'"{text}"')


def test_program_gives_a_date_not_a_time() -> None:
    assert DAY.validate_python(date(2019, 1, 1), strict=True) == date(2019, 1, 1)
    with pytest.raises(ValidationError):
        DAY.validate_python(datetime(2019, 1, 1), strict=True)
