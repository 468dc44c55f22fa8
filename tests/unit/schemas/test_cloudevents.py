"""Reading a Kafka record as a CloudEvent, and writing one."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest

from orgpulse_schemas.classification import CATEGORIES, LEVELS
from orgpulse_schemas.cloudevents import MAX_BYTES, parse, structured
from orgpulse_schemas.reasons import Reason, RejectedError, Violation

TYPE = "org.hr.separation.recorded.v1"
SOURCE = "urn:orgpulse:system:pe-3"
DATA = b'{"personnel_id":"P000123"}'
ATTRIBUTES = {
    "specversion": "1.0",
    "id": "a-1",
    "source": SOURCE,
    "type": TYPE,
    "time": "2019-03-01T09:30:00Z",
}
HEADERS = [(f"ce_{name}", value.encode()) for name, value in ATTRIBUTES.items()]


def event(**changes: Any) -> bytes:
    return orjson.dumps({**ATTRIBUTES, "data": orjson.loads(DATA), **changes})


def without(name: str) -> bytes:
    return orjson.dumps({key: value for key, value in orjson.loads(event()).items() if key != name})


def rejection(value: bytes | None, headers: list[tuple[str, bytes | None]] | None = None) -> Violation:
    with pytest.raises(RejectedError) as rejected:
        parse(value, headers or [])
    assert rejected.value.__cause__ is None
    assert rejected.value.__context__ is None, "the error that stands behind it holds the input"
    return rejected.value.first


class TestStructuredMode:
    def test_attributes_and_data_are_read(self) -> None:
        read = parse(event())
        assert (read.id, read.source, read.type, read.data) == ("a-1", SOURCE, TYPE, DATA)
        assert read.time == datetime(2019, 3, 1, 9, 30, tzinfo=UTC)

    def test_time_of_another_zone_is_turned_into_utc(self) -> None:
        read = parse(event(time="2019-03-01T00:30:00+02:00"))
        assert read.time == datetime(2019, 2, 28, 22, 30, tzinfo=UTC)
        assert read.time.tzinfo is UTC

    @pytest.mark.parametrize("name", ["id", "source", "type", "time", "specversion"])
    def test_missing_attribute_is_named(self, name: str) -> None:
        assert rejection(without(name)) == Violation(Reason.NOT_A_CLOUDEVENT, f"/{name}")

    @pytest.mark.parametrize("name", ["id", "source", "type", "time"])
    @pytest.mark.parametrize("value", ["", "x" * 257, 5, None, [], {}])
    def test_attribute_that_is_no_short_text_is_named(self, name: str, value: object) -> None:
        assert rejection(event(**{name: value})) == Violation(Reason.NOT_A_CLOUDEVENT, f"/{name}")

    def test_missing_data_is_a_missing_field(self) -> None:
        assert rejection(without("data")) == Violation(Reason.MISSING_FIELD, "/data")

    def test_null_data_is_left_to_the_contract(self) -> None:
        assert parse(event(data=None)).data == b"null"

    @pytest.mark.parametrize(
        "time",
        [
            "2019-02-30T00:00:00Z",
            "2019-03-01T09:30:00",
            "2019-03-01",
            "2019-03-01T25:00:00Z",
            "yesterday",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-12:00",
        ],
    )
    def test_time_that_does_not_exist_or_has_no_zone_is_impossible(self, time: str) -> None:
        assert rejection(event(time=time)) == Violation(Reason.IMPOSSIBLE_DATE, "/time")

    @pytest.mark.parametrize("classification", [None, *LEVELS])
    def test_known_classification_is_accepted(self, classification: str | None) -> None:
        assert parse(event(dataclassification=classification)).id == "a-1"

    @pytest.mark.parametrize("classification", ["secret", "", "Public", 1, True, [], {}, ["public"]])
    def test_classification_that_nobody_understands_is_refused(self, classification: object) -> None:
        expected = Violation(Reason.UNKNOWN_CLASSIFICATION, "/dataclassification")
        assert rejection(event(dataclassification=classification)) == expected

    @pytest.mark.parametrize("regulation", [None, "DPP", "UN-PDP", "DPP,UN-PDP", " DPP , UN-PDP "])
    def test_known_regulations_are_accepted_and_spaces_around_them_ignored(self, regulation: object) -> None:
        assert parse(event(dataregulation=regulation)).id == "a-1"

    @pytest.mark.parametrize("regulation", ["", " ", "GDPR", "DPP,GDPR", "DPP,", "UN PDP", "dpp", 1, ["DPP"]])
    def test_regulation_that_nobody_can_heed_is_refused(self, regulation: object) -> None:
        expected = Violation(Reason.UNKNOWN_CLASSIFICATION, "/dataregulation")
        assert rejection(event(dataregulation=regulation)) == expected

    @pytest.mark.parametrize("category", [None, *CATEGORIES])
    def test_known_category_is_accepted(self, category: object) -> None:
        assert parse(event(datacategory=category)).datacategory == category

    @pytest.mark.parametrize("category", ["", "special-category", "phi", 1, {}])
    def test_category_that_nobody_understands_is_refused(self, category: object) -> None:
        expected = Violation(Reason.UNKNOWN_CLASSIFICATION, "/datacategory")
        assert rejection(event(datacategory=category)) == expected

    @pytest.mark.parametrize("content_type", [None, "application/json", "application/json; charset=utf-8"])
    def test_json_content_type_may_be_left_out(self, content_type: str | None) -> None:
        assert parse(event(datacontenttype=content_type)).data == DATA

    @pytest.mark.parametrize("content_type", ["text/xml", "application/json-seq", "", 7, []])
    def test_other_content_type_is_refused(self, content_type: object) -> None:
        expected = Violation(Reason.NOT_A_CLOUDEVENT, "/datacontenttype")
        assert rejection(event(datacontenttype=content_type)) == expected

    def test_of_two_equal_names_the_last_holds(self) -> None:
        twice = event().replace(b'"id":"a-1"', b'"id":"first","id":"last"')
        assert parse(twice).id == "last"

    def test_unknown_extension_is_ignored(self) -> None:
        assert parse(event(traceparent="00-abc")).id == "a-1"


class TestMalformedRecords:
    @pytest.mark.parametrize("value", [None, b""])
    def test_record_without_value_is_empty(self, value: bytes | None) -> None:
        assert rejection(value) == Violation(Reason.EMPTY)

    def test_record_of_exactly_the_largest_size_is_read(self) -> None:
        assert parse(event().ljust(MAX_BYTES)).id == "a-1"

    def test_record_one_byte_larger_is_refused(self) -> None:
        assert rejection(event().ljust(MAX_BYTES + 1)) == Violation(Reason.TOO_LARGE)

    @pytest.mark.parametrize(
        "value",
        [
            b"not json",
            b'{"id": "a-1"',
            b"\xff\xfe\x00",
            b'{"id": "\xc3\x28"}',
            b'{"data": NaN}',
            b'{"data": -Infinity}',
            b'{"data": 1e999}',
            b'{"id": "\\ud800"}',
            b"\xef\xbb\xbf{}",
            b"{} {}",
            b"\x00",
            b"[" * 5_000 + b"]" * 5_000,
        ],
        ids=[
            "text",
            "cut off",
            "utf-16",
            "invalid utf-8",
            "NaN",
            "infinity",
            "beyond any float",
            "lone surrogate",
            "byte order mark",
            "two documents",
            "null byte",
            "nested 5,000 deep",
        ],
    )
    def test_what_json_does_not_know_is_malformed(self, value: bytes) -> None:
        assert rejection(value) == Violation(Reason.MALFORMED_JSON)

    def test_data_nested_deeper_than_any_contract_is_malformed(self) -> None:
        deep = event(data=0).replace(b'"data":0', b'"data":' + b"[" * 500 + b"]" * 500)
        assert rejection(deep) == Violation(Reason.MALFORMED_JSON, "/data")

    @pytest.mark.parametrize("value", [b"[]", b'"text"', b"12", b"true", b"null"])
    def test_json_that_is_no_object_is_no_cloudevent(self, value: bytes) -> None:
        assert rejection(value) == Violation(Reason.NOT_A_CLOUDEVENT)


class TestBinaryMode:
    def test_headers_carry_the_attributes_and_the_value_is_the_data(self) -> None:
        read = parse(DATA, HEADERS)
        assert (read.id, read.source, read.type, read.data) == ("a-1", SOURCE, TYPE, DATA)

    def test_other_headers_do_not_matter(self) -> None:
        assert parse(DATA, [*HEADERS, ("traceparent", b"\xff"), ("content-type", None)]).id == "a-1"

    @pytest.mark.parametrize("name", ["id", "source", "type", "time"])
    def test_missing_header_is_named(self, name: str) -> None:
        headers = [(key, value) for key, value in HEADERS if key != f"ce_{name}"]
        assert rejection(DATA, headers) == Violation(Reason.NOT_A_CLOUDEVENT, f"/{name}")

    def test_header_without_value_is_a_missing_one(self) -> None:
        assert rejection(DATA, [*HEADERS, ("ce_id", None)]) == Violation(Reason.NOT_A_CLOUDEVENT, "/id")

    def test_header_that_is_no_utf8_is_no_cloudevent(self) -> None:
        assert rejection(DATA, [*HEADERS, ("ce_id", b"\xff")]) == Violation(Reason.NOT_A_CLOUDEVENT)

    def test_classification_in_a_header_is_checked(self) -> None:
        headers = [*HEADERS, ("ce_dataclassification", b"secret")]
        expected = Violation(Reason.UNKNOWN_CLASSIFICATION, "/dataclassification")
        assert rejection(DATA, headers) == expected

    def test_without_specversion_the_record_is_read_as_structured(self) -> None:
        headers = [(key, value) for key, value in HEADERS if key != "ce_specversion"]
        assert parse(event(id="from the value"), headers).id == "from the value"

    @pytest.mark.parametrize("value", [b"[1]", b"null"])
    def test_data_that_is_no_object_is_refused(self, value: bytes) -> None:
        assert rejection(value, HEADERS) == Violation(Reason.NOT_A_CLOUDEVENT)

    def test_malformed_data_is_refused(self) -> None:
        assert rejection(b"{", HEADERS) == Violation(Reason.MALFORMED_JSON)


class TestWriting:
    def test_written_event_is_read_back(self) -> None:
        time = datetime(2019, 3, 1, 11, 30, 0, 250, timezone(timedelta(hours=2)))
        read = parse(structured(id="a-1", source=SOURCE, type=TYPE, time=time, data={"staff": 5}))
        assert (read.id, read.time, read.data) == ("a-1", time, b'{"staff":5}')

    def test_time_is_written_in_utc_with_z(self) -> None:
        time = datetime(2019, 3, 1, 11, 30, tzinfo=timezone(timedelta(hours=2)))
        written = orjson.loads(structured(id="a-1", source=SOURCE, type=TYPE, time=time, data=None))
        assert written["time"] == "2019-03-01T09:30:00Z"

    def test_time_without_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="zone"):
            structured(id="a-1", source=SOURCE, type=TYPE, time=datetime(2019, 3, 1), data=None)
