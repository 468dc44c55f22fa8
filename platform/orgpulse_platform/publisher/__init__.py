"""The publisher: how a source system puts its events on Kafka, with one object and no knowledge of topics.

    with Publisher(connected(load_settings()).kafka) as publisher:
        publisher.publish(CompletionRecorded(...), time=datetime.now(UTC))

Leaving the block waits until Kafka has acknowledged every event, or raises :class:`DeliveryError`. A
:class:`SpoolingPublisher` is for systems that must not lose an event while Kafka is away.
"""

from orgpulse_platform.publisher.errors import (
    DeliveryError,
    SpoolError,
    SpoolFullError,
    SpoolInUseError,
    SpoolKeyError,
    StillSpooledError,
    TopicMissingError,
)
from orgpulse_platform.publisher.event import Event, Keeper, Receipt
from orgpulse_platform.publisher.publisher import Publisher
from orgpulse_platform.publisher.record import Record, record_of
from orgpulse_platform.publisher.spooling import SpoolingPublisher

__all__ = [
    "DeliveryError",
    "Event",
    "Keeper",
    "Publisher",
    "Receipt",
    "Record",
    "SpoolError",
    "SpoolFullError",
    "SpoolInUseError",
    "SpoolKeyError",
    "SpoolingPublisher",
    "StillSpooledError",
    "TopicMissingError",
    "record_of",
]
