"""The event log that keeps its connections open writes what Dagster's own reads."""

import subprocess
import sys

import dagster as dg
import pytest
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from orgpulse_pipelines.runs.event_log import OpenEventLog
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
