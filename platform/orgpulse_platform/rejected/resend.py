"""Sends originals to their raw topics again, and knows of each whether Kafka has it."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Self

from kafka.errors import KafkaError, MessageSizeTooLargeError

from orgpulse_platform.clients import bootstrap, close_producer, delivery_timeout_ms, producer
from orgpulse_platform.publisher import DeliveryError
from orgpulse_platform.rejected.event import RejectedEvent
from orgpulse_platform.rejected.original import Original
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topic_admin import existing_topics
from orgpulse_platform.topics import LARGEST_REJECTED
from orgpulse_schemas.wire import REPLAYED_FROM, read_origin

SPARE_S: Final = 5.0
CLOSE_S: Final = 5.0


class Candidate(NamedTuple):
    """An original that is to be sent again."""

    event: RejectedEvent
    original: Original
    first: str
    """Where the event was rejected for the first time."""


class Sent(NamedTuple):
    """What became of a batch."""

    taken: list[Candidate]
    """Kafka has them."""
    refused: list[Candidate]
    """Kafka does not take them: they are too large, or have neither key nor value."""


class Resender:
    """A context manager around one Kafka client. Raises :class:`BrokerUnavailableError` on entering."""

    def __init__(self, kafka: KafkaSettings) -> None:
        self._kafka = kafka
        self._topics: frozenset[str] = frozenset()
        self._producer: Any = None

    def __enter__(self) -> Self:
        self._topics = existing_topics(self._kafka)
        self._producer = producer(
            self._kafka,
            # The broker decides which record is too large, as it did when the record was published.
            max_request_size=LARGEST_REJECTED,
            # To an idempotent client one record that the broker refuses is the end of all others. What is
            # sent twice because an acknowledgement was lost is removed by its identity.
            enable_idempotence=False,
            max_in_flight_requests_per_connection=1,
        )
        return self

    def __exit__(self, *_: object) -> None:
        close_producer(self._producer, CLOSE_S)

    def has_topic(self, event: RejectedEvent) -> bool:
        """Whether the raw topic of an event still exists."""
        return event.raw_topic in self._topics

    def send(self, batch: Sequence[Candidate]) -> tuple[Sent, DeliveryError | None]:
        """Send a batch and wait for Kafka; the error, if some are neither taken nor refused for certain."""
        sent = Sent([], [])
        waiting: list[tuple[Candidate, Any]] = []
        causes: set[str] = set()
        for candidate in batch:
            try:
                waiting.append((candidate, self._send(candidate)))
            except (MessageSizeTooLargeError, ValueError):
                sent.refused.append(candidate)
            except KafkaError as error:
                causes.add(type(error).__name__)
                break
        self._flush(causes)
        for candidate, future in waiting:
            if future.succeeded():
                sent.taken.append(candidate)
            elif isinstance(future.exception, MessageSizeTooLargeError):
                sent.refused.append(candidate)
            elif future.exception is not None:
                causes.add(type(future.exception).__name__)
        left = len(batch) - len(sent.taken) - len(sent.refused)
        return sent, self._error(left, causes) if left else None

    def _send(self, candidate: Candidate) -> Any:
        original, topic = candidate.original, candidate.event.raw_topic
        place = read_origin(candidate.event.origin)
        known = self._producer.partitions_for(topic)
        return self._producer.send(
            topic,
            key=original.key,
            value=original.value,
            headers=marked(original, candidate.first),
            # The same partition, however its publisher chose it: the events of a key stay together.
            partition=place.partition if place is not None and place.partition in known else None,
        )

    def _flush(self, causes: set[str]) -> None:
        try:
            self._producer.flush(delivery_timeout_ms(self._kafka) / 1000 + SPARE_S)
        except KafkaError as error:
            causes.add(type(error).__name__)

    def _error(self, left: int, causes: set[str]) -> DeliveryError:
        named = f" ({', '.join(sorted(causes))})" if causes else ""
        return DeliveryError(
            f"{bootstrap(self._kafka)} did not acknowledge {left:,} replayed records{named}",
            unacknowledged=left,
        )


def marked(original: Original, first: str) -> list[tuple[str, bytes]]:
    """The headers of an original, and one more that says where it was rejected for the first time.

    A header without a value is left out: it means as little as none, and the client cannot send it.
    """
    kept = [
        (name, content) for name, content in original.headers if content is not None and name != REPLAYED_FROM
    ]
    return [*kept, (REPLAYED_FROM, first.encode())]


def replayed_from(event: RejectedEvent, original: Original) -> str | None:
    """Where an original says that it was rejected for the first time, if it is a replay; else nothing."""
    stated = dict(original.headers).get(REPLAYED_FROM)
    text = (stated or b"").decode("utf-8", "replace")
    place = read_origin(text)
    return text if place is not None and place.topic == event.raw_topic else None
