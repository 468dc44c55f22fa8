"""One load of a family: every new record of its topics, exactly once, then the raw topics' watermarks."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import duckdb

from orgpulse_pipelines.landing.again import give_back_loads, take_out
from orgpulse_pipelines.landing.arrow import arrow_table
from orgpulse_pipelines.landing.cluster import Cluster, accept, identify
from orgpulse_pipelines.landing.consume import Batch, Reading
from orgpulse_pipelines.landing.offsets import Position, next_offsets, positions, store_offsets
from orgpulse_pipelines.landing.parse import insert_events, read_envelopes
from orgpulse_pipelines.landing.pseudonyms import (
    NewerKeyError,
    OpenKeyring,
    no_keyring,
    renew_arrived,
    renew_warehouse,
)
from orgpulse_pipelines.landing.rejections import insert_quarantine, insert_rejections
from orgpulse_pipelines.landing.tables import create_landing_tables, rows_landed
from orgpulse_pipelines.landing.unlinked import unlink_erased
from orgpulse_pipelines.landing.watermarks import raw_topics_of, record_watermarks
from orgpulse_pipelines.warehouse.catalog import transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.requests import fulfil, landing_of, requested
from orgpulse_pipelines.warehouse.versions import grow
from orgpulse_platform.erased import ErasedRegister, read_register
from orgpulse_platform.keyring import open_keyring
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import committed_offsets
from orgpulse_platform.topics import rejected_topic


@dataclass
class Landed:
    """What a load brought."""

    again: bool = False
    """Whether the topics are read from their start, because somebody asked for it."""
    rows: Counter[str] = field(default_factory=Counter[str])
    """New rows by contract name."""
    rejected: int = 0
    quarantined: int = 0
    replaced: int = 0
    """Rows among them that took the place of one that was there."""
    notices: list[str] = field(default_factory=list[str])
    """What people should know about the cluster and its topics."""
    total: int = 0
    """Rows of the family's landing tables afterwards."""
    positions: list[Position] = field(default_factory=list[Position])
    """How far each partition is landed now."""

    @property
    def new(self) -> int:
        """Rows that were not there before."""
        return self.rows.total() + self.rejected + self.quarantined - self.replaced


def land_family(
    connection: duckdb.DuckDBPyConnection, settings: Settings, family: str, *, adopt_cluster: bool = False
) -> Landed:
    """Land what is new on ``events.<family>`` and ``rejected.<family>``.

    Raises :class:`BrokerUnavailableError` if Kafka stops answering, :class:`ForeignClusterError` if the
    warehouse was loaded from another cluster, :class:`RegisterError` if it cannot be known who was erased.
    Whatever was committed before stays; the next load goes on from there. Where it was asked for, the topics
    are read from the first record that Kafka still keeps.
    """
    sources = [f"events.{family}", rejected_topic(family)]
    raw = raw_topics_of(family)
    erased = read_register(settings.folder)
    cluster = identify(settings, [*sources, *raw])
    with sql_errors(f"landing of {family}"):
        with transaction(connection):
            create_landing_tables(connection, family)
            again = requested(connection, landing_of(family)) is not None
        landed = Landed(again=again, notices=accept(connection, cluster, adopt=adopt_cluster))
        processed = committed_offsets(settings.kafka, settings.streams.group, raw)
        present = [topic for topic in sources if topic in cluster.topic_ids]
        stored = next_offsets(connection, cluster)
        reading = Reading(settings.kafka, present, stored, until_quiet=cluster.forgets, from_start=again)
        for batch in reading.batches():
            commit_renewed(
                connection, cluster, family, batch, landed, partial(open_keyring, settings), erased
            )
        landed.notices += reading.notices
        record_watermarks(connection, settings.kafka, cluster, family, processed)
        fulfil(connection, landing_of(family))
        landed.positions = positions(connection, cluster, present)
        landed.total = rows_landed(connection, family)
    return landed


def commit_renewed(  # noqa: PLR0913, PLR0917
    connection: duckdb.DuckDBPyConnection,
    cluster: Cluster,
    family: str,
    batch: Batch,
    landed: Landed,
    open_keyring: OpenKeyring,
    erased: ErasedRegister | None = None,
) -> None:
    """Commit a batch; if it is the first after a rotation of keys, renew the warehouse before."""
    try:
        commit(connection, cluster, family, batch, landed, open_keyring, erased)
    except NewerKeyError:
        rows = renew_warehouse(connection, open_keyring())
        landed.notices.append(f"The keys were rotated: pseudonyms were renewed in {rows:,} rows.")
        commit(connection, cluster, family, batch, landed, open_keyring, erased)


def commit(  # noqa: PLR0913, PLR0917
    connection: duckdb.DuckDBPyConnection,
    cluster: Cluster,
    family: str,
    batch: Batch,
    landed: Landed,
    open_keyring: OpenKeyring = no_keyring,
    erased: ErasedRegister | None = None,
) -> None:
    """Rows and next offsets in one transaction: both or neither; nobody who was erased comes back.

    Records that are read again take the place of the rows that they became before. Raises
    :class:`NewerKeyError` if the pseudonyms of the warehouse must be renewed first.
    """
    connection.register("arrived", arrow_table(batch))
    try:
        with transaction(connection):
            batch_id = _new_batch(connection, family, len(batch))
            read_envelopes(connection)
            unlink_erased(connection, family, erased)
            replaced = take_out(connection, family) if landed.again else 0
            rows = insert_events(connection, family, batch_id)
            renew_arrived(connection, family, batch_id, open_keyring)
            rejected = insert_rejections(connection, family, batch_id)
            quarantined = insert_quarantine(connection, batch_id)
            if replaced:
                give_back_loads(connection, family, batch_id)
            store_offsets(connection, cluster, batch.next_offsets)
            grow(connection, landing_of(family))
    finally:
        connection.unregister("arrived")
    landed.rows.update(rows)
    landed.rejected += rejected
    landed.quarantined += quarantined
    landed.replaced += replaced


def _new_batch(connection: duckdb.DuckDBPyConnection, family: str, records: int) -> int:
    row = connection.execute("select coalesce(max(batch_id), 0) + 1 from landing.batches").fetchone()
    batch_id = int(row[0]) if row else 1
    loaded_at = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(
        "insert into landing.batches values (?, ?, ?, ?)", [batch_id, family, loaded_at, records]
    )
    return batch_id
