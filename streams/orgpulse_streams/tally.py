"""What a worker has done so far, in counts."""

import logging
import time
from collections import Counter
from collections.abc import Iterable
from typing import Final

from orgpulse_streams.logs import event
from orgpulse_streams.protect.records import ProtectedRecord

INTERVAL_S: Final = 5.0
"""At least this long between two lines of progress in the log, in seconds."""


class Tally:
    """Counts acknowledged events by the topic they went to, and rejected ones by reason."""

    def __init__(self) -> None:
        self._sent: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._next = time.monotonic() + INTERVAL_S

    def count(self, records: Iterable[ProtectedRecord]) -> None:
        """Add a batch that Kafka has and that is acknowledged; says in the log how far the worker is."""
        for record in records:
            self._sent[record.topic] += 1
            if record.reason is not None:
                self._reasons[record.reason.value] += 1
        if time.monotonic() >= self._next:
            self.report("progress")

    def report(self, message: str) -> None:
        """Write the counts to the log."""
        self._next = time.monotonic() + INTERVAL_S
        event(logging.INFO, message, sent=dict(self._sent), rejected=dict(self._reasons))
