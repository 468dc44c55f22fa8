"""Whole builds as people run them, on real Kafka: what is published, and what happens when it goes wrong."""

import json
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from protected_events import POSITION, event

from orgpulse_pipelines.publication.moves import add_move
from orgpulse_pipelines.warehouse.connect import open_warehouse

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]

FAILING_CHECK = (str(Path(__file__).parent / "processes" / "failing_check.py"),)
READER = """
import duckdb, sys
query = "select publication_id, events from meta.publication"
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    for line in sys.stdin:
        print(connection.execute(query).fetchone(), flush=True)
"""


def test_building_again_publishes_again_and_changes_no_figure(platform):
    first = platform.publication()
    before = platform.run("sql", "from indicators.value order by all", "--csv").stdout
    finished = platform.run("build")
    assert finished.returncode == 0, finished.stderr
    assert platform.publication().id > first.id
    assert platform.published_events() == platform.sent
    after = platform.run("sql", "from indicators.value order by all", "--csv").stdout
    assert after.replace(platform.publication().id, first.id) == before
    listed = json.loads(platform.run("publications", "list", "--json").stdout)
    assert [one["id"] for one in listed] == [platform.publication().id, first.id]


def test_the_reconciliation_is_published_and_read_while_the_warehouse_is_in_use(platform):
    with open_warehouse(platform.settings):
        finished = platform.run("reconcile", "--json")
    hr = next(family for family in json.loads(finished.stdout)["families"] if family["id"] == "hr")
    assert finished.returncode == 0
    assert (hr["published"], hr["rejected"], hr["kept"]) == (1001, 1, 1000)
    assert hr["status"] == "unconfirmed"


def test_an_analyst_reads_on_while_a_build_runs_and_publishes_events_too_many_for_the_accounts(
    platform, more
):
    more(200)  # which no system published: the reconciliation fails, but not the build
    first = platform.publication()
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(platform.settings.folder.published)],
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
        build = platform.start_build()
        answers = 0
        while build.poll() is None:
            assert ask() == snapshot
            answers += 1
            time.sleep(0.1)
        assert build.returncode == 0, build.stderr.read()
        build.stderr.close()
        assert answers > 5
        assert ask() == snapshot
        reader.stdin.close()
    assert platform.published_events() == platform.sent
    finished = platform.run("reconcile")
    assert finished.returncode == 1
    assert "does not balance" in finished.stdout
    assert "What to do" in finished.stderr


def test_a_failing_blocking_check_leaves_the_last_publication_and_is_named_with_its_rows(platform, more):
    more(1)
    first = platform.publication()
    finished = platform.run("build", program=FAILING_CHECK)
    assert finished.returncode == 1
    assert "core.dim_position, grain_is_unique: 3 rows" in finished.stderr
    assert platform.publication() == first
    assert platform.published_events() == 1000


def test_a_second_build_is_refused_while_one_runs_and_queries_go_on(platform):
    first = platform.publication()
    with open_warehouse(platform.settings):
        finished = platform.run("build")
        assert platform.published_events() == 1000
    assert finished.returncode == 1
    assert "being written by another process" in finished.stderr
    assert platform.publication() == first


def test_a_full_disk_is_told_and_after_it_and_a_kill_the_next_build_publishes_everything(platform, send):
    first = platform.publication()
    noise = random.Random(1)  # text that no compression makes smaller than the room that is left
    numbers = range(platform.sent, platform.sent + 20_000)
    loud = (event(POSITION, one, grade="P3", unit_id=noise.randbytes(400).hex()) for one in numbers)
    send(platform.settings, loud)
    platform.sent += len(numbers)
    limit = platform.settings.folder.warehouse.stat().st_size * 2 // 3  # enough for all but the new events

    def small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    finished = platform.run("build", preexec_fn=small_disk)
    assert finished.returncode == 1
    assert "disk is full" in finished.stderr
    assert "Free space" in finished.stderr
    assert platform.publication() == first
    assert platform.published_events() == 1000

    build = platform.start_build()
    while "Modelling" not in build.stderr.readline():
        assert build.poll() is None
    build.send_signal(signal.SIGKILL)
    build.wait()
    build.stderr.close()
    assert platform.publication() == first

    assert platform.run("build").returncode == 0
    assert platform.published_events() == platform.sent


def test_without_a_broker_the_build_says_so_and_changes_nothing(platform):
    first = platform.publication()
    finished = platform.run(
        "build", ORGPULSE_KAFKA__BOOTSTRAP_SERVERS="127.0.0.1:9", ORGPULSE_KAFKA__REQUEST_TIMEOUT_MS="2000"
    )
    assert finished.returncode == 1
    assert "Kafka does not answer" in finished.stderr
    assert platform.publication() == first


def test_a_warehouse_of_another_layout_stops_the_build_and_queries_go_on(platform):
    with duckdb.connect(str(platform.settings.folder.warehouse)) as connection:
        connection.execute("update meta.warehouse set schema_version = 99")
    finished = platform.run("build")
    assert finished.returncode == 1
    assert "another version" in finished.stderr
    assert platform.published_events() == 1000


def test_a_build_while_readers_are_held_shows_nothing_until_they_are_released(platform, more):
    first = platform.publication()
    add_move(platform.settings.folder, "rollback", None, first.id)  # as a rollback leaves it
    more(10)
    finished = platform.run("build")
    assert finished.returncode == 0, finished.stderr
    assert "is written and not shown" in finished.stderr
    assert "Not shown" in finished.stderr
    assert platform.publication() == first
    assert platform.run("publications", "release").returncode == 0
    assert platform.published_events() == platform.sent
    document = json.loads(platform.run("publications", "diff", "--json").stdout)
    assert [(one["id"], one["new"]) for one in document["events"]] == [(POSITION.name, platform.sent - 1000)]
