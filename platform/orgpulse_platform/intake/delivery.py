"""From the event loop to Kafka and back: records go out through one thread, acknowledgements come in.

The Kafka client is synchronous: connecting and looking up a topic wait. One thread does that for all
requests, so that records of many requests travel together, and a broker that does not answer holds up nobody
but those who wait for it. Whatever happens, a record's future has an answer after ``acknowledge_ms``.
"""

import asyncio
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from queue import SimpleQueue
from typing import Any, Final

from kafka import KafkaProducer
from kafka.errors import KafkaError, MessageSizeTooLargeError, TopicAuthorizationFailedError

from orgpulse_platform.clients import close_producer, producer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.intake.limits import Room
from orgpulse_platform.intake.logs import event
from orgpulse_platform.intake.problems import Problem, ProblemError
from orgpulse_platform.publisher import Record
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topic_admin import existing_topics

LINGER_MS: Final = 5
"""How long the client waits for more records to send together, in milliseconds."""
MOST_RECORDS: Final = 50_000
"""Records that may be on their way."""
MOST_BYTES: Final = 64_000_000
"""Bytes that may be on their way."""
RETRY_S: Final = 5.0
"""After how many seconds a sender may try again when Kafka is away."""
TOPICS_S: Final = 5.0
"""How long the list of topics is believed when a topic is not in it, in seconds."""
CLOSE_S: Final = 5.0
"""How long what is on its way may take to arrive when the intake ends, in seconds."""

_OF_THE_RECORD: Final = (MessageSizeTooLargeError, TopicAuthorizationFailedError)
"""Errors that say nothing about the connection."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Where Kafka keeps a record."""

    topic: str
    partition: int
    offset: int
    received_at: datetime
    """Kafka's own time of arrival, in UTC."""


Outcome = asyncio.Future[Acknowledged]


@dataclass(slots=True, repr=False)
class _Sending:
    record: Record
    size: int
    outcome: Outcome
    timer: asyncio.TimerHandle | None = None


@dataclass
class _Connection:
    """The producer of the moment and the topics it may write to; used by the delivery thread alone."""

    client: KafkaProducer
    topics: frozenset[str]
    topics_at: float
    broken: threading.Event = field(default_factory=threading.Event)
    """Set when a record was given up: a new connection finds out sooner whether Kafka is back."""


