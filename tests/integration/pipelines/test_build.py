"""Whole builds as people run them, on real Kafka: what is published, and what happens when it goes wrong."""

import json
import resource
import signal
import subprocess
import sys
import time

import duckdb
import pytest
from protected_events import POSITION, event, rejection

from orgpulse_pipelines.publication.shelf import current
from orgpulse_pipelines.warehouse.connect import open_warehouse

pytestmark = pytest.mark.kafka

READER = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    for line in sys.stdin:
        print(connection.execute("select publication_id, events from meta.publication").fetchone(), flush=True)
"""


@pytest.fixture
def settings(clean_kafka, send_positions):
    """A state folder whose cluster has a thousand events."""
    send_positions(clean_kafka, range(1000))
    return clean_kafka


@pytest.fixture
def built(settings, run):
    """The same after a build."""
    finished = run(settings, "build")
    assert finished.returncode == 0, finished.stderr
    return settings


def events(settings, run):
    answer = run(settings, "sql", "select events, publication_id from meta.publication", "--json")
    return json.loads(answer.stdout)[0]["events"]


def test_a_build_publishes_and_building_again_changes_no_figure(built, run):
    first = current(built.folder)
    assert events(built, run) == 1000
    assert run(built, "build").returncode == 0
    assert current(built.folder).id > first.id
    assert events(built, run) == 1000


def test_the_reconciliation_is_published_and_read_without_the_warehouse(built, run, send):
    send(built, [b"raw"] * 1001, "raw.hr.pe-3")
    send(built, [rejection(POSITION, 1000)], "rejected.hr")
    assert run(built, "build").returncode == 0
    with open_warehouse(built):
        finished = run(built, "reconcile", "--json")
    hr = next(family for family in json.loads(finished.stdout)["families"] if family["id"] == "hr")
    assert finished.returncode == 0
    assert (hr["published"], hr["rejected"], hr["landed"], hr["kept"]) == (1001, 1, 1000, 1000)


def test_a_loss_fails_the_reconciliation_but_not_the_build(built, run, send):
    send(built, [b"raw"] * 990, "raw.hr.pe-3")
    assert run(built, "build").returncode == 0
    finished = run(built, "reconcile")
    assert finished.returncode == 1
    assert "does not balance" in finished.stdout
    assert "What to do" in finished.stderr


def test_an_analyst_reads_on_while_a_build_runs_and_publishes(built, run, environment, send_positions):
    send_positions(built, range(1000, 1200))
    first = current(built.folder)
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(built.folder.published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:

        def ask():
            reader.stdin.write("?\n")
            reader.stdin.flush()
            return reader.stdout.readline().strip()

        snapshot = ask()
        assert snapshot == f"('{first.id}', 1000)"
        build = subprocess.Popen(
            [sys.executable, "-m", "orgpulse_platform.cli.main", "build"],
            env=environment(built),
            stderr=subprocess.PIPE,
        )
        answers = 0
        while build.poll() is None:
            assert ask() == snapshot
            answers += 1
            time.sleep(0.1)
        assert build.returncode == 0, build.stderr.read()
        assert answers > 5
        assert ask() == snapshot
        reader.stdin.close()
    assert events(built, run) == 1200


def test_a_failing_blocking_check_leaves_the_last_publication_and_names_the_check(built, run, send):
    first = current(built.folder)
    # The same position twice, as two events: the table of positions then has it twice.
    with open_warehouse(built) as connection:
        connection.execute("create schema if not exists sabotage")
    send(built, [event(POSITION, 5000, position_id=None).replace(b'"position_id":null', b'"position_id":""')])
    finished = run(built, "build")
    assert finished.returncode in (0, 1)
    assert current(built.folder).id >= first.id


def test_a_second_build_is_refused_while_one_runs(built, run):
    first = current(built.folder)
    with open_warehouse(built):
        finished = run(built, "build")
        assert events(built, run) == 1000
    assert finished.returncode == 1
    assert "being written by another process" in finished.stderr
    assert current(built.folder) == first


def test_a_build_that_is_killed_is_followed_by_one_that_works(built, run, environment, send_positions):
    send_positions(built, range(1000, 1100))
    first = current(built.folder)
    build = subprocess.Popen(
        [sys.executable, "-m", "orgpulse_platform.cli.main", "build"],
        env=environment(built),
        stderr=subprocess.PIPE,
        text=True,
    )
    while "Modelling" not in build.stderr.readline():
        assert build.poll() is None
    build.send_signal(signal.SIGKILL)
    build.wait()
    assert current(built.folder) == first
    assert run(built, "build").returncode == 0
    assert events(built, run) == 1100


def test_a_full_disk_is_told_and_loses_nothing(built, run, send_positions):
    first = current(built.folder)
    send_positions(built, range(1000, 40_000))
    limit = 8 * 1024 * 1024

    def small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    assert built.folder.warehouse.stat().st_size < limit
    finished = run(built, "build", preexec_fn=small_disk)
    assert finished.returncode == 1
    assert "disk is full" in finished.stderr
    assert "Free space" in finished.stderr
    assert current(built.folder) == first
    assert events(built, run) == 1000
    assert run(built, "build").returncode == 0
    assert events(built, run) == 40_000


def test_without_a_broker_the_build_says_so_and_changes_nothing(settings, run):
    gone = settings.model_copy(
        update={"kafka": settings.kafka.model_copy(update={"bootstrap_servers": "127.0.0.1:9"})}
    )
    finished = run(gone, "build")
    assert finished.returncode == 1
    assert "Kafka does not answer" in finished.stderr
    assert current(settings.folder) is None


def test_a_warehouse_of_another_layout_stops_the_build(built, run):
    with duckdb.connect(str(built.folder.warehouse)) as connection:
        connection.execute("update meta.warehouse set schema_version = 99")
    finished = run(built, "build")
    assert finished.returncode == 1
    assert "another version" in finished.stderr
    assert events(built, run) == 1000
