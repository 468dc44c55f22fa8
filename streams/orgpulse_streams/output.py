"""Sending protected records: batches per partition, and certainty that Kafka has them before it returns."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import IncompatibleBrokerVersion, KafkaError, UnknownError, UnsupportedVersionError

from orgpulse_platform.clients import bootstrap
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.kafka_security import security_options
from orgpulse_platform.settings import Settings
from orgpulse_platform.topics import LARGEST_REJECTED
from orgpulse_streams.logs import event
from orgpulse_streams.partitioning import partition_for
from orgpulse_streams.protect.records import ProtectedRecord

MAX_BATCH_BYTES: Final = 262_144
FIRST_BACK_OFF_S: Final = 0.5

Destination = tuple[str, int]
"""An output topic and one of its partitions."""
Grouped = dict[Destination, list[ProtectedRecord]]


class Output:
    """Where protected records go. ``acks=all``, idempotent where the broker can do that."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._timeout_s = settings.kafka.request_timeout_ms / 1000
        self._producer: Any = None

    async def start(self) -> None:
        """Connect; raises :class:`BrokerUnavailableError`."""
        try:
            self._producer = await self._connected(idempotent=True)
        except (UnknownError, UnsupportedVersionError, IncompatibleBrokerVersion):
            event(logging.INFO, "the broker has no idempotent producer: a retry may send an event twice")
            self._producer = await self._connected(idempotent=False)

    async def _connected(self, *, idempotent: bool) -> Any:
        producer = AIOKafkaProducer(
            bootstrap_servers=bootstrap(self._settings.kafka).split(","),
            client_id="orgpulse-streams",
            acks="all",
            enable_idempotence=idempotent,
            max_batch_size=MAX_BATCH_BYTES,
            max_request_size=LARGEST_REJECTED,
            request_timeout_ms=self._settings.kafka.request_timeout_ms,
            **security_options(self._settings.kafka),
        )
        try:
            await asyncio.wait_for(producer.start(), 2 * self._timeout_s)
        except (UnknownError, UnsupportedVersionError, IncompatibleBrokerVersion):
            await producer.stop()
            raise
        except (KafkaError, TimeoutError) as error:
            await producer.stop()
            raise _unavailable(self._settings, type(error)) from None
        return producer

    async def stop(self) -> None:
        """Disconnect; whoever cancels this abandons what is under way, which nobody has acknowledged."""
        if self._producer is not None:
            await self._producer.stop()

    async def deliver(self, records: Sequence[ProtectedRecord]) -> None:
        """Send records and return when Kafka has all of them.

        Tries again in place, so that the order of a partition stays. Raises
        :class:`BrokerUnavailableError` when that does not help: then nothing must be acknowledged.
        """
        attempts = self._settings.streams.send_attempts
        try:
            # An idempotent producer tries for ever by itself: the time for all attempts bounds it.
            async with asyncio.timeout(attempts * self._timeout_s):
                pending = await self._grouped(records)
                for attempt in range(attempts):
                    if attempt:
                        event(logging.WARNING, "sending again", attempt=attempt + 1, partitions=len(pending))
                        await asyncio.sleep(FIRST_BACK_OFF_S * 2**attempt)
                    pending = await self._send(pending)
                    if not pending:
                        return
        except (KafkaError, TimeoutError) as error:
            raise _unavailable(self._settings, type(error)) from None
        raise _unavailable(self._settings, KafkaError)

    async def _grouped(self, records: Sequence[ProtectedRecord]) -> Grouped:
        partitions = {
            topic: sorted(await self._producer.partitions_for(topic))
            for topic in {record.topic for record in records}
        }
        grouped: Grouped = defaultdict(list)
        for record in records:
            grouped[record.topic, partition_for(record.key, partitions[record.topic])].append(record)
        return grouped

    async def _send(self, grouped: Grouped) -> Grouped:
        """Send to every partition at once; returns what Kafka does not have for certain."""
        results = await asyncio.gather(
            *(self._send_partition(destination, records) for destination, records in grouped.items())
        )
        return {destination: left for destination, left in zip(grouped, results, strict=True) if left}

    async def _send_partition(
        self, destination: Destination, records: list[ProtectedRecord]
    ) -> list[ProtectedRecord]:
        """Send to one partition; returns the records from the first that Kafka does not have for certain."""
        topic, partition = destination
        futures = []
        ends = []
        sent = 0
        while sent < len(records):
            batch = self._producer.create_batch()
            while sent < len(records) and batch.append(
                timestamp=None, key=records[sent].key, value=records[sent].value
            ):
                sent += 1
            batch.close()
            try:
                futures.append(await self._producer.send_batch(batch, topic, partition=partition))
            except KafkaError as error:
                event(logging.WARNING, "a batch was not taken", topic=topic, error=type(error).__name__)
                break
            ends.append(sent)
        outcomes = await asyncio.gather(*futures, return_exceptions=True)
        safe = 0
        for end, outcome in zip(ends, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                event(logging.WARNING, "a batch was not stored", topic=topic, error=type(outcome).__name__)
                break
            safe = end
        return records[safe:]


def _unavailable(settings: Settings, error: type[BaseException]) -> BrokerUnavailableError:
    return BrokerUnavailableError(f"{bootstrap(settings.kafka)} ({error.__name__})")
