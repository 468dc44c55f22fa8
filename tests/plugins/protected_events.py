"""Protected events made by hand, as the streams would write them, for tests of the pipelines."""

import uuid
from typing import Any

import orjson

from orgpulse_pipelines.landing.consume import Batch
from orgpulse_schemas.contract import About
from orgpulse_schemas.protected import LogicalType, protected_fields
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.wire import REJECTED_TYPE, STREAMS_SOURCE, origin

POSITION = all_contracts()["org.hr.position.created.v1"]
PROMOTION = all_contracts()["org.hr.promotion.granted.v1"]
ARRIVED_MS = 1_577_836_800_000
"""1 January 2020, 00:00 UTC."""
_SAMPLES = {
    LogicalType.TEXT: "x",
    LogicalType.INTEGER: 5,
    LogicalType.DECIMAL: "12.50",
    LogicalType.BOOLEAN: True,
    LogicalType.DATE: "2019-05-06",
    LogicalType.TIMESTAMP: "2019-05-06T01:02:03Z",
}


def identity(number: int) -> str:
    """The identity of an event, the same for the same number."""
    return str(uuid.UUID(int=(8 << 76) | (2 << 62) | number))


def event(about: About, number: int, *, raw_offset: int | None = None, **data: Any) -> bytes:
    """A protected event; ``raw_offset`` is where the original stood, by default the number."""
    offset = number if raw_offset is None else raw_offset
    sample = {field.name: _SAMPLES[field.type] for field in protected_fields(about)}
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": identity(number),
            "source": about.system.uri,
            "type": about.event_type,
            "time": "2019-05-06T12:00:00.5Z",
            "recordedtime": "2019-05-06T12:00:01Z",
            "origin": origin(about.raw_topic, 0, offset, ARRIVED_MS),
            "datacontenttype": "application/json",
            "data": sample | data,
        }
    )


def rejection(about: About, raw_offset: int, reason: str = "wrong_type") -> bytes:
    """A rejected event of the contract's family."""
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": identity(10_000_000 + raw_offset),
            "source": STREAMS_SOURCE,
            "type": REJECTED_TYPE,
            "time": "2020-01-01T00:00:00Z",
            "recordedtime": "2020-01-01T00:00:01Z",
            "datacontenttype": "application/json",
            "data": {
                "reason": reason,
                "path": "/data/grade",
                "contract": about.event_type,
                "family": about.family,
                "origin": origin(about.raw_topic, 0, raw_offset, ARRIVED_MS),
                "key_id": "rejected-1",
                "original": "c2VhbGVk",
            },
        }
    )


def batch(*values: bytes | None, topic: str = "events.hr", first_offset: int = 0) -> Batch:
    """A batch as it is read from partition 0 of a topic."""

    class Record:
        def __init__(self, offset: int, value: bytes | None) -> None:
            self.offset, self.value, self.timestamp = offset, value, ARRIVED_MS

    made = Batch()
    made.add(topic, 0, [Record(first_offset + number, value) for number, value in enumerate(values)])
    return made
