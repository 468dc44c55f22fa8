"""The event log that keeps its connections open writes what Dagster's own reads."""

import subprocess
import sys

import dagster as dg
import pytest
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from orgpulse_pipelines.runs.event_log import OpenEventLog
from orgpulse_pipelines.runs.history import forget_old_builds
from orgpulse_pipelines.runs.home import open_instance

READ_ALONG = """
import dagster, sys
with dagster.DagsterInstance.from_config(sys.argv[1]) as instance:
    event = instance.get_latest_materialization_event(dagster.AssetKey("figure"))
    print(event.asset_materialization.metadata["dagster/row_count"].value)
"""


@dg.asset
def figure():
    return dg.MaterializeResult(metadata={"dagster/row_count": 7})


@pytest.fixture
def instance(settings, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", "")
    with open_instance(settings) as instance:
        yield instance


def test_a_run_is_read_by_dagsters_own_event_log_from_the_same_files(instance, settings):
    result = dg.materialize([figure], instance=instance)
    assert isinstance(instance.event_log_storage, OpenEventLog)
    usual = SqliteEventLogStorage(str(settings.folder.dagster / "history" / "runs"))
    kinds = [entry.dagster_event_type for entry in usual.get_logs_for_run(result.run_id)]
    assert dg.DagsterEventType.ASSET_MATERIALIZATION in kinds
    assert kinds[-1] is dg.DagsterEventType.RUN_SUCCESS
    assert len(kinds) == len(instance.all_logs(result.run_id))


def test_the_web_interface_reads_along_from_another_process(instance, settings):
    dg.materialize([figure], instance=instance)
    read = subprocess.run(
        [sys.executable, "-c", READ_ALONG, str(settings.folder.dagster)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert read.stdout.strip() == "7"


def test_old_builds_are_forgotten_with_their_files_and_the_newest_are_kept(instance, settings):
    @dg.job(name="build")
    def build():
        pass

    @dg.job
    def another():
        pass

    builds = [build.execute_in_process(instance=instance).run_id for _ in range(4)]
    other = another.execute_in_process(instance=instance).run_id
    running = instance.create_run_for_job(build, status=dg.DagsterRunStatus.STARTED).run_id
    assert forget_old_builds(instance, keep=2) == 2
    kept = {*builds[2:], other, running}
    assert set(instance.get_run_ids()) == kept
    files = {file.stem for file in (settings.folder.dagster / "history" / "runs").glob("*.db")}
    assert files & {*builds, other} == {*builds[2:], other}
    assert instance.all_logs(builds[3])
