"""Runs whose process ended without saying so: left alone, they would hold the queue for ever."""

import os

import dagster as dg
import psutil

PID_TAG = "orgpulse/pid"
CREATED_TAG = "orgpulse/process_created"


def process_tags() -> dict[str, str]:
    """Tags by which a run's process is known again: its number, and its start against reuse of it."""
    return {PID_TAG: str(os.getpid()), CREATED_TAG: str(psutil.Process().create_time())}


def end_orphans(instance: dg.DagsterInstance) -> int:
    """Mark runs of the command line as failed whose process is gone; their number."""
    unfinished = instance.get_runs(
        filters=dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
    )
    orphans = [run for run in unfinished if PID_TAG in run.tags and not _runs(run)]
    for run in orphans:
        instance.report_run_failed(run, "The process ended before the run did.")
    return len(orphans)


def _runs(run: dg.DagsterRun) -> bool:
    try:
        created = psutil.Process(int(run.tags[PID_TAG])).create_time()
    except psutil.NoSuchProcess:
        return False
    return abs(created - float(run.tags.get(CREATED_TAG, "0"))) < 1
