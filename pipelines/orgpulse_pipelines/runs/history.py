"""How much Dagster remembers of builds: each leaves megabytes, and one runs every quarter of an hour."""

from typing import Final

import dagster as dg

from orgpulse_pipelines.runs.underway import BUILD_JOB

KEPT_BUILDS: Final = 100
"""About a day of builds every quarter of an hour."""
_ENDED: Final = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def forget_old_builds(instance: dg.DagsterInstance, keep: int = KEPT_BUILDS) -> int:
    """Remove the records of all but the newest builds that ended; how many were removed."""
    filters = dg.RunsFilter(job_name=BUILD_JOB, statuses=_ENDED)
    old = list(instance.get_run_ids(filters))[keep:]
    for run_id in old:
        instance.delete_run(run_id)
    return len(old)
