"""Publishing a simulation: all records arrive, the ledger says what they are, and failures are clear."""

from collections import Counter

import orjson
import pytest
import typer
from typer.testing import CliRunner

from orgpulse_platform import ledger
from orgpulse_platform.clients import consumer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.simulator import Simulation
from orgpulse_platform.simulator.command import register
from orgpulse_platform.simulator.publication import publish_simulation
from orgpulse_platform.topic_admin import end_offsets
from orgpulse_platform.topics import family_of, raw_topics

NOWHERE = "127.0.0.1:1"


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return app


@pytest.mark.kafka
def test_all_records_reach_their_topics_and_the_ledger_says_what_they_are(clean_kafka):
    simulation = Simulation(11, 0.02)
    reported: list[tuple[int, int]] = []

    entry = publish_simulation(
        simulation, clean_kafka, lambda sent, planned: reported.append((sent, planned))
    )

    arrived: Counter[str] = Counter()
    for (topic, _), end in end_offsets(clean_kafka.kafka, raw_topics()).items():
        arrived[family_of(topic)] += end
    assert +arrived == simulation.expected.published == entry.published
    assert [entry] == ledger.read(clean_kafka.folder.ledger)
    assert (entry.publisher, entry.dataset) == ("simulator", "iom_2019 seed=11 scale=0.02")
    assert entry.kept == simulation.expected.kept
    assert entry.duplicates == simulation.expected.duplicates
    assert entry.rejected == simulation.expected.rejected
    assert reported[0][0] == 1_000
    assert reported[-1][0] == pytest.approx(reported[-1][1], rel=0.4)


@pytest.mark.kafka
def test_events_of_one_person_share_a_partition_so_that_they_stay_in_order(clean_kafka):
    publish_simulation(Simulation(12, 0.005), clean_kafka, lambda *_: None)
    reader = consumer(clean_kafka.kafka, consumer_timeout_ms=3_000)
    reader.subscribe(["raw.hr.pe-3"])

    partitions: dict[bytes, set[int]] = {}
    for record in reader:
        partitions.setdefault(record.key, set()).add(record.partition)
    reader.close()

    assert len(partitions) > 50
    assert all(len(found) == 1 for found in partitions.values())


@pytest.mark.kafka
def test_the_command_publishes_and_prints_one_json_document(app, clean_kafka, monkeypatch):
    monkeypatch.setenv("ORGPULSE_STATE", str(clean_kafka.state))
    monkeypatch.setenv("ORGPULSE_KAFKA__BOOTSTRAP_SERVERS", clean_kafka.kafka.bootstrap_servers)

    result = CliRunner().invoke(app, ["simulate", "--seed", "13", "--scale", "0.005", "--json"])

    assert result.exit_code == 0
    document = orjson.loads(result.stdout)
    assert document["dataset"] == "iom_2019 seed=13 scale=0.005"
    assert sum(document["published"].values()) > 500
    assert "broken on purpose" in result.stderr


def test_without_a_broker_the_command_says_so_and_the_ledger_stays_empty(app, settings, monkeypatch):
    monkeypatch.setenv("ORGPULSE_STATE", str(settings.state))
    monkeypatch.setenv("ORGPULSE_KAFKA__BOOTSTRAP_SERVERS", NOWHERE)
    monkeypatch.setenv("ORGPULSE_KAFKA__REQUEST_TIMEOUT_MS", "1000")

    result = CliRunner().invoke(app, ["simulate", "--scale", "0.001"])

    assert isinstance(result.exception, BrokerUnavailableError)
    assert ledger.read(settings.folder.ledger) == []


@pytest.mark.parametrize("scale", ["0", "-1", "11"])
def test_a_scale_that_numbers_cannot_hold_is_refused(app, scale):
    result = CliRunner().invoke(app, ["simulate", "--scale", scale])

    assert result.exit_code == 2
