"""The alarm that stops the streams rather than divert all traffic to the rejected topics."""

from collections import deque

from orgpulse_streams.errors import RunawayRejectionsError


class RejectionAlarm:
    """Watches the share of rejected events over a window of recent ones.

    It stays silent until a whole window has passed, so that a few broken events at the start are no alarm.
    """

    def __init__(self, max_ratio: float, window: int) -> None:
        self._max_ratio = max_ratio
        self._window = window
        self._batches: deque[tuple[int, int]] = deque()
        self._events = 0
        self._rejected = 0

    def observe(self, events: int, rejected: int) -> None:
        """Count a batch; raises :class:`RunawayRejectionsError` when it crosses the limit."""
        self._batches.append((events, rejected))
        self._events += events
        self._rejected += rejected
        while self._events - self._batches[0][0] >= self._window:
            oldest_events, oldest_rejected = self._batches.popleft()
            self._events -= oldest_events
            self._rejected -= oldest_rejected
        if self._events >= self._window and self._rejected > self._max_ratio * self._events:
            raise RunawayRejectionsError(
                f"{self._rejected} of the last {self._events} events, "
                f"where at most {self._max_ratio:.0%} are allowed"
            )
