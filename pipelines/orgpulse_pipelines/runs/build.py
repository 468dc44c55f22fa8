"""One build from the command line: the job ``build`` in this process, with Dagster's records kept."""

import uuid
from collections.abc import Iterable

import dagster as dg

from orgpulse_pipelines.landing.cluster import ADOPT_CLUSTER
from orgpulse_pipelines.runs.failure import explain
from orgpulse_pipelines.runs.history import forget_old_builds
from orgpulse_pipelines.runs.home import open_instance
from orgpulse_pipelines.runs.orphans import end_orphans, process_tags
from orgpulse_pipelines.runs.progress import BuildProgress
from orgpulse_pipelines.runs.underway import BUILD_JOB
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.broker import connected
from orgpulse_platform.cli.console import people
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import cluster_identity

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_build(
    settings: Settings, *, adopt_cluster: bool = False, only: Iterable[dg.AssetKey] | None = None
) -> None:
    """Bring everything up to date and publish it; the steps read the same settings from the environment.

    ``only`` names assets to which the build is limited, with all that is downstream of them.

    Raises the :class:`OrgPulseError` of the step that failed, and :class:`BuildFailedError` for any other
    failure; the last publication then stays in place.
    """
    if only is None or any(key.path[0] == "landing" for key in only):
        cluster_identity(connected(settings).kafka)  # else every family would wait for an answer in its turn
    open_warehouse(settings).close()
    tags = process_tags() | ({ADOPT_CLUSTER: "true"} if adopt_cluster else {})
    job, selected = _job(only)
    run_id = str(uuid.uuid4())
    progress = BuildProgress(people, len(job.nodes))
    try:
        with open_instance(settings) as instance, progress:
            end_orphans(instance)
            forget_old_builds(instance)
            instance.add_event_listener(run_id, progress)
            job.execute_in_process(
                instance=instance,
                run_id=run_id,
                tags=tags,
                run_config=_QUIET,
                asset_selection=selected,
            )
    except dg.DagsterExecutionInterruptedError:
        raise KeyboardInterrupt from None
    except Exception as error:
        raise explain(error, progress.failed_checks, run_id) from None


def _job(only: Iterable[dg.AssetKey] | None) -> tuple[dg.JobDefinition, list[dg.AssetKey] | None]:
    """The job, and those of its assets to which it is limited, if it is."""
    from orgpulse_pipelines.definitions import defs  # noqa: PLC0415 - seconds, after what can fail at once

    job = defs.resolve_job_def(BUILD_JOB)
    if only is None:
        return job, None
    selection = dg.AssetSelection.assets(*only).downstream().required_multi_asset_neighbors()
    selected = selection.resolve(defs.resolve_asset_graph()) & set(job.asset_layer.executable_asset_keys)
    return job.get_subset(asset_selection=selected), sorted(selected)
