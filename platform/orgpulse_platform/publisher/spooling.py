"""A publisher that survives an unreachable Kafka: what Kafka does not take waits on disk, in order."""

import logging
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from orgpulse_platform.clients import bootstrap, delivery_timeout_ms
from orgpulse_platform.publisher.courier import Courier
from orgpulse_platform.publisher.errors import SpoolError, StillSpooledError, TopicMissingError
from orgpulse_platform.publisher.event import Event, Receipt, records_of
from orgpulse_platform.publisher.record import Record
from orgpulse_platform.publisher.route import Route
from orgpulse_platform.publisher.spool import Spool
from orgpulse_platform.settings import KafkaSettings
from orgpulse_schemas.contract import Contract

LIMIT_BYTES: Final = 256_000_000
"""Content that waits at most unless another limit is given, in bytes."""

log = logging.getLogger("orgpulse.publisher")


class SpoolingPublisher:
    """Publishes events; when a call returns, Kafka has them or the disk has them, as the receipt says.

    A context manager, for any number of threads of one process. ``folder`` is the spool, on a local disk, for
    one process at a time. Events of one key keep their order. After a crash some may be sent again, under the
    same ids, by which they count once.

    ``patience_s``: how long Kafka may take before events go to the spool. ``room_s``: how long a call waits
    for room in a full spool. ``key``: 32 bytes that encrypt what waits.

    Entering raises :class:`SpoolInUseError`, :class:`SpoolKeyError` or :class:`SpoolError`, and
    :class:`BrokerUnavailableError` if no address of Kafka is set; not if Kafka does not answer.
    """

    def __init__(  # noqa: PLR0913 - each has a good default
        self,
        kafka: KafkaSettings,
        folder: Path,
        *,
        limit_bytes: int = LIMIT_BYTES,
        patience_s: float = 5.0,
        room_s: float = 5.0,
        key: bytes | None = None,
    ) -> None:
        self._kafka = kafka
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._patience_s = patience_s
        self._room_s = room_s
        self._key = key
        self._flush_s = delivery_timeout_ms(kafka) / 1000
        self._route: Route | None = None
        self._courier: Courier | None = None

    @property
    def acknowledged(self) -> Counter[str]:
        """Records that Kafka has acknowledged since the spool was opened, by family."""
        with self._open_route.changed:
            return Counter(self._open_route.acknowledged)

    @property
    def spooled(self) -> int:
        """Events that wait on disk."""
        return self._open_route.spool.count

    def __enter__(self) -> Self:
        bootstrap(self._kafka)
        spool = Spool(self._folder, self._limit_bytes, self._key)
        if spool.interrupted:
            log.warning("the last process did not close the spool; %d events wait in it", spool.found)
        self._route = Route(spool, self._patience_s)
        self._courier = Courier(self._kafka, self._route)
        self._courier.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        route, courier = self._open_route, self._courier
        if kind is None:
            self._wait_while_it_empties(route)
        if courier is not None:
            courier.stop()
        self._route, self._courier = None, None
        try:
            route.close()
        except SpoolError:
            if kind is None:
                raise
        if route.spool.count:
            log.warning("%d events stay in the spool until a process opens it again", route.spool.count)

    def publish(self, payload: Contract, *, time: datetime, id: str | None = None) -> Receipt:
        """Publish an event that happened at ``time`` (with a time zone).

        Raises :class:`RejectedError` for an event that does not meet its contract, :class:`SpoolFullError` if
        neither Kafka nor the spool takes it, :class:`TopicMissingError` if Kafka is known to lack the topic,
        :class:`DeliveryError` if Kafka refuses it. After an error publish it again under the same id.
        """
        return self.publish_many([Event(payload, time, id)])[0]

    def publish_many(self, events: Iterable[Event]) -> list[Receipt]:
        """Publish a batch, much faster than one by one; raises as :meth:`publish` does.

        No event is sent unless all meet their contracts. The batch is held in memory and must fit the spool.
        """
        records = records_of(events)
        if not records:
            return []
        self._check_topics(records)
        keepers = self._open_route.hand_over(records, self._room_s)
        return [Receipt(record.id, keeper) for record, keeper in zip(records, keepers, strict=True)]

    def flush(self, timeout_s: float | None = None) -> None:
        """Wait until Kafka has everything, for as long as a delivery may take unless told otherwise.

        Raises :class:`StillSpooledError` saying how many events wait in the spool, and why.
        """
        route = self._open_route
        with route.changed:
            patience = self._flush_s if timeout_s is None else timeout_s
            if not route.changed.wait_for(lambda: route.empty, patience):
                raise StillSpooledError(
                    f"{route.spool.count:,} in {self._folder} ({route.obstacle or 'on their way'})",
                    unacknowledged=route.spool.count,
                )

    @property
    def _open_route(self) -> Route:
        if self._route is None:
            raise RuntimeError("a SpoolingPublisher is used in a `with` block")
        return self._route

    def _check_topics(self, records: Sequence[Record]) -> None:
        connection = self._open_route.connection
        if connection is None:
            return
        for topic in {record.topic for record in records}:
            if not connection.has(topic):
                raise TopicMissingError(f"{topic} on {bootstrap(self._kafka)}")

    def _wait_while_it_empties(self, route: Route) -> None:
        """What waits goes out before the block ends, as long as Kafka takes it."""
        with route.changed:
            while route.spool.count and not route.obstacle:
                before, since = route.spool.count, time.monotonic()
                route.changed.wait_for(
                    lambda: route.spool.count < before or route.obstacle,  # noqa: B023 - waited for at once
                    self._patience_s,
                )
                if route.spool.count == before and time.monotonic() - since >= self._patience_s:
                    return
