"""From a fact to the Kafka record that carries it: a structured CloudEvent, rendered without validation.

A test validates every record of a small simulation, so that production need not: rendering is what limits
how fast a simulation runs.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

import orjson

from orgpulse_platform.simulator.facts import Fact


@dataclass(slots=True)
class SimulatedRecord:
    """A Kafka record of the simulation."""

    topic: str
    key: bytes | None
    value: bytes
    timestamp_ms: int | None = None
    """Kafka's own time of the record. Nothing: the clock of arrival, since retention counts from this time
    and would remove the history at once."""


class Identities:
    """Event ids that depend on the seed and a sequence alone, and tell neither."""

    def __init__(self, seed: int, scale: float) -> None:
        self._key = f"{seed}:{scale!r}".encode()[:64]
        self._sequence = 0

    def next(self) -> str:
        """The next id: a UUID of version 8 (RFC 9562: bits of the application's own making)."""
        self._sequence += 1
        text = blake2b(b"%d" % self._sequence, digest_size=16, key=self._key).hexdigest()
        return f"{text[:8]}-{text[8:12]}-8{text[13:16]}-a{text[17:20]}-{text[20:]}"


def render(
    fact: Fact, id_: str, *, type_: str | None = None, time: str | None = None, data: bytes | None = None
) -> bytes:
    """The event as JSON; type, time and data are the fact's own unless given."""
    about = fact.about
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": id_,
            "source": about.system.uri,
            "type": type_ or about.event_type,
            "time": time or datetime.fromtimestamp(fact.at, UTC),
            **about.classification.attributes,
            "datacontenttype": "application/json",
            "data": orjson.Fragment(fact.data if data is None else data),
        },
        option=orjson.OPT_UTC_Z,
    )
