"""What goes into protection and what comes out, independent of any Kafka client."""

from collections.abc import Sequence
from typing import NamedTuple

from orgpulse_schemas.reasons import Reason

RecordHeaders = Sequence[tuple[str, bytes | None]]


class RawRecord(NamedTuple):
    """A record of a raw topic."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    """When it arrived, in milliseconds since 1970 (UTC); -1 where Kafka does not know."""
    headers: RecordHeaders
    value: bytes | None
    key: bytes | None = None
    """As published, for the encrypted original only: the protected key is made from the protected payload."""


class ProtectedRecord(NamedTuple):
    """A record that may leave: a protected event, or a rejected one where ``reason`` is given."""

    topic: str
    key: bytes | None
    value: bytes
    reason: Reason | None = None
