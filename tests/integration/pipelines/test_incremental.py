"""Load by load comes out as all at once: every table, to the row, whatever order the events arrived in."""

import random
from collections import defaultdict

import duckdb
import pytest
from protected_events import ARRIVED_MS

from orgpulse_pipelines.landing.cluster import Cluster
from orgpulse_pipelines.landing.consume import Batch
from orgpulse_pipelines.landing.load import Landed, commit
from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.modelling import load_models
from orgpulse_pipelines.modelling.currency import bring_up_to_date
from orgpulse_pipelines.reconciliation.rejected_events import REJECTED_EVENTS, create_rejected_events
from orgpulse_pipelines.staging.code_lists import CODE_TABLES
from orgpulse_pipelines.staging.contract_fields import CONTRACT_FIELDS, create_contract_fields
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.staging.lineage import LINEAGE, create_lineage
from orgpulse_pipelines.staging.repeated_events import REPEATED_EVENTS, create_repeated_events
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.warehouse.requests import landing_of
from orgpulse_pipelines.warehouse.versions import follow
from orgpulse_platform.keyring import create_keyring
from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_platform.topics import rejected_topic
from orgpulse_schemas.registry import all_families
from orgpulse_streams.protect.records import RawRecord
from orgpulse_streams.protect.transform import Protection

SCALE = 0.01
LOADS = 2
TOPICS = [topic for family in all_families() for topic in (f"events.{family}", rejected_topic(family))]
CLUSTER = Cluster("cluster", {topic: topic for topic in TOPICS}, forgets=False)
OWN = {
    LINEAGE: (create_lineage, tuple(map(staging_table, staged_contracts()))),
    REJECTED_EVENTS: (create_rejected_events, tuple(map(landing_of, all_families()))),
    REPEATED_EVENTS: (create_repeated_events, tuple(map(landing_of, all_families()))),
    CONTRACT_FIELDS: (create_contract_fields, ()),
    **{table.name: (table.create, ()) for table in CODE_TABLES},
}
"""What the platform makes without a model folder, how, and from what."""


class Record:
    """A record as a Kafka client gives it."""

    timestamp = ARRIVED_MS

    def __init__(self, offset, value):
        self.offset, self.value = offset, value


@pytest.fixture(scope="module")
def protected(tmp_path_factory):
    """The protected records of a small organisation by family, in an order that no clock has seen."""
    protection = Protection(create_keyring(tmp_path_factory.mktemp("keyring") / "keyring.json"))
    found = defaultdict(list)
    for position, record in enumerate(Simulation(7, SCALE).records()):
        raw = RawRecord(record.topic, 0, position, ARRIVED_MS, [], record.value, record.key)
        made = protection(raw)
        found[made.topic.partition(".")[2]].append((made.topic, made.value))
    for records in found.values():
        random.Random(7).shuffle(records)
    return found


def land(connection, family, records, first):
    """Land records as one load."""
    create_landing_tables(connection, family)
    batch = Batch()
    for offset, (topic, value) in enumerate(records, start=first):
        batch.add(topic, 0, [Record(offset, value)])
    if batch:
        commit(connection, CLUSTER, family, batch, Landed())


def build(connection):
    """Everything after landing and before the indicators; the models that had to be built."""
    for family in all_families():
        stage_family(connection, family)
    for table, (create, inputs) in OWN.items():
        create(connection)
        follow(connection, table, inputs)
    return [model.name for model in load_models() if bring_up_to_date(connection, model).built]


def contents(connection):
    """Every table of staging and of the models; by which load an event came is no content."""
    tables = [staging_table(about) for about in staged_contracts()]
    return {
        name: connection.execute(f"select count(*), sum(hash(rows)) from ({selected}) as rows").fetchone()
        for name, selected in [
            *((table, f"select * exclude (batch_id) from {table}") for table in tables),
            *((model.name, f"from {model.name}") for model in load_models()),
        ]
    }


def test_load_by_load_comes_out_as_all_at_once(protected):
    with duckdb.connect() as stepwise, duckdb.connect() as at_once:
        built = []
        for step in range(LOADS):
            for family in all_families():
                records = protected[family]
                part = -(-len(records) // LOADS)
                land(stepwise, family, records[step * part : (step + 1) * part], step * part)
            built.append(build(stepwise))
        for family in all_families():
            land(at_once, family, protected[family], 0)
        build(at_once)
        assert len(built[0]) == len(load_models())
        assert build(stepwise) == []
        one, other = contents(stepwise), contents(at_once)
        assert {name for name in one if one[name] != other[name]} == set()
        assert sum(rows for rows, _ in one.values()) > 10_000


def test_events_of_one_family_leave_the_models_of_others_alone(protected):
    with duckdb.connect() as connection:
        for family in all_families():
            records = protected[family] if family != "ict" else protected[family][:-20]
            land(connection, family, records, 0)
        build(connection)
        land(connection, "ict", protected["ict"][-20:], len(protected["ict"]) - 20)
        built = build(connection)
    assert any(name.startswith("core.fact_") for name in built)
    assert "core.person_history" not in built
    assert len(built) < len(load_models()) / 3
