"""The form of a rejected event: a reason code, a place, and the original that only the replay can open."""

import uuid
from datetime import UTC, datetime

import orjson

from orgpulse_platform.keyring import Keyring
from orgpulse_platform.rejected.original import Original, pack
from orgpulse_platform.topics import family_of, rejected_topic
from orgpulse_schemas.cloudevents import claimed_identity
from orgpulse_schemas.reasons import Violation
from orgpulse_schemas.wire import REJECTED_TYPE, STREAMS_SOURCE, RejectedData, origin
from orgpulse_streams.protect.records import ProtectedRecord, RawRecord


def rejected_record(
    record: RawRecord, violation: Violation, contract: str | None, recorded: datetime, keyring: Keyring
) -> ProtectedRecord:
    """The rejected event of a record; holds no value of it but encrypted."""
    family = family_of(record.topic)
    stood_at = origin(record.topic, record.partition, record.offset, record.timestamp_ms)
    key_id, original = _sealed(record, stood_at, keyring)
    data = RejectedData(
        reason=violation.reason.value,
        path=violation.path,
        contract=contract,
        family=family,
        origin=stood_at,
        identity=_identity(record, keyring),
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


def _sealed(record: RawRecord, stood_at: str, keyring: Keyring) -> tuple[str, str]:
    """Key id and encrypted original; both empty if the record cannot be carried along.

    That happens only to a record of a size that Kafka took because it was compressed: it stays on the raw
    topic alone, since an event that cannot be sent would hold up all others.
    """
    frame = pack(Original(record.value, record.key, tuple(record.headers)))
    if frame is None:
        return "", ""
    return keyring.encrypt_original(frame, context=stood_at)


def _identity(record: RawRecord, keyring: Keyring) -> str | None:
    """The keyed identity of the event, if the record tells which event it is."""
    claimed = claimed_identity(record.value, record.headers)
    if claimed is None:
        return None
    try:
        return str(keyring.event_identity(*claimed))
    except Exception:  # perhaps the very failure for which it is rejected; its message may repeat the event
        return None


def _arrival(timestamp_ms: int, otherwise: datetime) -> datetime:
    """When a record arrived; whoever writes a record can give it a time that no calendar has."""
    if timestamp_ms < 0:
        return otherwise
    try:
        return datetime.fromtimestamp(timestamp_ms / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return otherwise
