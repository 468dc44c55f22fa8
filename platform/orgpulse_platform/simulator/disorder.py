"""Disorder on purpose: events published again, late, or after the one that should follow."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import Final

from orgpulse_platform.simulator.facts import DAY
from orgpulse_platform.simulator.faults import Published, Quota
from orgpulse_platform.simulator.scenario import Faults

DUPLICATE_AFTER: Final = (3600, 20 * DAY)
"""A duplicate follows its original after so many seconds of simulated time."""
PATIENCE: Final = 400 * DAY
"""How long an event waits to be overtaken by the next one of its key, in seconds of simulated time."""

Key = tuple[str, bytes | None]
"""Topic and record key: within them Kafka keeps the order."""


class Overtaking:
    """Notices which events held back are published after a later one of their key.

    Facts come in order, so that only what is held back can be overtaken: keys of which nothing is held back
    need not be remembered.
    """

    def __init__(self) -> None:
        self._held_back: dict[Key, int] = {}
        """How many events of a key are held back."""
        self._newest: dict[Key, int] = {}
        """When the newest published event of such a key happened."""

    def hold_back(self, item: Published) -> Published:
        """Remember an event that is published later."""
        key = _key(item)
        self._held_back[key] = self._held_back.get(key, 0) + 1
        self._newest.setdefault(key, item.at)
        return item

    def pass_by(self, item: Published) -> Published:
        """An event that is published as it comes."""
        key = _key(item)
        if key in self._newest:
            self._newest[key] = max(self._newest[key], item.at)
        return item

    def release(self, item: Published) -> Published:
        """An event that was held back and is published now."""
        key = _key(item)
        item.overtaken = self._newest[key] > item.at
        self._newest[key] = max(self._newest[key], item.at)
        self._held_back[key] -= 1
        if self._held_back[key] == 0:
            del self._held_back[key], self._newest[key]
        return item


class Disorder:
    """Publishes good events again, late, or in another order; broken ones pass as they come."""

    def __init__(self, faults: Faults, rng: Random) -> None:
        self._faults = faults
        self._rng = rng
        self._quota = Quota(rng)
        self._overtaking = Overtaking()
        self._held: list[tuple[int, int, Published, Key | None]] = []
        """A heap of events by due time and number, with the key whose next event each waits for, if any."""
        self._held_ever = 0
        self._overtaken: Published | None = None
        """An event that waits for any next one."""
        self._waiting: dict[Key, Published] = {}
        """Held events that wait for the next one of their key."""

    def disturb(self, stream: Iterable[Published]) -> Iterator[Published]:
        """The same records and the duplicates, in the order in which they are published."""
        for item in stream:
            yield from self._due(item.at)
            if item.reason is None:
                yield from self._pass(item)
            else:
                yield item
        if self._overtaken is not None:
            yield self._overtaking.release(self._overtaken)
        yield from self._due(None)

    def _pass(self, item: Published) -> Iterator[Published]:
        """A good event: held back, or published together with what waited for it."""
        key = _key(item)
        if self._hit(item, "late", self._faults.late):
            first, last = self._faults.late_by_days
            self._hold(self._overtaking.hold_back(item), self._rng.randint(first, last) * DAY)
        elif self._hit(item, "key", self._faults.swapped_with_next_of_key) and key not in self._waiting:
            self._waiting[key] = self._overtaking.hold_back(item)
            self._hold(item, PATIENCE, key)
        elif self._hit(item, "next", self._faults.swapped_with_next) and self._overtaken is None:
            self._overtaken = self._overtaking.hold_back(item)
        else:
            yield self._overtaking.pass_by(item)
            yield from self._overtaken_by(key)
            if self._hit(item, "duplicate", self._faults.duplicate):
                self._hold(replace(item, again=True), self._rng.randint(*DUPLICATE_AFTER))

    def _overtaken_by(self, key: Key) -> Iterator[Published]:
        """The events that waited for the one just published."""
        if self._overtaken is not None:
            yield self._overtaking.release(self._overtaken)
            self._overtaken = None
        waited = self._waiting.pop(key, None)
        if waited is not None:
            yield self._overtaking.release(waited)

    def _hit(self, item: Published, fault: str, share: float) -> bool:
        return self._quota.hits(item.family, fault, share)

    def _hold(self, item: Published, seconds: int, key: Key | None = None) -> None:
        self._held_ever += 1
        heapq.heappush(self._held, (item.at + seconds, self._held_ever, item, key))

    def _due(self, at: int | None) -> Iterator[Published]:
        """What was held back until now; without a time, everything."""
        while self._held and (at is None or self._held[0][0] <= at):
            _, _, item, key = heapq.heappop(self._held)
            if item.again:
                yield item
            elif key is None:
                yield self._overtaking.release(item)
            elif self._waiting.get(key) is item:
                yield self._overtaking.release(self._waiting.pop(key))


def _key(item: Published) -> Key:
    return item.record.topic, item.record.key
