"""The three modes of the CloudEvents HTTP binding."""

import orjson
import pytest
from starlette.datastructures import Headers

from orgpulse_platform.intake.modes import batch_events, binary_event
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.reasons import Reason, RejectedError


def headers(**attributes: bytes) -> Headers:
    given = {
        "specversion": b"1.0",
        "id": b"1",
        "source": b"urn:x",
        "type": b"t",
        "time": b"2019-01-01T00:00:00Z",
    }
    raw = [(f"ce-{name}".encode(), value) for name, value in {**given, **attributes}.items()]
    return Headers(raw=[*raw, (b"content-type", b"application/json")])


def test_headers_are_the_attributes_and_the_body_is_the_data() -> None:
    event = orjson.loads(binary_event(headers(dataclassification=b"internal"), b'{"amount": 1.10}'))
    assert event == {
        "specversion": "1.0",
        "id": "1",
        "source": "urn:x",
        "type": "t",
        "time": "2019-01-01T00:00:00Z",
        "dataclassification": "internal",
        "datacontenttype": "application/json",
        "data": {"amount": 1.1},
    }


def test_the_data_keep_every_digit() -> None:
    body = b'{"amount":12345678901234567890.123456789}'
    assert body in binary_event(headers(), body)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"Euro%20%E2%82%AC", "Euro €"),
        ("Euro €".encode(), "Euro €"),
        (b'"a \\"b\\" c"', 'a "b" c'),
        (b" x ", "x"),
    ],
)
def test_header_values_are_decoded_as_the_binding_says(written: bytes, read: str) -> None:
    assert parse(binary_event(headers(id=written), b"{}")).id == read


@pytest.mark.parametrize(
    "given",
    [
        headers(id=b"\xff"),
        headers(id=b"%FF"),
        headers(data=b"{}"),
        headers(data_base64=b""),
        headers(datacontenttype=b"application/json"),
        Headers(raw=[(b"ce-id", b"1"), (b"CE-ID", b"2")]),
    ],
)
def test_ambiguous_or_undecodable_headers_are_no_event(given: Headers) -> None:
    with pytest.raises(RejectedError) as caught:
        binary_event(given, b"{}")
    assert caught.value.first.reason is Reason.NOT_A_CLOUDEVENT


@pytest.mark.parametrize(
    ("body", "reason"), [(b"", Reason.EMPTY), (b"{", Reason.MALFORMED_JSON), (b"NaN", Reason.MALFORMED_JSON)]
)
def test_a_body_that_is_no_data_is_refused(body: bytes, reason: Reason) -> None:
    with pytest.raises(RejectedError) as caught:
        binary_event(headers(), body)
    assert caught.value.first.reason is reason


def test_a_body_cannot_break_out_of_the_data() -> None:
    with pytest.raises(RejectedError):
        binary_event(headers(), b'{}, "source": "urn:other"')


def test_batch_events_stay_in_order() -> None:
    assert batch_events(b'[{"id": 1}, 2, null]') == [b'{"id":1}', b"2", b"null"]
