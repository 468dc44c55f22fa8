"""From a typed payload to a Kafka record."""

import uuid
from datetime import UTC, date, datetime, timedelta, timezone

import orjson
import pytest

from orgpulse_platform.publisher import record_of
from orgpulse_schemas.families.training.courses import CompletionRecorded
from orgpulse_schemas.reasons import Reason, RejectedError

NOON = datetime(2019, 6, 30, 12, tzinfo=UTC)
COMPLETION = CompletionRecorded(
    personnel_id="P000123", course_id="C001", completed_on=date(2019, 6, 30), language="EN"
)


def test_topic_and_key_come_from_the_contract() -> None:
    record = record_of(COMPLETION, time=NOON)
    assert record.topic == "raw.training.pr-2"
    assert record.key == b"P000123"


def test_the_value_is_a_structured_cloudevent() -> None:
    record = record_of(COMPLETION, time=NOON, id="c-1")
    assert orjson.loads(record.value) == {
        "specversion": "1.0",
        "id": "c-1",
        "source": "urn:orgpulse:system:pr-2",
        "type": "org.training.completion.recorded.v1",
        "time": "2019-06-30T12:00:00Z",
        "dataclassification": "restricted",
        "dataregulation": "DPP,UN-PDP",
        "datacategory": "standard",
        "datacontenttype": "application/json",
        "data": {
            "personnel_id": "P000123",
            "course_id": "C001",
            "completed_on": "2019-06-30",
            "language": "EN",
        },
    }


def test_without_an_id_each_event_gets_one_of_its_own() -> None:
    ids = {record_of(COMPLETION, time=NOON).id for _ in range(3)}
    assert len({uuid.UUID(id_) for id_ in ids}) == 3


def test_time_is_written_in_utc() -> None:
    record = record_of(COMPLETION, time=NOON.astimezone(timezone(timedelta(hours=5))))
    assert orjson.loads(record.value)["time"] == "2019-06-30T12:00:00Z"


def test_a_time_without_zone_is_rejected() -> None:
    with pytest.raises(RejectedError) as caught:
        record_of(COMPLETION, time=NOON.replace(tzinfo=None))
    assert (caught.value.first.reason, caught.value.first.path) == (Reason.IMPOSSIBLE_DATE, "/time")


def test_a_payload_built_around_validation_is_rejected_without_being_shown() -> None:
    payload = CompletionRecorded.model_construct(
        personnel_id="Jane Doe", course_id="C001", completed_on=date(2019, 6, 30), language="EN"
    )
    with pytest.raises(RejectedError) as caught:
        record_of(payload, time=NOON)
    assert caught.value.first.path == "/data/personnel_id"
    assert "Jane" not in str(caught.value)


@pytest.mark.parametrize("id_", ["", "x" * 257])
def test_an_id_that_the_streams_would_refuse_is_rejected(id_: str) -> None:
    with pytest.raises(RejectedError) as caught:
        record_of(COMPLETION, time=NOON, id=id_)
    assert caught.value.first.path == "/id"


def test_a_record_shows_nothing_of_its_content_when_printed() -> None:
    assert "P000123" not in repr(record_of(COMPLETION, time=NOON))
