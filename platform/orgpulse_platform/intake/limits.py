"""What one source system, and all of them together, may ask of the intake."""

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Final

MOST_EVENT_BYTES: Final = 1_000_000
"""Largest request with one event, in bytes."""
MOST_BATCH_BYTES: Final = 5_000_000
"""Largest request with a batch, in bytes."""
MOST_BATCH_EVENTS: Final = 10_000
"""Most events in one batch: an answer is written for each."""
BODY_S: Final = 30.0
"""How long a request may take to arrive, in seconds."""


class Rates:
    """A token bucket for each source system, counted in events.

    A request is let in while its bucket is not empty; what a batch takes beyond that is owed, and the system
    waits until it is made good. So a batch need not fit into what is left.
    """

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = defaultdict(lambda: (float(burst), clock()))

    def wait_s(self, system: str) -> float:
        """How long this system must wait before its next event, in seconds; 0 if it need not."""
        missing = 1 - self._level(system)
        return max(0.0, missing / self._per_second)

    def take(self, system: str, events: int) -> None:
        """Count events of this system."""
        self._buckets[system] = (self._level(system) - events, self._clock())

    def _level(self, system: str) -> float:
        level, at = self._buckets[system]
        return min(self._burst, level + (self._clock() - at) * self._per_second)


class Room:
    """Room for so much and no more: bytes or records that the process holds at one time."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._most = most

    @property
    def taken(self) -> int:
        """How much is in use."""
        return self._most - self._left

    def take(self, amount: int) -> bool:
        """Take some, unless too little is left."""
        if amount > self._left:
            return False
        self._left -= amount
        return True

    def give_back(self, amount: int) -> None:
        """Return what was taken."""
        self._left += amount
