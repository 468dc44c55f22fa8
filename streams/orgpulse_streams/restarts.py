"""When a worker that ended is started again, and when not any more."""

from typing import Final

FIRST_BACK_OFF_S: Final = 1.0
LONGEST_BACK_OFF_S: Final = 15.0
SETTLED_S: Final = 60.0
"""A worker that ran this long, in seconds, has started well: earlier failures are forgotten."""


class RestartPolicy:
    """Back-off between restarts, and a bound on those that follow each other quickly."""

    def __init__(self, rapid_restarts: int) -> None:
        self._allowed = rapid_restarts
        self._rapid = 0

    def delay_after(self, ran_s: float) -> float | None:
        """Seconds to wait before the next start of a worker that ran so long; nothing to give up."""
        if ran_s >= SETTLED_S:
            self._rapid = 0
        if self._rapid >= self._allowed:
            return None
        self._rapid += 1
        return min(FIRST_BACK_OFF_S * 2.0 ** (self._rapid - 1), LONGEST_BACK_OFF_S)
