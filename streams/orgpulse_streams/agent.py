"""Processing one batch after the other: protect, send, wait for Kafka, and only then acknowledge."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from orgpulse_streams.alarm import RejectionAlarm
from orgpulse_streams.protect.records import ProtectedRecord, RawRecord
from orgpulse_streams.tally import Tally

LINGER_S: Final = 0.1
"""How long a batch waits to fill up, in seconds."""

Transform = Callable[[RawRecord], ProtectedRecord]
"""What is done with each record."""


class Deliverer(Protocol):
    """Where a batch is sent."""

    async def deliver(self, records: Sequence[ProtectedRecord]) -> None:
        """Return when Kafka has all of them, or raise."""


class BatchAgent:
    """The one agent of a worker. Faust never acknowledges by itself: it would do so even after a failure.

    A failure is handed to whoever waits on :attr:`failure`. The agent then takes no further batch, since
    acknowledging a later one would commit past the one that failed.
    """

    def __init__(
        self, transform: Transform, output: Deliverer, alarm: RejectionAlarm, tally: Tally, batch_size: int
    ) -> None:
        self._transform = transform
        self._output = output
        self._alarm = alarm
        self._tally = tally
        self._batch_size = batch_size
        self._stopping = False
        self._busy = asyncio.Lock()
        self.failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Ends with the exception that stopped the agent."""

    async def run(self, stream: Any) -> None:
        """Process a Faust stream until the worker stops; one at a time, so that offsets stay in order."""
        async for events in stream.noack_take(self._batch_size, within=LINGER_S):
            async with self._busy:
                if self._stopping or self.failure.done():
                    return
                try:
                    await self._process(events)
                except Exception as error:
                    self.failure.set_exception(error)
                    return

    async def _process(self, events: Sequence[Any]) -> None:
        protected = [self._transform(raw_record(event.message)) for event in events]
        self._alarm.observe(len(protected), sum(record.reason is not None for record in protected))
        await self._output.deliver(protected)
        # No await between the acknowledgements: all of the batch or, if the worker is cancelled, none.
        for event in events:
            event.ack()
        self._tally.count(protected)

    async def finish(self) -> None:
        """Take no further batch, and wait until the one under way is acknowledged."""
        self._stopping = True
        async with self._busy:
            return


def raw_record(message: Any) -> RawRecord:
    """The record of a Faust message, whose time is in seconds."""
    return RawRecord(
        message.topic,
        message.partition,
        message.offset,
        -1 if message.timestamp is None else round(message.timestamp * 1000),
        message.headers or (),
        message.value,
        message.key,
    )
