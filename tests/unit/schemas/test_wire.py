"""Names that both ends of the protected topics share."""

import pytest

from orgpulse_schemas.wire import origin, read_origin


def test_origin_tells_two_records_at_one_offset_of_a_recreated_topic_apart() -> None:
    before = origin("raw.hr.pe-3", 2, 17, 1_577_836_800_000)
    after = origin("raw.hr.pe-3", 2, 17, 1_577_836_800_001)
    assert before == "raw.hr.pe-3/2/17@1577836800000"
    assert before != after


def test_origin_is_read_back() -> None:
    assert read_origin(origin("raw.hr.pe-3", 2, 17, 1_577_836_800_000)) == (
        "raw.hr.pe-3",
        2,
        17,
        1_577_836_800_000,
    )
    assert read_origin(origin("raw.hr.pe-3", 0, 0, -1)) == ("raw.hr.pe-3", 0, 0, -1)


@pytest.mark.parametrize(
    "text", ["", "raw.hr.pe-3", "raw.hr.pe-3/0/17", "raw/0/1@x", "a b/0/1@2", "a/0/1@2\n"]
)
def test_what_is_no_origin_is_not_read(text: str) -> None:
    assert read_origin(text) is None
