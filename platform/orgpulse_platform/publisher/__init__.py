"""The publisher: how a source system puts its events on Kafka, with one object and no knowledge of topics.

    with Publisher(connected(load_settings()).kafka) as publisher:
        publisher.publish(CompletionRecorded(...), time=datetime.now(UTC))

Leaving the block waits until Kafka has acknowledged every event, or raises :class:`DeliveryError`.
"""

from orgpulse_platform.publisher.errors import DeliveryError, TopicMissingError
from orgpulse_platform.publisher.publisher import Publisher
from orgpulse_platform.publisher.record import Record, record_of

__all__ = ["DeliveryError", "Publisher", "Record", "TopicMissingError", "record_of"]
