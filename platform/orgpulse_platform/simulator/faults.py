"""Faults on purpose: which events are hit, and broken events among the good ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from orgpulse_platform.simulator.breakage import Breaker
from orgpulse_platform.simulator.facts import Fact
from orgpulse_platform.simulator.records import Identities, SimulatedRecord, render
from orgpulse_platform.simulator.scenario import Faults
from orgpulse_schemas.reasons import Reason


@dataclass(slots=True)
class Published:
    """A record on its way, with what the simulation knows about it."""

    record: SimulatedRecord
    family: str
    at: int
    """When it happened, in seconds since 1970 (UTC)."""
    reason: Reason | None = None
    """Why it will be rejected; nothing for a good event."""
    again: bool = False
    """Whether it is a duplicate."""
    overtaken: bool = False
    """Whether one of its key that happened later was published before."""


class Quota:
    """Lets a fixed share of a family's events be hit, evenly, beginning at a random one."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._due: dict[tuple[str, str], float] = {}

    def hits(self, family: str, fault: str, share: float) -> bool:
        """Whether this event of the family has the fault."""
        due = self._due.get((family, fault))
        due = (self._rng.random() if due is None else due) + share
        self._due[family, fault] = due % 1.0
        return due >= 1.0


def with_broken(
    facts: Iterable[Fact], faults: Faults, identities: Identities, rng: Random
) -> Iterator[Published]:
    """Every fact as a record, and now and then a broken copy of it, with an id of its own."""
    breaker, quota = Breaker(rng), Quota(rng)
    for fact in facts:
        about = fact.about
        record = SimulatedRecord(about.raw_topic, fact.key, render(fact, identities.next()))
        yield Published(record, about.family, fact.at)
        for reason, share in faults.broken.items():
            if quota.hits(about.family, reason, share):
                value = breaker.broken(fact, reason, identities.next())
                broken = SimulatedRecord(about.raw_topic, fact.key, value)
                yield Published(broken, about.family, fact.at, reason)
