"""Which records Kafka has acknowledged, and how many may wait for it.

The Kafka client buffers without a limit, so the limit stands here: a broker that is slow or gone stops the
publisher instead of filling the memory. A callback for each record would cost more than sending it; instead
the oldest records are looked at now and then, since they are acknowledged more or less in order.
"""

from collections import Counter, deque
from typing import Any, Final

from kafka.errors import KafkaError

MOST_RECORDS: Final = 50_000
"""Records that may wait for their acknowledgement."""
MOST_BYTES: Final = 64_000_000
"""Bytes that may wait for their acknowledgement."""
LOOK_EVERY: Final = 2_000
"""Records between two looks at what was acknowledged."""


class Deliveries:
    """The records that were sent and what became of them; counts only, never a content."""

    def __init__(self, timeout_s: float) -> None:
        self.acknowledged: Counter[str] = Counter()
        """Acknowledged records by family."""
        self.failures: Counter[str] = Counter()
        """Records that were given up, by the name of Kafka's error."""
        self._waiting: deque[tuple[str, int, Any]] = deque()
        self._waiting_bytes = 0
        self._until_look = LOOK_EVERY
        self._timeout_s = timeout_s

    @property
    def unacknowledged(self) -> int:
        """Records that wait or were given up."""
        return len(self._waiting) + self.failures.total()

    def add(self, family: str, size: int, future: Any) -> None:
        """Take note of a record that was sent; waits for older ones if too much is on its way."""
        self._waiting.append((family, size, future))
        self._waiting_bytes += size
        self._until_look -= 1
        if self._until_look <= 0:
            self._until_look = LOOK_EVERY
            self.look()
        while len(self._waiting) > MOST_RECORDS or self._waiting_bytes > MOST_BYTES:
            self._await_oldest()

    def look(self) -> None:
        """Count what was acknowledged or given up, up to the oldest record that still waits."""
        waiting = self._waiting
        while waiting and waiting[0][2].is_done:
            self._settle(*waiting.popleft())

    def look_everywhere(self) -> None:
        """Count all that was acknowledged or given up, also behind a record that still waits."""
        for _ in range(len(self._waiting)):
            record = self._waiting.popleft()
            if record[2].is_done:
                self._settle(*record)
            else:
                self._waiting.append(record)

    def _await_oldest(self) -> None:
        future = self._waiting[0][2]
        try:
            future.get(self._timeout_s)
        except KafkaError:
            if not future.is_done:
                raise
        self.look()

    def _settle(self, family: str, size: int, future: Any) -> None:
        self._waiting_bytes -= size
        if future.exception is None:
            self.acknowledged[family] += 1
        else:
            self.failures[type(future.exception).__name__] += 1
