"""Whether a build runs or waits already: a second one would only wait for the first."""

import dagster as dg

from orgpulse_pipelines.runs.orphans import end_orphans

BUILD_JOB = "build"
_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def build_underway(instance: dg.DagsterInstance) -> bool:
    """Whether a build is queued or runs; one whose process is gone is ended, so that it stops none."""
    end_orphans(instance)
    filters = dg.RunsFilter(job_name=BUILD_JOB, statuses=_UNFINISHED)
    return bool(instance.get_run_ids(filters, limit=1))


def last_build_failed(instance: dg.DagsterInstance) -> bool:
    """Whether the newest build ended in failure."""
    runs = instance.get_runs(dg.RunsFilter(job_name=BUILD_JOB), limit=1)
    return bool(runs) and runs[0].status is dg.DagsterRunStatus.FAILURE
