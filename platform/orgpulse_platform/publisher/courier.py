"""The thread that looks for Kafka and carries there, in order, what waits in the spool."""

import logging
import threading
from typing import Final

from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.publisher.batch import Batch
from orgpulse_platform.publisher.connection import Connection
from orgpulse_platform.publisher.route import Route
from orgpulse_platform.settings import KafkaSettings

MOST_RECORDS: Final = 500
"""Records that leave the spool together; after a crash as many may be sent again, under the same ids."""
MOST_BYTES: Final = 4_000_000
"""Bytes that leave the spool together, about."""
RETRY_S: Final = 1.0
"""Pause after something went wrong, in seconds; it doubles while Kafka answers but takes nothing."""
LONGEST_PAUSE_S: Final = 8.0
"""Longest pause, in seconds."""

log = logging.getLogger("orgpulse.publisher")


class Courier:
    """Works from :meth:`start` to :meth:`stop`."""

    def __init__(self, kafka: KafkaSettings, route: Route) -> None:
        self._kafka = kafka
        self._route = route
        self._stopping = threading.Event()
        self._pause_s = RETRY_S
        self._thread = threading.Thread(target=self._work, name="orgpulse-courier", daemon=True)

    def start(self) -> None:
        """Begin, and return when it is known whether Kafka answers, at the latest when patience ends."""
        self._thread.start()
        with self._route.changed:
            self._route.changed.wait_for(
                lambda: self._route.connection is not None or self._route.obstacle, self._route.patience_s
            )

    def stop(self) -> None:
        """End after the records that are on their way. A search for Kafka ends by itself, somewhat later."""
        self._stopping.set()
        with self._route.changed:
            self._route.changed.notify_all()
        self._thread.join(2 * self._route.patience_s)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                obstacle = self._step()
            except Exception as error:  # the events stay in the spool; a later attempt may succeed
                obstacle = type(error).__name__
                log.error("the spool could not be emptied (%s)", obstacle)
            if obstacle:
                self._route.hindered(obstacle)
                self._stopping.wait(self._pause_s)

    def _step(self) -> str:
        """Wait for something to do and do it; why it could not be done."""
        route = self._route
        with route.changed:
            route.changed.wait_for(
                lambda: self._stopping.is_set() or route.connection is None or route.spool.count
            )
            connection = route.connection
        if self._stopping.is_set():
            return ""
        if connection is None:
            return self._connect()
        obstacle = carry(route, connection)
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S) if obstacle else RETRY_S
        return obstacle

    def _connect(self) -> str:
        try:
            connection = Connection(self._kafka, self._route.patience_s)
        except BrokerUnavailableError as error:
            return error.detail
        if self._stopping.is_set():
            connection.close()
        else:
            self._route.connected(connection)
        return ""


def carry(route: Route, connection: Connection) -> str:
    """Send what is next in the spool and take out what has arrived; why the rest has not."""
    with route.changed:
        items = route.spool.oldest(MOST_RECORDS, MOST_BYTES)
    missing = {item.record.topic for item in items if not connection.has(item.record.topic)}
    if missing:
        return f"the topic {min(missing)} does not exist"
    batch = Batch.sent(connection, [item.record for item in items])
    complete = batch.arrives(route.patience_s)
    cause = batch.reason
    if not complete:
        connection.stop()  # what it has delivered is certain only now
    delivered = [item for item, there in zip(items, batch.arrived, strict=True) if there]
    if delivered:
        route.delivered(delivered)
    if complete:
        return ""
    route.fail_over(connection, cause)
    return cause
