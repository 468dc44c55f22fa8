"""Which partition of an output topic a record goes to: the same as every other Kafka client would choose."""

import random
from collections.abc import Sequence
from functools import lru_cache

from aiokafka.partitioner import murmur2


@lru_cache(maxsize=65_536)
def _hash(key: bytes) -> int:
    """Kafka's positive murmur2 hash. Keys are protected values, and come back again and again."""
    return int(murmur2(key)) & 0x7FFFFFFF


def partition_for(key: bytes | None, partitions: Sequence[int]) -> int:
    """The partition for a key among all of the topic's, in order; any of them for a record without key."""
    if key is None:
        return random.choice(partitions)  # noqa: S311 - spreads load, guards nothing
    return partitions[_hash(key) % len(partitions)]
