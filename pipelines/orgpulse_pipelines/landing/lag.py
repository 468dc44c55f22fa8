"""How many records wait on the protected topics to be landed."""

from collections.abc import Iterable

from orgpulse_pipelines.landing.offsets import Position
from orgpulse_pipelines.landing.watermarks import begin_offsets
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topic_admin import end_offsets, topic_ids
from orgpulse_platform.topics import rejected_topic
from orgpulse_schemas.registry import all_families


def waiting(kafka: KafkaSettings, landed: Iterable[Position]) -> int:
    """Records on the topics of events and rejected events that lie behind what was landed.

    A topic that was made anew since waits from its first record on. Raises :class:`BrokerUnavailableError`.
    """
    families = all_families()
    topics = [*(f"events.{family}" for family in families), *map(rejected_topic, families)]
    ends = end_offsets(kafka, topics)
    begins = begin_offsets(kafka, list(ends))
    ids = topic_ids(kafka, topics)
    next_offsets = {
        (position.topic, position.partition): position.next_offset
        for position in landed
        if ids.get(position.topic) == position.topic_id
    }
    return sum(end - _start(begins[place], next_offsets.get(place, 0), end) for place, end in ends.items())


def _start(begin: int, landed: int, end: int) -> int:
    """From where on the next load reads: from the first record, if what was landed is no longer there."""
    return begin if landed > end else max(begin, landed)