class Delivery:
    """Sends records; made and used on the event loop."""

    def __init__(self, kafka: KafkaSettings, acknowledge_ms: int) -> None:
        patience = min(kafka.request_timeout_ms, acknowledge_ms // 2)
        self._kafka = kafka.model_copy(update={"request_timeout_ms": patience})
        self._acknowledge_ms = acknowledge_ms
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[_Sending | None] = SimpleQueue()
        self._records = Room(MOST_RECORDS)
        self._bytes = Room(MOST_BYTES)
        self._connection: _Connection | None = None
        self._thread = threading.Thread(target=self._work, name="intake-delivery", daemon=True)
        self._thread.start()

    def send(self, record: Record) -> Outcome:
        """Send a record; the future holds its place once every in-sync replica has it.

        It fails with :class:`ProblemError` when Kafka is away, the topic is missing, or too much is on its
        way. The record may have arrived all the same: its identity is what makes sending again safe.
        """
        outcome: Outcome = self._loop.create_future()
        sending = _Sending(record, len(record.value) + len(record.key), outcome)
        if not self._take_room(sending):
            outcome.set_exception(ProblemError(Problem.BUSY, retry_after_s=1))
            return outcome
        sending.timer = self._loop.call_later(self._acknowledge_ms / 1000, self._give_up, sending)
        self._queue.put(sending)
        return outcome

    async def close(self) -> None:
        """Wait a moment for what is on its way, then end the thread and the client."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join, 2 * CLOSE_S)

    def _take_room(self, sending: _Sending) -> bool:
        if not self._records.take(1):
            return False
        if not self._bytes.take(sending.size):
            self._records.give_back(1)
            return False
        return True

    # On the event loop.

    def _give_up(self, sending: _Sending) -> None:
        """Time is up; the room stays taken until the client lets go of the record."""
        if not sending.outcome.done():
            sending.outcome.set_exception(_not_acknowledged())

    def _settle(self, sending: _Sending, result: Acknowledged | ProblemError) -> None:
        self._records.give_back(1)
        self._bytes.give_back(sending.size)
        if sending.timer is not None:
            sending.timer.cancel()
        if sending.outcome.done():
            return
        if isinstance(result, ProblemError):
            sending.outcome.set_exception(result)
        else:
            sending.outcome.set_result(result)

    # In the delivery thread, and in the client's own.

    def _report(self, sending: _Sending, result: Acknowledged | ProblemError) -> None:
        with suppress(RuntimeError):  # the event loop has ended: nobody waits any more
            self._loop.call_soon_threadsafe(self._settle, sending, result)

    def _work(self) -> None:
        while (sending := self._queue.get()) is not None:
            try:
                self._hand_over(sending)
            except ProblemError as problem:
                self._report(sending, problem)
            except Exception as error:  # the one thread of all requests must outlive any of them
                event("delivery failed", level="error", error=type(error).__name__)
                self._disconnect(0)
                self._report(sending, _not_acknowledged())
        self._disconnect(CLOSE_S)

    def _hand_over(self, sending: _Sending) -> None:
        if sending.outcome.done():  # given up while it waited here
            raise _not_acknowledged()
        record = sending.record
        try:
            connection = self._connected(record.topic)
            future = connection.client.send(record.topic, value=record.value, key=record.key)
        except BrokerUnavailableError:
            self._fail_waiting()
            raise _not_acknowledged() from None
        except MessageSizeTooLargeError:
            raise ProblemError(Problem.TOO_LARGE) from None
        except KafkaError as error:
            event("kafka did not take a record", level="warning", error=type(error).__name__)
            self._disconnect(0)
            raise _not_acknowledged() from None
        future.add_callback(partial(self._acknowledged, sending))
        future.add_errback(partial(self._refused, sending, connection.broken))

    def _acknowledged(self, sending: _Sending, metadata: Any) -> None:
        received_at = datetime.fromtimestamp(metadata.timestamp / 1000, UTC)
        self._report(sending, Acknowledged(metadata.topic, metadata.partition, metadata.offset, received_at))

    def _refused(self, sending: _Sending, broken: threading.Event, error: BaseException) -> None:
        if not broken.is_set():  # once for each connection: when Kafka goes away, thousands may wait
            event("kafka did not acknowledge a record", level="warning", error=type(error).__name__)
        if not isinstance(error, _OF_THE_RECORD):
            broken.set()
        self._report(sending, _not_acknowledged())

    def _connected(self, topic: str) -> _Connection:
        """The connection, made anew after a failure; raises :class:`BrokerUnavailableError`."""
        if self._connection is not None and self._connection.broken.is_set():
            self._disconnect(0)
        connection = self._connection
        if connection is None:
            topics = existing_topics(self._kafka)
            client = producer(
                self._kafka,
                linger_ms=LINGER_MS,
                delivery_timeout_ms=self._acknowledge_ms,
            )
            self._connection = connection = _Connection(client, topics, time.monotonic())
        if topic not in connection.topics and time.monotonic() - connection.topics_at > TOPICS_S:
            connection.topics, connection.topics_at = existing_topics(self._kafka), time.monotonic()
        if topic not in connection.topics:  # asking the client for it would hold up everybody else
            event("a topic is missing", level="error", topic=topic)
            raise ProblemError(Problem.TOPIC_MISSING, retry_after_s=RETRY_S)
        return connection

    def _fail_waiting(self) -> None:
        """Kafka is away: whoever waits behind this record would only wait for the same answer."""
        event("kafka does not answer", level="warning", waiting=self._queue.qsize())
        for _ in range(self._queue.qsize()):
            sending = self._queue.get()
            if sending is None:
                self._queue.put(None)
                return
            self._report(sending, _not_acknowledged())

    def _disconnect(self, patience_s: float) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            close_producer(connection.client, patience_s)


def _not_acknowledged() -> ProblemError:
    return ProblemError(Problem.NOT_ACKNOWLEDGED, retry_after_s=RETRY_S)
