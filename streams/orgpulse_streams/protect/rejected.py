"""The form of a rejected event: a reason code, a place, and the original that only the replay can open."""

import uuid
from datetime import UTC, datetime
from typing import Final

import orjson

from orgpulse_platform.keyring import Keyring
from orgpulse_platform.topics import family_of, rejected_topic
from orgpulse_schemas.reasons import Violation
from orgpulse_schemas.wire import REJECTED_TYPE, STREAMS_SOURCE, RejectedData, origin
from orgpulse_streams.protect.records import ProtectedRecord, RawRecord

LARGEST_ORIGINAL: Final = 700_000
"""Originals above this size, in bytes, are not carried along but stay on the raw topic only: encrypted and in
base64 they would exceed what Kafka takes by default, and an event that cannot be sent holds up all others.
"""


def rejected_record(
    record: RawRecord, violation: Violation, contract: str | None, recorded: datetime, keyring: Keyring
) -> ProtectedRecord:
    """The rejected event of a record; holds no value of it but encrypted."""
    family = family_of(record.topic)
    stood_at = origin(record.topic, record.partition, record.offset, record.timestamp_ms)
    key_id, original = "", ""
    if record.value and len(record.value) <= LARGEST_ORIGINAL:
        key_id, original = keyring.encrypt_original(record.value, context=stood_at)
    data = RejectedData(
        reason=violation.reason.value,
        path=violation.path,
        contract=contract,
        family=family,
        origin=stood_at,
        key_id=key_id,
        original=original,
    )
    event = {
        "specversion": "1.0",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, stood_at)),
        "source": STREAMS_SOURCE,
        "type": REJECTED_TYPE,
        "time": _arrival(record.timestamp_ms, recorded),
        "recordedtime": recorded,
        "datacontenttype": "application/json",
        "data": data,
    }
    value = orjson.dumps(event, option=orjson.OPT_UTC_Z)
    return ProtectedRecord(rejected_topic(family), None, value, violation.reason)


def _arrival(timestamp_ms: int, otherwise: datetime) -> datetime:
    """When a record arrived; whoever writes a record can give it a time that no calendar has."""
    if timestamp_ms < 0:
        return otherwise
    try:
        return datetime.fromtimestamp(timestamp_ms / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return otherwise
