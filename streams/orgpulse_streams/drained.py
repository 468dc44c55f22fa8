"""Is everything done? What the group has committed, against what the raw topics hold."""

from dataclasses import dataclass
from typing import Final

from kafka import TopicPartition

from orgpulse_platform.clients import broker_errors, consumer
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import committed_offsets, end_offsets
from orgpulse_platform.topics import raw_topics

SURE_AFTER: Final = 3
"""How many looks in a row must find nothing left and nothing new done: the end offset that the embedded
broker tells can lag behind what it holds, and only a worker that has nothing to do commits nothing any more.
"""


Offsets = dict[tuple[str, int], int]
"""An offset by topic and partition."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the group is, in events over all raw topics."""

    done: int
    """Events that the group has committed and the topics still hold."""
    total: int
    """Events that the topics hold."""

    @property
    def left(self) -> int:
        """Events that are still to be done."""
        return self.total - self.done


def measure_lag(settings: Settings) -> Lag:
    """How far the group is; raises :class:`~orgpulse_platform.errors.BrokerUnavailableError`."""
    topics = raw_topics()
    committed = committed_offsets(settings.kafka, settings.streams.group, topics)
    ends = end_offsets(settings.kafka, topics)
    starts = _start_offsets(settings, list(ends))
    return lag_of(starts, ends, committed)


def lag_of(starts: Offsets, ends: Offsets, committed: Offsets) -> Lag:
    """The lag from the first offset of each partition, the one after the last, and the committed ones."""
    reached = {place: max(committed.get(place, 0), start) for place, start in starts.items()}
    done = sum(reached[place] - start for place, start in starts.items())
    left = sum(max(end - reached[place], 0) for place, end in ends.items())
    return Lag(done=done, total=done + left)


def _start_offsets(settings: Settings, places: list[tuple[str, int]]) -> Offsets:
    """Where each partition begins: what retention has removed is not waited for."""
    client = consumer(settings.kafka)
    try:
        with broker_errors(settings.kafka):
            found = client.beginning_offsets([TopicPartition(*place) for place in places])
    finally:
        client.close()
    return {(partition.topic, partition.partition): offset for partition, offset in found.items()}


class DrainWatch:
    """Decides from one look after the other whether the raw topics are drained."""

    def __init__(self) -> None:
        self._empty_looks = 0
        self._done = -1

    def drained(self, lag: Lag) -> bool:
        """Whether nothing is left, for sure."""
        quiet = lag.left == 0 and lag.done == self._done
        self._done = lag.done
        self._empty_looks = self._empty_looks + 1 if quiet else 0
        return self._empty_looks >= SURE_AFTER - 1
