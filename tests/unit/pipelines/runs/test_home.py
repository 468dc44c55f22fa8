"""Dagster's home in the state folder, and runs whose process is gone."""

import os
import subprocess
import sys

import dagster as dg
import pytest

from orgpulse_pipelines.errors import BuildFailedError, DiskFullError
from orgpulse_pipelines.runs.failure import explain
from orgpulse_pipelines.runs.home import open_instance, prepare_home
from orgpulse_pipelines.runs.orphans import CREATED_TAG, PID_TAG, end_orphans, process_tags


@pytest.fixture
def instance(settings, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", "")
    with open_instance(settings) as instance:
        yield instance


def started(instance, tags):
    return instance.create_run_for_job(nothing, status=dg.DagsterRunStatus.STARTED, tags=tags)


@dg.job
def nothing():
    pass


def test_nothing_is_reported_to_anybody_and_one_run_goes_at_a_time(instance):
    assert instance.telemetry_enabled is False
    assert instance.nux_enabled is False
    assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1
    assert instance.run_retries_enabled is False
    assert instance.freshness_enabled is True


def test_everything_of_dagster_is_kept_in_the_state_folder(instance, settings):
    assert instance.root_directory == str(settings.folder.dagster)


def test_a_home_that_was_changed_is_written_anew(settings):
    file = prepare_home(settings) / "dagster.yaml"
    written = file.read_text()
    file.write_text("telemetry: {enabled: true}")
    prepare_home(settings)
    assert file.read_text() == written


def test_a_run_whose_process_is_gone_no_longer_holds_the_queue(instance):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    orphan = started(instance, {PID_TAG: str(gone.pid), CREATED_TAG: "1"})
    assert end_orphans(instance) == 1
    assert instance.get_run_by_id(orphan.run_id).status is dg.DagsterRunStatus.FAILURE


def test_a_process_number_that_was_given_again_is_another_process(instance):
    orphan = started(instance, {PID_TAG: str(os.getpid()), CREATED_TAG: "1"})
    end_orphans(instance)
    assert instance.get_run_by_id(orphan.run_id).status is dg.DagsterRunStatus.FAILURE


def test_runs_that_go_on_are_left_alone(instance):
    ours = started(instance, process_tags())
    launched = started(instance, {})
    assert end_orphans(instance) == 0
    for run in (ours, launched):
        assert instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.STARTED


def test_a_foreign_failure_tells_its_class_and_where_to_look_but_not_its_words():
    found = explain(ValueError("zyxcanary"), [], "run-1")
    assert isinstance(found, BuildFailedError)
    assert "zyxcanary" not in str(found)
    assert "run-1" in str(found)


def test_a_full_disk_under_dagsters_own_records_is_told():
    error = RuntimeError()
    error.__cause__ = RuntimeError("(sqlite3.OperationalError) database or disk is full")
    assert isinstance(explain(error, [], "run-1"), DiskFullError)


def test_errors_that_come_from_each_other_are_told_as_well():
    error, step = ValueError("zyxcanary"), RuntimeError()
    error.__context__, step.__context__ = step, error  # as Dagster raises the error of a step anew
    assert isinstance(explain(error, [], "run-1"), BuildFailedError)
