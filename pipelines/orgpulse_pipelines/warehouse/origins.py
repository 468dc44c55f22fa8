"""What an origin, ``topic/partition/offset@arrival``, says about an original: expressions in SQL."""

from typing import Final

_LAST_MS: Final = 253_402_300_799_999
"""The end of the year 9999, in milliseconds since 1970 (UTC)."""
_ARRIVED_MS: Final = "try_cast(split_part(origin, '@', 2) as bigint)"

RECEIVED_AT: Final = (
    f"case when {_ARRIVED_MS} between 0 and {_LAST_MS} then make_timestamp({_ARRIVED_MS} * 1000) end"
)
"""When Kafka received the original, in UTC; null where it gave it no time that a calendar has."""
SYSTEM: Final = "upper(split_part(split_part(origin, '/', 1), '.', 3))"
"""The source system, whose id ends the name of its raw topic."""
