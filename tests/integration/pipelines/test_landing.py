"""From real Kafka into DuckDB: each record exactly once, whatever happens in between."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kafka import TopicPartition
from protected_events import POSITION, event, rejection

from orgpulse_pipelines.errors import ForeignClusterError
from orgpulse_pipelines.landing import consume, load
from orgpulse_pipelines.landing.load import land_family
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.clients import admin_client
from orgpulse_platform.errors import BrokerUnavailableError

pytestmark = pytest.mark.kafka
SLOW_LOAD = Path(__file__).parent / "processes" / "slow_load.py"


def land(settings, **options):
    with open_warehouse(settings) as connection:
        return land_family(connection, settings, "hr", **options)


def test_each_load_brings_what_came_since_the_last(clean_kafka, send_positions, count):
    send_positions(clean_kafka, range(100))
    assert land(clean_kafka).rows == {POSITION.name: 100}
    assert land(clean_kafka).rows == {}
    send_positions(clean_kafka, range(100, 130))
    assert land(clean_kafka).rows == {POSITION.name: 30}
    assert count(clean_kafka) == (130, 130)


def test_a_load_of_nothing_is_no_failure(clean_kafka):
    landed = land(clean_kafka)
    assert (landed.rows, landed.rejected, landed.quarantined, landed.notices) == ({}, 0, 0, [])


def test_broken_records_are_quarantined_and_rejections_land(clean_kafka, send):
    send(clean_kafka, [event(POSITION, 1), b"{broken", None, event(POSITION, 2)])
    send(clean_kafka, [rejection(POSITION, 3), rejection(POSITION, 4, "empty")], "rejected.hr")
    landed = land(clean_kafka)
    assert landed.rows == {POSITION.name: 2}
    assert (landed.rejected, landed.quarantined) == (2, 2)


def test_a_load_that_is_killed_loses_nothing_and_doubles_nothing(
    clean_kafka, send_positions, environment, count
):
    send_positions(clean_kafka, range(20_000))
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, str(SLOW_LOAD), "500"],
            env=environment(clean_kafka),
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            told = [process.stdout.readline().strip() for _ in range(5)]
            process.send_signal(signal.SIGKILL)
        assert told == ["committed"] * 5
    rows, events = count(clean_kafka)
    assert 7_500 <= rows == events < 20_000
    land(clean_kafka)
    assert count(clean_kafka) == (20_000, 20_000)


def test_a_broker_that_goes_in_the_middle_is_reported_and_the_next_load_goes_on(
    throwaway_kafka, send_positions, monkeypatch, count
):
    broker = throwaway_kafka()
    settings = broker.settings
    settings.kafka.request_timeout_ms = 4_000
    send_positions(settings, range(5_000))
    monkeypatch.setattr(consume, "BATCH_RECORDS", 500)
    # What is fetched ahead would outlive the broker: fetch no more than a batch.
    monkeypatch.setattr(
        consume,
        "FETCH",
        {"max_poll_records": 500, "max_partition_fetch_bytes": 50_000, "fetch_max_bytes": 50_000},
    )
    commit, committed = load.commit, []

    def commit_then_kill(*arguments):
        commit(*arguments)
        committed.append(True)
        if len(committed) == 2:
            broker.kill()

    monkeypatch.setattr(load, "commit", commit_then_kill)
    with pytest.raises(BrokerUnavailableError):
        land(settings)
    rows, events = count(settings)
    assert 0 < rows == events < 5_000
    broker.start()
    monkeypatch.setattr(load, "commit", commit)
    land(broker.settings)
    assert count(broker.settings) == (5_000, 5_000)


def test_a_topic_that_was_made_anew_is_named_and_read_from_its_start(
    clean_kafka, send_positions, empty, count
):
    send_positions(clean_kafka, range(50))
    land(clean_kafka)
    empty(clean_kafka, "events.hr")
    send_positions(clean_kafka, range(20, 70))
    landed = land(clean_kafka)
    assert any("events.hr" in notice for notice in landed.notices)
    assert landed.rows == {POSITION.name: 50}
    with open_warehouse(clean_kafka) as connection:
        stage_family(connection, "hr")
    assert count(clean_kafka, "staging") == (70, 70)


def test_the_state_of_another_cluster_is_refused_unless_it_is_adopted(
    clean_kafka, throwaway_kafka, send_positions, count
):
    send_positions(clean_kafka, range(10))
    land(clean_kafka)
    other = clean_kafka.model_copy(update={"kafka": throwaway_kafka().settings.kafka})
    send_positions(other, range(5, 15))
    with pytest.raises(ForeignClusterError):
        land(other)
    assert count(clean_kafka) == (10, 10)
    (notice,) = land(other, adopt_cluster=True).notices
    assert "Another Kafka cluster" in notice
    assert land(clean_kafka).notices == []
    assert count(clean_kafka) == (20, 15)


def test_watermarks_say_how_much_was_published_and_how_far_streams_had_come(clean_kafka, send):
    send(clean_kafka, [b"raw"] * 40, "raw.hr.pe-3")
    with open_warehouse(clean_kafka) as connection:
        land_family(connection, clean_kafka, "hr")
        totals = (
            "select sum(begin_offset), sum(processed_offset), sum(end_offset) from landing.raw_watermarks"
        )
        assert connection.execute(totals).fetchone() == (0, 0, 40)
        send(clean_kafka, [b"raw"] * 2, "raw.hr.pe-3")
        land_family(connection, clean_kafka, "hr")
        assert connection.execute(totals).fetchone() == (0, 0, 42)


def test_records_that_retention_removed_before_they_were_landed_are_named(clean_kafka, send_positions):
    send_positions(clean_kafka, range(60))
    admin = admin_client(clean_kafka.kafka)
    admin.delete_records({TopicPartition("events.hr", 0): 5})
    admin.close()
    landed = land(clean_kafka)
    assert landed.rows == {POSITION.name: 55}
    assert [notice for notice in landed.notices if "removed 5 records" in notice]


def test_a_topic_that_ends_before_what_was_landed_is_read_from_its_start(clean_kafka, send_positions, count):
    send_positions(clean_kafka, range(30))
    land(clean_kafka)
    with open_warehouse(clean_kafka) as connection:
        connection.execute(
            "update landing.offsets set next_offset = next_offset + 1000 where topic = 'events.hr'"
        )
    landed = land(clean_kafka)
    assert landed.rows == {POSITION.name: 30}
    assert any("read from its start" in notice for notice in landed.notices)
    assert count(clean_kafka) == (60, 30)
