"""Names that both ends of the protected topics share."""

from orgpulse_schemas.wire import origin


def test_origin_tells_two_records_at_one_offset_of_a_recreated_topic_apart() -> None:
    before = origin("raw.hr.pe-3", 2, 17, 1_577_836_800_000)
    after = origin("raw.hr.pe-3", 2, 17, 1_577_836_800_001)
    assert before == "raw.hr.pe-3/2/17@1577836800000"
    assert before != after
