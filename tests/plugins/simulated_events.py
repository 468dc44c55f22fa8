"""The events of a simulated organisation, protected and landed without a broker."""

from collections import defaultdict
from collections.abc import Callable

import duckdb

from orgpulse_pipelines.landing.cluster import Cluster
from orgpulse_pipelines.landing.consume import Batch
from orgpulse_pipelines.landing.load import Landed, commit
from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_platform.keyring import create_keyring
from orgpulse_platform.settings import Settings
from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_platform.topics import rejected_topic
from orgpulse_schemas.registry import all_families
from orgpulse_streams.protect.records import RawRecord
from orgpulse_streams.protect.transform import Protection

ARRIVED_MS = 1_600_000_000_000
"""When all of them arrived, unless it is told: in September 2020, after the years that are simulated."""


def as_it_is(value: bytes) -> bytes:
    """The event as the source system sent it."""
    return value


def land_simulated(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    scale: float,
    change: Callable[[bytes], bytes] = as_it_is,
    arrived_ms: int = ARRIVED_MS,
) -> None:
    """Land the events of one simulation; a source system may send them changed."""
    topics = [topic for family in all_families() for topic in (f"events.{family}", rejected_topic(family))]
    cluster = Cluster("simulated", {topic: topic for topic in topics}, forgets=False)
    protection = Protection(create_keyring(settings.folder.keyring))
    for family in all_families():
        create_landing_tables(connection, family)
    batches: dict[str, Batch] = defaultdict(Batch)
    offsets: dict[str, int] = defaultdict(int)

    class Record:
        timestamp = arrived_ms

        def __init__(self, offset: int, value: bytes) -> None:
            self.offset, self.value = offset, value

    simulation = Simulation(1, scale)
    for position, record in enumerate(simulation.records()):
        raw = RawRecord(record.topic, 0, position, arrived_ms, [], change(record.value), record.key)
        protected = protection(raw)
        family = protected.topic.partition(".")[2]
        batches[family].add(protected.topic, 0, [Record(offsets[protected.topic], protected.value)])
        offsets[protected.topic] += 1
        if batches[family].full:
            commit(connection, cluster, family, batches.pop(family), Landed())
    for family, batch in batches.items():
        commit(connection, cluster, family, batch, Landed())
    simulation.close()
