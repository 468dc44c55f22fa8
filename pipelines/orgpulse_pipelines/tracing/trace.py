"""The trace of one event, put together from Kafka and from the published file."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from orgpulse_schemas.reasons import MEANINGS, Reason


class Outcome(StrEnum):
    """What the streams made of a record."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WAITING = "waiting"
    """The streams have not come to it yet."""


@dataclass(frozen=True, slots=True)
class Received:
    """The event as it stands on a raw topic; it may stand there several times."""

    origin: str
    topic: str
    partition: int
    offset: int
    arrived: datetime | None
    """When Kafka received it, in UTC; nothing if Kafka does not say."""
    replayed_from: str | None
    """Where it had been rejected, if it was replayed."""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Rejected:
    """A rejection of the event."""

    origin: str
    reason: str
    path: str
    contract: str | None
    found_on: str
    """``kafka`` or ``publication``."""

    def document(self) -> dict[str, Any]:
        """The rejection for scripts, with what its reason means."""
        meaning = MEANINGS[Reason(self.reason)]
        return {
            "id": self.origin,
            "reason": self.reason,
            "path": self.path,
            "contract": self.contract,
            "found_on": self.found_on,
            "meaning": meaning.meaning,
            "mended_by": meaning.mended_by,
            "replay_helps": meaning.replay_helps,
        }


@dataclass(frozen=True, slots=True)
class Landed:
    """Where the protected event stands that the warehouse keeps."""

    contract: str
    topic: str
    partition: int
    offset: int
    origin: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class InTable:
    """A table of the publication that holds the event: it was found there by its identity."""

    table: str
    column: str
    rows: int

    def document(self) -> dict[str, Any]:
        """The table for scripts."""
        return {
            "id": f"{self.table}.{self.column}",
            "table": self.table,
            "column": self.column,
            "rows": self.rows,
        }


@dataclass(frozen=True, slots=True)
class FedTable:
    """A table of the warehouse that is made from events of the event's contract; no row was looked for."""

    table: str
    published: bool
    people: bool = False
    """Whether its rows are about single people, which is why it is not published."""

    def document(self) -> dict[str, Any]:
        """The table for scripts."""
        return {"id": self.table, "table": self.table, "published": self.published, "people": self.people}


@dataclass
class Trace:
    """Everything that was found."""

    source: str
    identity: uuid.UUID | None = None
    """Keyed identity of the event; unknown without a keyring."""
    publication: str | None = None
    """The publication that was searched, if there is one."""
    received: list[Received] = field(default_factory=list[Received])
    rejected: list[Rejected] = field(default_factory=list[Rejected])
    landed: Landed | None = None
    tables: list[InTable] = field(default_factory=list[InTable])
    """Tables of the publication that hold a row with the event's identity."""
    fed_tables: list[FedTable] = field(default_factory=list[FedTable])
    """Tables made from events of its contract, whether or not a row of theirs comes from this one."""
    notices: list[str] = field(default_factory=list[str])
    """What could not be searched, and why."""

    @property
    def found(self) -> bool:
        """Whether anything is known of the event."""
        return bool(self.received or self.rejected or self.landed)

    @property
    def status(self) -> str:
        """The last that is known of the event, in one word."""
        outcomes = {one.outcome for one in self.received}
        if self.landed:
            return "landed"
        for outcome in (Outcome.ACCEPTED, Outcome.WAITING):
            if outcome in outcomes:
                return outcome.value
        return Outcome.REJECTED.value if self.rejected else "not_found"

    def document(self) -> dict[str, Any]:
        """The trace for scripts. The id that was asked for is not repeated: it may name a person."""
        return {
            "id": None if self.identity is None else str(self.identity),
            "source": self.source,
            "status": self.status,
            "received": [
                {
                    "id": one.origin,
                    "topic": one.topic,
                    "partition": one.partition,
                    "offset": one.offset,
                    "arrived": None if one.arrived is None else one.arrived.isoformat(),
                    "replayed_from": one.replayed_from,
                    "outcome": one.outcome.value,
                }
                for one in self.received
            ],
            "rejected": [one.document() for one in self.rejected],
            "landed": None if self.landed is None else _landed(self.landed),
            "tables": [one.document() for one in self.tables],
            "fed_tables": [one.document() for one in self.fed_tables],
            "publication": self.publication,
            "notices": self.notices,
        }


def _landed(landed: Landed) -> dict[str, Any]:
    return {
        "contract": landed.contract,
        "topic": landed.topic,
        "partition": landed.partition,
        "offset": landed.offset,
        "origin": landed.origin,
        "occurred_at": landed.occurred_at.isoformat(),
    }
