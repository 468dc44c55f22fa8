"""Publishing a simulation: all records arrive, the ledger says what they are, and failures are clear."""

import os
import subprocess
import sys
from collections import Counter

import orjson
import pytest
import typer
from typer.testing import CliRunner

from orgpulse_platform import ledger
from orgpulse_platform.clients import consumer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.settings import Settings
from orgpulse_platform.simulator.command import register
from orgpulse_platform.simulator.publication import Progress, publish_simulation
from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_platform.topic_admin import end_offsets
from orgpulse_platform.topics import family_of, raw_topics

NOWHERE = "127.0.0.1:1"
ON_A_FULL_DISK = """
import resource
from orgpulse_platform.cli.main import run

resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))  # no file may grow beyond
run()
"""


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
        simulation, clean_kafka, Progress(publishing=lambda *told: reported.append(told))
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
def test_progress_counts_the_facts_invented_then_the_records_sent(clean_kafka):
    simulation = Simulation(14, 0.1)
    invented: list[int] = []
    reported: list[tuple[int, int]] = []

    publish_simulation(
        simulation,
        clean_kafka,
        Progress(lambda facts: invented.append((facts, len(reported))), lambda *told: reported.append(told)),
    )

    assert invented == [(10_000, 0), (20_000, 0)]
    assert [sent for sent, _ in reported] == [1_000 * (number + 1) for number in range(len(reported))]
    assert len({planned for _, planned in reported}) == 1
    assert 20_000 < reported[-1][1] < 30_000


@pytest.mark.kafka
def test_a_disk_too_small_for_the_facts_is_said_and_nothing_is_published(clean_kafka: Settings, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, "simulate", "--seed", "15", "--scale", "1.5"],
        env={
            **os.environ,
            "ORGPULSE_STATE": str(tmp_path / "state"),
            "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(clean_kafka.kafka.bootstrap_servers),
            "COLUMNS": "300",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "The state folder cannot be used" in done.stderr
    assert f"{tmp_path}/state: File too large" in done.stderr
    assert "Free space" in done.stderr
    assert "Traceback" not in done.stderr
    assert sum(end_offsets(clean_kafka.kafka, raw_topics()).values()) == 0
    assert list((tmp_path / "state").iterdir()) == []


@pytest.mark.kafka
def test_events_of_one_person_share_a_partition_so_that_they_stay_in_order(clean_kafka):
    publish_simulation(Simulation(12, 0.005), clean_kafka)
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


@pytest.mark.parametrize("scale", ["0", "-1", "59"])
def test_a_scale_that_numbers_cannot_hold_is_refused(app, scale):
    result = CliRunner().invoke(app, ["simulate", "--scale", scale])

    assert result.exit_code == 2
