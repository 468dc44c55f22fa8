"""One connection to Kafka that ends at the first record it gives up, so that no later one overtakes it."""

import threading
import time
from contextlib import suppress
from typing import Any, Final

from orgpulse_platform.clients import (
    STOP_S,
    close_producer,
    delivery_timeout_ms,
    end_producer,
    give_up,
    producer,
)
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.publisher.record import Record
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topic_admin import existing_topics

LINGER_MS: Final = 2
"""How long the client waits for more records to send together, in milliseconds: a caller waits as well."""
LONGEST_PAUSE_MS: Final = 1_000
"""Longest pause between two attempts to reach a broker, in milliseconds."""
TOPICS_S: Final = 5.0
"""How long the list of topics is believed when a topic is not in it, in seconds."""


class Connection:
    """A producer with the topics that it may write to. Raises :class:`BrokerUnavailableError` when made."""

    def __init__(self, kafka: KafkaSettings, patience_s: float) -> None:
        self._kafka = kafka
        self._topics = existing_topics(kafka)
        self._topics_at = time.monotonic()
        self._stopped = threading.Event()
        self._client = producer(
            kafka,
            linger_ms=LINGER_MS,
            max_block_ms=int(patience_s * 1000),
            reconnect_backoff_max_ms=LONGEST_PAUSE_MS,
            delivery_timeout_ms=delivery_timeout_ms(kafka) + int(patience_s * 1000),
        )

    def has(self, topic: str) -> bool:
        """Whether the topic exists; asked of Kafka again now and then, for it may have been created since."""
        if topic not in self._topics and time.monotonic() - self._topics_at > TOPICS_S:
            with suppress(BrokerUnavailableError):  # the last answer stands until there is another
                self._topics = existing_topics(self._kafka)
            self._topics_at = time.monotonic()
        return topic in self._topics

    def send(self, record: Record) -> Any:
        """Send a record; the client's future of it. Raises :class:`KafkaError`."""
        future = self._client.send(record.topic, value=record.value, key=record.key)
        future.add_errback(self._given_up)
        return future

    def _given_up(self, _: BaseException) -> None:
        """In the client's thread, before it sends anything else."""
        if not self._stopped.is_set():
            self._stopped.set()
            give_up(self._client)

    def close(self) -> None:
        """End the client when nothing is on its way."""
        close_producer(self._client, STOP_S)

    def stop(self) -> None:
        """End the client at once. From then on no record is on its way: each future has its answer."""
        self._stopped.set()
        end_producer(self._client)
