"""One build from the command line: the job ``build`` in this process, with Dagster's records kept."""

import uuid

import dagster as dg

from orgpulse_pipelines.landing.cluster import ADOPT_CLUSTER
from orgpulse_pipelines.runs.failure import explain
from orgpulse_pipelines.runs.home import open_instance
from orgpulse_pipelines.runs.orphans import end_orphans, process_tags
from orgpulse_pipelines.runs.progress import BuildProgress
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.broker import connected
from orgpulse_platform.cli.console import people
from orgpulse_platform.settings import Settings

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_build(settings: Settings, *, adopt_cluster: bool = False) -> None:
    """Bring everything up to date and publish it; the steps read the same settings from the environment.

    Raises the :class:`OrgPulseError` of the step that failed, and :class:`BuildFailedError` for any other
    failure; the last publication then stays in place.
    """
    connected(settings)
    open_warehouse(settings).close()
    tags = process_tags() | ({ADOPT_CLUSTER: "true"} if adopt_cluster else {})
    job = _job()
    run_id = str(uuid.uuid4())
    progress = BuildProgress(people, len(job.nodes))
    try:
        with open_instance(settings) as instance, progress:
            end_orphans(instance)
            instance.add_event_listener(run_id, progress)
            job.execute_in_process(instance=instance, run_id=run_id, tags=tags, run_config=_QUIET)
    except dg.DagsterExecutionInterruptedError:
        raise KeyboardInterrupt from None
    except Exception as error:
        raise explain(error, progress.failed_checks, run_id) from None


def _job() -> dg.JobDefinition:
    from orgpulse_pipelines.definitions import defs  # noqa: PLC0415 - seconds, after what can fail at once

    return defs.resolve_job_def("build")
