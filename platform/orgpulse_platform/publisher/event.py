"""An event to be published, and what the publisher says once somebody answers for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from orgpulse_platform.publisher.record import Record, record_of
from orgpulse_schemas.contract import Contract


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """One event of a batch. It holds personal data, so it shows none of it when printed."""

    payload: Contract
    time: datetime
    """When it happened, with a time zone."""
    id: str | None = None
    """CloudEvents id; without one the event gets a random id and cannot be recognised when it comes again."""


class Keeper(StrEnum):
    """Who answers for an event from now on."""

    KAFKA = "kafka"
    """Every in-sync replica has it."""
    SPOOL = "spool"
    """It is on this machine's disk, behind all that waits there, and goes to Kafka by itself."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The promise that an event will not be lost."""

    id: str
    """CloudEvents id of the event."""
    kept_by: Keeper


def records_of(events: Iterable[Event]) -> list[Record]:
    """The records of a batch; raises :class:`RejectedError` if any event does not meet its contract."""
    return [record_of(event.payload, time=event.time, id=event.id) for event in events]
