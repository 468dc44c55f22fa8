"""What identifies the cluster and topics that are loaded: stored offsets mean nothing elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import duckdb

from orgpulse_pipelines.errors import ForeignClusterError
from orgpulse_platform.broker.address import last_address
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import cluster_identity, topic_ids

ADOPT_CLUSTER: Final = "orgpulse/adopt_cluster"
"""Tag of a run that may load another cluster than the one loaded before."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cluster that answers, and the topics on it."""

    id: str
    topic_ids: Mapping[str, str]
    """Topic id by name, for each topic that exists."""
    forgets: bool
    """Whether it keeps nothing when it stops, as the embedded broker does."""


def identify(settings: Settings, topics: list[str]) -> Cluster:
    """Ask the cluster who it is; raises :class:`BrokerUnavailableError`."""
    address = last_address(settings.folder.broker)
    embedded = (
        address is not None
        and address.kind == "embedded"
        and address.bootstrap == settings.kafka.bootstrap_servers
    )
    return Cluster(cluster_identity(settings.kafka), topic_ids(settings.kafka, topics), embedded)


def accept(connection: duckdb.DuckDBPyConnection, cluster: Cluster, *, adopt: bool) -> list[str]:
    """What people should know about a change of cluster or topics since the last load.

    Raises :class:`ForeignClusterError` if the warehouse was loaded from another cluster, unless that cluster
    forgets by nature or the new one is adopted.
    """
    rows = connection.execute("select distinct cluster_id, topic, topic_id from landing.offsets").fetchall()
    known = {cluster_id for cluster_id, _, _ in rows}
    if known and cluster.id not in known:
        if not (adopt or cluster.forgets):
            raise ForeignClusterError(f"loaded from {', '.join(sorted(known))}, but {cluster.id} answers")
        return [f"Another Kafka cluster ({cluster.id}) answers: its topics are read from their start."]
    stored = {(topic, topic_id) for cluster_id, topic, topic_id in rows if cluster_id == cluster.id}
    named = {topic for topic, _ in stored}
    return [
        f"The topic {topic} was made anew: it is read from its start."
        for topic, topic_id in sorted(cluster.topic_ids.items())
        if topic in named and (topic, topic_id) not in stored
    ]
