"""When a batch is acknowledged, and when not."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_schemas.reasons import Reason
from orgpulse_streams.agent import BatchAgent, raw_record
from orgpulse_streams.alarm import RejectionAlarm
from orgpulse_streams.errors import RunawayRejectionsError
from orgpulse_streams.protect.records import ProtectedRecord, RawRecord
from orgpulse_streams.tally import Tally


class Event:
    def __init__(self, offset: int) -> None:
        self.message = SimpleNamespace(
            topic="raw.hr.pe-3",
            partition=0,
            offset=offset,
            timestamp=1.5,
            headers=None,
            value=b"{}",
            key=b"P1",
        )
        self.acked = False

    def ack(self) -> None:
        self.acked = True


@dataclass
class Stream:
    batches: list[list[Event]]

    async def noack_take(self, size: int, within: float) -> AsyncIterator[list[Event]]:
        for batch in self.batches:
            yield batch

    def acked(self) -> list[bool]:
        return [event.acked for batch in self.batches for event in batch]


@dataclass
class Kafka:
    """Takes batches until it is told to fail; knows what was acknowledged before it had them."""

    fail_at: int = -1
    held: asyncio.Event | None = None
    taken: list[Sequence[ProtectedRecord]] = field(default_factory=list[Sequence[ProtectedRecord]])

    async def deliver(self, records: Sequence[ProtectedRecord]) -> None:
        if len(self.taken) == self.fail_at:
            raise BrokerUnavailableError("gone")
        if self.held is not None:
            await self.held.wait()
        self.taken.append(records)


def stream() -> Stream:
    return Stream([[Event(0), Event(1)], [Event(2), Event(3)], [Event(4)]])


def good(record: RawRecord) -> ProtectedRecord:
    return ProtectedRecord("events.hr", b"k", b"v")


def bad(record: RawRecord) -> ProtectedRecord:
    return ProtectedRecord("rejected.hr", None, b"v", Reason.EMPTY)


def agent(kafka: Kafka, transform: Any = good, window: int = 100) -> BatchAgent:
    return BatchAgent(transform, kafka, RejectionAlarm(0.5, window), Tally(), batch_size=2)


def test_batches_are_acknowledged_once_kafka_has_them() -> None:
    async def scenario() -> None:
        events, kafka = stream(), Kafka(held=asyncio.Event())
        running = asyncio.create_task(agent(kafka).run(events))
        await asyncio.sleep(0.01)
        assert not any(events.acked())
        assert kafka.held is not None
        kafka.held.set()
        await running
        assert all(events.acked())

    asyncio.run(scenario())


def test_batch_that_kafka_does_not_take_is_not_acknowledged_nor_is_any_later_one() -> None:
    async def scenario() -> None:
        events, kafka = stream(), Kafka(fail_at=1)
        worker = agent(kafka)
        await worker.run(events)
        assert events.acked() == [True, True, False, False, False]
        with pytest.raises(BrokerUnavailableError):
            worker.failure.result()

    asyncio.run(scenario())


def test_batch_that_crosses_the_rejection_limit_is_neither_sent_nor_acknowledged() -> None:
    async def scenario() -> None:
        events, kafka = stream(), Kafka()
        worker = agent(kafka, bad, window=3)
        await worker.run(events)
        assert events.acked() == [True, True, False, False, False]
        assert len(kafka.taken) == 1
        with pytest.raises(RunawayRejectionsError):
            worker.failure.result()

    asyncio.run(scenario())


def test_stopping_worker_finishes_the_batch_under_way_and_takes_no_other() -> None:
    async def scenario() -> None:
        events, kafka = stream(), Kafka(held=asyncio.Event())
        worker = agent(kafka)
        running = asyncio.create_task(worker.run(events))
        await asyncio.sleep(0.01)
        finishing = asyncio.create_task(worker.finish())
        await asyncio.sleep(0.01)
        assert not finishing.done()
        assert kafka.held is not None
        kafka.held.set()
        await finishing
        await running
        assert events.acked() == [True, True, False, False, False]

    asyncio.run(scenario())


def test_cancelled_worker_acknowledges_nothing_of_the_batch_under_way() -> None:
    async def scenario() -> None:
        events, kafka = stream(), Kafka(held=asyncio.Event())
        running = asyncio.create_task(agent(kafka).run(events))
        await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.wait([running])
        assert not any(events.acked())

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("seconds", "milliseconds"), [(None, -1), (-0.001, -1), (1577880000.123, 1577880000123)]
)
def test_arrival_is_read_to_the_millisecond(seconds: float | None, milliseconds: int) -> None:
    event = Event(7)
    event.message.timestamp = seconds
    assert raw_record(event.message) == RawRecord("raw.hr.pe-3", 0, 7, milliseconds, (), b"{}", b"P1")
