"""Tables are made anew from landing or from Kafka, to the row, while readers keep what they have."""

import json
import signal
import subprocess
import sys

import pytest
from kafka import TopicPartition
from protected_events import POSITION, event, rejection
from whole_platform import CLI

from orgpulse_pipelines.landing.load import land_family
from orgpulse_pipelines.runs.rebuild import plan_table, run_rebuild
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.requests import landing_of, request, requested
from orgpulse_platform.clients import admin_client

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]

STAGED = f"staging.{POSITION.name}"
LANDED = f"landing.{POSITION.name}"
OF_BUILDS = ("landing.batches", "meta.table_version", "meta.built_from", "meta.publication_history")
"""Tables that tell of builds rather than of events."""


def contents(settings):
    """How many rows each table has, and what they hold whatever their order."""
    with open_warehouse(settings) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where not temporary order by all"
        ).fetchall()
        return {
            name: connection.execute(f"select count(*), sum(hash(rows)) from {name} as rows").fetchone()
            for (name,) in names
            if name not in OF_BUILDS
        }


def change(settings, sql):
    """Do what nobody should, and what a rebuild mends."""
    with open_warehouse(settings) as connection:
        connection.execute(sql)


def land(settings, *, again=False):
    with open_warehouse(settings) as connection:
        if again:
            request(connection, [landing_of("hr")])
        return land_family(connection, settings, "hr")


def test_topics_that_are_read_again_change_no_row(clean_kafka, send):
    send(clean_kafka, [*(event(POSITION, one) for one in range(50)), event(POSITION, 7), b"{broken"])
    land(clean_kafka)
    send(clean_kafka, [event(POSITION, one) for one in range(40, 60)])
    send(clean_kafka, [rejection(POSITION, 5_000)], "rejected.hr")
    land(clean_kafka)
    before = contents(clean_kafka)
    landed = land(clean_kafka, again=True)
    assert contents(clean_kafka) == before
    assert (landed.rows[POSITION.name], landed.replaced, landed.new) == (71, 73, 0)
    assert land(clean_kafka).rows == {}


def test_what_kafka_still_has_is_mended_and_what_it_has_removed_stays(clean_kafka, send_positions, count):
    send_positions(clean_kafka, range(60))
    land(clean_kafka)
    admin = admin_client(clean_kafka.kafka)
    admin.delete_records({TopicPartition("events.hr", 0): 5})
    admin.close()
    change(clean_kafka, f"delete from {LANDED} where \"partition\" = 1; update {LANDED} set grade = 'D2'")
    landed = land(clean_kafka, again=True)
    assert landed.notices == []
    assert count(clean_kafka) == (60, 60)
    with open_warehouse(clean_kafka) as connection:
        kept = connection.execute(
            f'select "partition", "offset" from {LANDED} where grade = \'D2\' order by all'
        ).fetchall()
        assert requested(connection, landing_of("hr")) is None
    assert kept == [(0, offset) for offset in range(5)]


def test_a_topic_that_was_made_anew_takes_no_row_of_the_old_one(clean_kafka, send_positions, empty, count):
    send_positions(clean_kafka, range(30))
    land(clean_kafka)
    empty(clean_kafka, "events.hr")
    send_positions(clean_kafka, range(100, 130))
    land(clean_kafka, again=True)
    assert count(clean_kafka) == (60, 60)


def test_a_rebuild_that_is_killed_has_published_nothing_and_the_next_build_finishes_it(platform):
    before, first = contents(platform.settings), platform.publication()
    change(platform.settings, f'delete from {STAGED}; delete from {LANDED} where "partition" = 1')
    change(platform.settings, f"insert into {LANDED} select * from {LANDED} limit 10")
    arguments = [sys.executable, *CLI, "rebuild", "--everything", "--from", "kafka"]
    with subprocess.Popen(arguments, env=platform.environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while "Landing" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    assert platform.publication() == first
    assert platform.published_events() == platform.sent
    finished = platform.run("build")
    assert finished.returncode == 0, finished.stderr
    after = contents(platform.settings)
    assert {name for name in before if after[name] != before[name]} <= {
        LANDED,  # what was lost came back under the number of a new load
        STAGED,
        "staging.progress",
        "staging.repeated_progress",
        "core.event_lineage",
    }
    assert after["core.dim_position"] == before["core.dim_position"]
    assert platform.published_events() == platform.sent


def test_one_table_is_made_anew_with_all_that_depends_on_it_and_without_kafka(platform, monkeypatch):
    for name, value in platform.environment.items():
        if name.startswith("ORGPULSE_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("ORGPULSE_KAFKA__BOOTSTRAP_SERVERS", "127.0.0.1:9")
    monkeypatch.setenv("DAGSTER_HOME", "")
    before, first = contents(platform.settings), platform.publication()
    change(platform.settings, "update core.dim_position set grade = 'D2'")
    run_rebuild(platform.settings, plan_table("core.dim_position", "landing"))
    assert contents(platform.settings) == before
    assert platform.publication() != first


def test_a_dry_run_tells_what_would_be_made_anew(platform):
    shown = platform.run("rebuild", "--table", STAGED, "--from", "kafka", "--dry-run", "--json")
    assert shown.returncode == 0, shown.stderr
    rows = {row["id"]: row["rows"] for row in json.loads(shown.stdout)}
    assert list(rows)[:2] == ["landing.hr", STAGED]
    assert rows["core.dim_position"] == 1
