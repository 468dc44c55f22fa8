"""A warehouse in memory, and batches landed in it without a broker."""

from collections.abc import Callable, Iterator

import duckdb
import pytest

from orgpulse_pipelines.landing.cluster import Cluster
from orgpulse_pipelines.landing.consume import Batch
from orgpulse_pipelines.landing.load import Landed, commit_renewed
from orgpulse_pipelines.landing.pseudonyms import OpenKeyring, no_keyring
from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_platform.erased import ErasedRegister
from orgpulse_platform.topics import rejected_topic
from orgpulse_schemas.registry import all_families

Land = Callable[..., Landed]


def cluster() -> Cluster:
    """A cluster on which every topic has the id ``id-of-<topic>``."""
    topics = [f"events.{family}" for family in all_families()]
    topics += [rejected_topic(family) for family in all_families()]
    return Cluster("cluster-1", {topic: f"id-of-{topic}" for topic in topics}, forgets=False)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in memory that has the landing tables of the family hr."""
    with duckdb.connect() as connection:
        create_landing_tables(connection, "hr")
        yield connection


@pytest.fixture
def land(connection: duckdb.DuckDBPyConnection) -> Land:
    """Commits batches of a family (hr, if none is named) as a load would."""

    def land(
        *batches: Batch,
        family: str = "hr",
        open_keyring: OpenKeyring = no_keyring,
        again: bool = False,
        erased: ErasedRegister | None = None,
    ) -> Landed:
        create_landing_tables(connection, family)
        landed = Landed(again=again)
        for one in batches:
            commit_renewed(connection, cluster(), family, one, landed, open_keyring, erased)
        return landed

    return land
