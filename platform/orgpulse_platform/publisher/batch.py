"""A batch on its way to Kafka: which of its records Kafka has, and what became of the others."""

from collections.abc import Sequence
from typing import Any, Final, Self

from kafka.errors import (
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)

from orgpulse_platform.publisher.connection import Connection
from orgpulse_platform.publisher.event import Keeper
from orgpulse_platform.publisher.record import Record

_OF_THE_RECORD: Final = (
    InvalidTopicError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)
"""Errors that say nothing about the connection: waiting would not mend them."""


class Batch:
    """Records in the order of sending; those behind the first that could not be sent have no future."""

    def __init__(self, records: Sequence[Record], futures: Sequence[Any], cause: KafkaError | None) -> None:
        self._records = records
        self._futures = futures
        self._cause = cause
        self.settled = False
        """Whether it was decided who keeps its records."""
        self.keepers: list[Keeper] = []
        """Who keeps each record."""
        self.error: Exception | None = None
        """Why nobody keeps the records that Kafka has not."""

    @classmethod
    def sent(cls, connection: Connection, records: Sequence[Record]) -> Self:
        """Send the records until the connection takes no more."""
        futures: list[Any] = []
        try:
            for record in records:
                futures.append(connection.send(record))
        except KafkaError as error:
            return cls(records, futures, error)
        return cls(records, futures, None)

    def arrives(self, patience_s: float) -> bool:
        """Whether Kafka acknowledges all of it; waits ``patience_s`` for each next acknowledgement."""
        if self._cause is not None:
            return False
        for future in self._futures:
            if not future.is_done:
                try:
                    future.get(patience_s)
                except KafkaError:
                    return False
            if future.exception is not None:
                return False
        return True

    @property
    def arrived(self) -> list[bool]:
        """For each record whether Kafka has acknowledged it."""
        known = [future.is_done and future.exception is None for future in self._futures]
        return known + [False] * (len(self._records) - len(known))

    @property
    def cause(self) -> KafkaError | None:
        """Why it does not arrive: the reason that waiting cannot mend, if there is one."""
        found = [future.exception for future in self._futures if future.is_done and future.exception]
        causes = [*found, *([self._cause] if self._cause else [])]
        lasting = [cause for cause in causes if isinstance(cause, _OF_THE_RECORD)]
        return next(iter([*lasting, *causes]), None)

    @property
    def reason(self) -> str:
        """The name of the cause; a silent Kafka gives none."""
        return type(self.cause).__name__ if self.cause else "no answer"

    @property
    def refused(self) -> bool:
        """Whether Kafka refuses one of its records for what it is."""
        return isinstance(self.cause, _OF_THE_RECORD)

    @property
    def delivered(self) -> list[Record]:
        """The records that Kafka has."""
        return [record for record, there in zip(self._records, self.arrived, strict=True) if there]

    @property
    def left(self) -> list[Record]:
        """The records that Kafka has not acknowledged, in order."""
        return [record for record, there in zip(self._records, self.arrived, strict=True) if not there]
