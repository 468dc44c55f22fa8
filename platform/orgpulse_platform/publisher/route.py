"""The way of an event: to Kafka while it answers and nothing waits, else behind what waits in the spool."""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from kafka.errors import MessageSizeTooLargeError, RecordListTooLargeError

from orgpulse_platform.publisher.batch import Batch
from orgpulse_platform.publisher.connection import Connection
from orgpulse_platform.publisher.errors import DeliveryError, SpoolError, SpoolFullError
from orgpulse_platform.publisher.event import Keeper
from orgpulse_platform.publisher.record import Record
from orgpulse_platform.publisher.spool import Spool, Spooled
from orgpulse_platform.topics import family_of
from orgpulse_schemas.reasons import Reason, RejectedError, Violation

log = logging.getLogger("orgpulse.publisher")


@dataclass
class Route:
    """Decides under one lock, so that order is kept: a batch is in flight only while the spool is empty."""

    spool: Spool
    patience_s: float
    changed: threading.Condition = field(default_factory=threading.Condition)
    """The lock of everything here, notified whenever something changed."""
    connection: Connection | None = None
    obstacle: str = ""
    """Why Kafka does not take what waits; empty while it does."""
    acknowledged: Counter[str] = field(default_factory=Counter[str])
    """Records that Kafka has acknowledged, by family."""
    _in_flight: deque[Batch] = field(default_factory=deque[Batch])

    def hand_over(self, records: Sequence[Record], room_s: float) -> list[Keeper]:
        """Give records to Kafka or the spool, and wait until one of them has them; who keeps each.

        Raises :class:`SpoolFullError` if neither takes them within ``room_s``, :class:`RejectedError` or
        :class:`DeliveryError` if Kafka refuses one for what it is.
        """
        with self.changed:
            connection = self.connection
            if connection is None or self.spool.count:
                self._append_when_there_is_room(records, room_s)
                return [Keeper.SPOOL] * len(records)
            batch = Batch.sent(connection, records)
            self._in_flight.append(batch)
        arrived = False
        try:
            arrived = batch.arrives(self.patience_s)
        finally:
            self._settle(batch, connection, arrived)
        if batch.error is not None:
            raise batch.error
        return batch.keepers

    def fail_over(self, connection: Connection, cause: str) -> None:
        """Give up a connection: whatever it has not delivered goes to the spool, in the order of sending."""
        with self.changed:
            if connection is not self.connection:
                return
            self.obstacle = cause
            self._drop(connection)
        log.warning("Kafka does not take events (%s): they wait in the spool", cause)

    def close(self) -> None:
        """End the connection and the spool; what is in flight, after an interruption, goes to the spool."""
        with self.changed:
            connection = self.connection
            if connection is not None and self._in_flight:
                self._drop(connection)
            elif connection is not None:
                connection.close()
            self.connection = None
            self.spool.close()

    @property
    def empty(self) -> bool:
        """Whether Kafka has everything."""
        return not self.spool.count and not self._in_flight

    def connected(self, connection: Connection) -> None:
        """Use this connection from now on."""
        with self.changed:
            self.connection, self.obstacle = connection, ""
            self.changed.notify_all()
            waiting = self.spool.count
        if waiting:
            log.warning("Kafka answers: %d events leave the spool", waiting)

    def hindered(self, obstacle: str) -> None:
        """Take note of why nothing goes out."""
        with self.changed:
            self.obstacle = obstacle
            self.changed.notify_all()

    def delivered(self, items: Sequence[Spooled]) -> None:
        """Take out of the spool what Kafka has acknowledged."""
        with self.changed:
            self.spool.remove(items)
            self.obstacle = ""
            self._count([item.record for item in items])
            self.changed.notify_all()

    def _drop(self, connection: Connection) -> None:
        self.connection = None
        connection.stop()
        while self._in_flight:
            self._spool_what_is_left(self._in_flight.popleft())
        self.changed.notify_all()

    def _append_when_there_is_room(self, records: Sequence[Record], room_s: float) -> None:
        deadline = time.monotonic() + room_s
        while True:
            try:
                self.spool.append(records)
            except SpoolFullError:
                if not self.spool.count or time.monotonic() >= deadline:
                    raise
            else:
                self.changed.notify_all()
                return
            self.changed.wait(deadline - time.monotonic())

    def _settle(self, batch: Batch, connection: Connection, arrived: bool) -> None:
        with self.changed:
            if batch.settled:
                return
            if not arrived:
                self.fail_over(connection, batch.reason)
                return
            self._in_flight.remove(batch)
            batch.settled, batch.keepers = True, [Keeper.KAFKA] * len(batch.arrived)
            self._count(batch.delivered)

    def _spool_what_is_left(self, batch: Batch) -> None:
        batch.settled = True
        batch.keepers = [Keeper.KAFKA if there else Keeper.SPOOL for there in batch.arrived]
        self._count(batch.delivered)
        if batch.refused:
            batch.error = _refusal(batch)
            return
        try:
            self.spool.append(batch.left)
        except SpoolError as error:
            batch.error = error

    def _count(self, records: Sequence[Record]) -> None:
        self.acknowledged.update(family_of(record.topic) for record in records)


def _refusal(batch: Batch) -> Exception:
    if isinstance(batch.cause, MessageSizeTooLargeError | RecordListTooLargeError):
        return RejectedError(Violation(Reason.TOO_LARGE))
    return DeliveryError(f"Kafka refused a record ({batch.reason})", unacknowledged=len(batch.left))
