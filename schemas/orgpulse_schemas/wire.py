"""What the streams write and the pipelines read: the names that both ends of the protected topics share.

A protected event is a structured CloudEvent on ``events.<family>`` whose ``id`` is the keyed identity of the
original (source, id), with the extensions ``recordedtime`` (when it was protected) and ``origin`` (where the
original stood). A rejected event is a structured CloudEvent of type :data:`REJECTED_TYPE` on
``rejected.<family>`` whose data is a :class:`RejectedData`.
"""

import re
from typing import Final, NamedTuple, TypedDict

STREAMS_SOURCE: Final = "urn:orgpulse:streams"
"""CloudEvents source of events that the streams themselves make."""
REJECTED_TYPE: Final = "org.platform.event.rejected.v1"
REPLAYED_FROM: Final = "orgpulse-replayed-from"
"""Header of a raw record that was replayed: the origin at which the event was rejected first."""

_ORIGIN: Final = re.compile(
    r"(?P<topic>[a-zA-Z0-9._-]{1,249})/(?P<partition>[0-9]{1,10})/(?P<offset>[0-9]{1,19})"
    r"@(?P<timestamp>-?[0-9]{1,19})"
)

ENVELOPE_NAMES: Final = frozenset(
    {
        "event_id",
        "occurred_at",
        "recorded_at",
        "arrived_at",
        "origin",
        "topic",
        "partition",
        "offset",
        "batch_id",
    }
)
"""Columns that stand before a contract's own in every table, so that no field can have one of these names."""


class RejectedData(TypedDict):
    """Payload of a rejected event: nothing in it is a value of the original."""

    reason: str
    """Code of the first violation, from :class:`orgpulse_schemas.reasons.Reason`."""
    path: str
    """JSON pointer of names that contracts declare; empty where no place can be named."""
    contract: str | None
    """Event type, if a contract has it."""
    family: str
    """Family of the raw topic."""
    origin: str
    """Where the original stood."""
    identity: str | None
    """Keyed identity of the original, the ``id`` that it would have as a protected event; none where the
    original does not tell its source and id."""
    key_id: str
    """Id of the key that opens the original."""
    original: str
    """The record's value, key and headers, encrypted with the origin as context; base64. Empty only for a
    record that was published compressed and that Kafka could not take otherwise."""


class Origin(NamedTuple):
    """Where a raw record stands, taken apart."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    """When it arrived, in milliseconds since 1970 (UTC); -1 where Kafka does not know."""


def origin(topic: str, partition: int, offset: int, timestamp_ms: int) -> str:
    """Where a raw record stands: ``topic/partition/offset@arrival in milliseconds since 1970 (UTC)``.

    The arrival time keeps two records apart that stood at one offset before and after a topic was recreated.
    """
    return f"{topic}/{partition}/{offset}@{timestamp_ms}"


def read_origin(text: str) -> Origin | None:
    """What :func:`origin` put together, or nothing if the text is no origin."""
    match = _ORIGIN.fullmatch(text)
    if match is None:
        return None
    topic, *numbers = match.group("topic", "partition", "offset", "timestamp")
    return Origin(topic, *map(int, numbers))
