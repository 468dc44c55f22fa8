"""Publishing events: typed ones, and the raw records of tools that bring their own."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from types import TracebackType
from typing import Final, Self

from kafka import KafkaProducer
from kafka.errors import KafkaError, MessageSizeTooLargeError

from orgpulse_platform.clients import bootstrap, close_producer, delivery_timeout_ms, producer
from orgpulse_platform.publisher.deliveries import Deliveries
from orgpulse_platform.publisher.errors import DeliveryError, TopicMissingError
from orgpulse_platform.publisher.event import Event, records_of
from orgpulse_platform.publisher.record import record_of
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topic_admin import existing_topics
from orgpulse_platform.topics import family_of
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.reasons import Reason, RejectedError, Violation

Headers = Iterable[tuple[str, bytes]]

SPARE_S: Final = 5.0
"""How much longer than Kafka's own limit a flush waits, in seconds, and how long a failed block may close."""


class Publisher:
    """Sends events and knows which of them Kafka has acknowledged. A context manager, for one thread.

    Raises :class:`BrokerUnavailableError` on entering if the cluster does not answer.
    """

    def __init__(self, kafka: KafkaSettings) -> None:
        self._kafka = kafka
        self._patience_s = delivery_timeout_ms(kafka) / 1000 + SPARE_S
        self._deliveries = Deliveries(self._patience_s)
        self._topics: frozenset[str] = frozenset()
        self._families: dict[str, str] = {}
        self._producer: KafkaProducer | None = None

    @property
    def acknowledged(self) -> Counter[str]:
        """Records that Kafka has acknowledged so far, by family; complete after :meth:`flush`."""
        return self._deliveries.acknowledged

    def __enter__(self) -> Self:
        self._topics = existing_topics(self._kafka)
        self._producer = producer(self._kafka)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.flush()
        finally:
            self._close()

    def publish(self, payload: Contract, *, time: datetime, id: str | None = None) -> str:
        """Publish an event that happened at ``time`` (with a time zone); returns its CloudEvents id.

        Raises :class:`RejectedError` for an event that does not meet its contract, :class:`DeliveryError` if
        Kafka no longer takes events, :class:`TopicMissingError` if the topic does not exist.
        """
        record = record_of(payload, time=time, id=id)
        self.send(record.topic, record.key, record.value)
        return record.id

    def publish_many(self, events: Iterable[Event]) -> list[str]:
        """Publish a batch; returns the ids. No event is sent unless all meet their contracts.

        Raises as :meth:`publish` does.
        """
        records = records_of(events)
        for record in records:
            self.send(record.topic, record.key, record.value)
        return [record.id for record in records]

    def send(self, topic: str, key: bytes | None, value: bytes | None, headers: Headers = ()) -> None:
        """Send a record as it is, unchecked; waits while too many records are on their way.

        Raises :class:`DeliveryError` if Kafka no longer takes records, :class:`TopicMissingError` if the
        topic does not exist, :class:`RejectedError` if the record is larger than Kafka takes.
        """
        family = self._families.get(topic) or self._family(topic)
        try:
            future = self._open_producer().send(topic, value=value, key=key, headers=list(headers))
            self._deliveries.add(family, len(key or b"") + len(value or b""), future)
        except MessageSizeTooLargeError:
            raise RejectedError(Violation(Reason.TOO_LARGE)) from None
        except KafkaError as error:
            raise self._delivery_error(type(error).__name__) from None
        if self._deliveries.failures:
            raise self._delivery_error()

    def flush(self) -> None:
        """Wait until Kafka has acknowledged every record sent.

        Raises :class:`DeliveryError` saying how many it did not acknowledge.
        """
        cause = ""
        try:
            self._open_producer().flush(self._patience_s)
        except KafkaError as error:
            cause = type(error).__name__
        self._deliveries.look_everywhere()
        if self._deliveries.unacknowledged:
            raise self._delivery_error(cause)

    def _open_producer(self) -> KafkaProducer:
        if self._producer is None:
            raise RuntimeError("a Publisher is used in a `with` block")
        return self._producer

    def _family(self, topic: str) -> str:
        """The family of a topic that is used for the first time, once it is known to exist."""
        if topic not in self._topics:
            self._topics = existing_topics(self._kafka)
        if topic not in self._topics:
            raise TopicMissingError(f"{topic} on {bootstrap(self._kafka)}")
        return self._families.setdefault(topic, family_of(topic))

    def _delivery_error(self, cause: str = "") -> DeliveryError:
        deliveries = self._deliveries
        deliveries.look_everywhere()
        causes = ", ".join(sorted({*deliveries.failures, *([cause] if cause else [])}))
        return DeliveryError(
            f"{bootstrap(self._kafka)} acknowledged {deliveries.acknowledged.total():,} records and did not "
            f"acknowledge {deliveries.unacknowledged:,}" + (f" ({causes})" if causes else ""),
            unacknowledged=deliveries.unacknowledged,
        )

    def _close(self) -> None:
        """Close the client. What is still on its way when a block fails gets a short time to arrive."""
        open_producer, self._producer = self._producer, None
        if open_producer is not None:
            close_producer(open_producer, SPARE_S)
