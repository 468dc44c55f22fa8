"""The job that brings everything up to date, and what starts it: the clock, and events that wait."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from orgpulse_pipelines.defs.landing import POSITIONS, landing_key
from orgpulse_pipelines.defs.replay import REPLAY
from orgpulse_pipelines.landing.lag import waiting
from orgpulse_pipelines.landing.offsets import Position
from orgpulse_pipelines.runs.history import forget_old_builds
from orgpulse_pipelines.runs.underway import BUILD_JOB, build_underway, last_build_failed
from orgpulse_platform.broker import connected
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.settings import load_settings
from orgpulse_schemas.registry import all_families

BUILD = dg.define_asset_job(
    BUILD_JOB,
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(REPLAY),
    description="Land, stage, model, indicate, reconcile and publish what is new.",
    executor_def=dg.in_process_executor,
    tags={"dagster/max_retries": "0"},
)
_UNDERWAY = "A build is queued or runs already."


@dg.definitions
def build() -> dg.Definitions:
    """The job, its schedule and its sensors; all of them are on as long as the services run."""
    return dg.Definitions(
        jobs=[BUILD],
        schedules=[every_15_minutes],
        sensors=[kafka_lag, after_replay],
        executor=dg.in_process_executor,
    )


@dg.schedule(
    job=BUILD,
    cron_schedule="*/15 * * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="The figures are at most a quarter of an hour old.",
)
def every_15_minutes(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """A build, unless one is under way; what Dagster recorded of old builds is forgotten."""
    forget_old_builds(context.instance)
    return dg.SkipReason(_UNDERWAY) if build_underway(context.instance) else dg.RunRequest()


@dg.sensor(
    job=BUILD,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts a build when many events wait on Kafka, or some have waited for minutes.",
)
def kafka_lag(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Compare what Kafka holds with what was landed; the cursor is since when something waits.

    The warehouse itself is not asked: whoever opens it keeps a build from opening it.
    """
    settings = load_settings()
    if build_underway(context.instance):
        return dg.SkipReason(_UNDERWAY)
    try:
        records = waiting(connected(settings).kafka, _landed(context.instance))
    except BrokerUnavailableError as error:
        return dg.SkipReason(error.message)
    if not records:
        return dg.SensorResult(skip_reason="Nothing waits on Kafka.", cursor="")
    now = datetime.now(UTC)
    since = datetime.fromisoformat(context.cursor) if context.cursor else now
    waited = now - since >= timedelta(minutes=settings.warehouse.build_after_minutes)
    # After a failure the same events still wait: only the next interval tries again.
    many = records >= settings.warehouse.build_at_lag and not last_build_failed(context.instance)
    if not (many or waited):
        return dg.SensorResult(
            skip_reason=f"{records} records wait since {since:%H:%M:%S} UTC.", cursor=since.isoformat()
        )
    run = dg.RunRequest(
        run_key=f"{records} since {since.isoformat()}", tags={"orgpulse/waiting": str(records)}
    )
    return dg.SensorResult(run_requests=[run], cursor=now.isoformat())


@dg.asset_sensor(
    asset_key=REPLAY.key,
    job=BUILD,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="A replay of months is followed by a build of what depends on them.",
)
def after_replay(context: dg.SensorEvaluationContext, _: dg.EventLogEntry) -> dg.RunRequest:
    """A build for every replay; builds wait for each other in the queue."""
    return dg.RunRequest(run_key=context.cursor)


def _landed(instance: dg.DagsterInstance) -> list[Position]:
    """How far each partition was landed, as the last load of each family told."""
    found: list[Position] = []
    for family in all_families():
        event = instance.get_latest_materialization_event(landing_key(family))
        materialization = event.asset_materialization if event else None
        told = materialization.metadata.get(POSITIONS) if materialization else None
        if isinstance(told, dg.JsonMetadataValue) and isinstance(told.data, list):
            found += [Position(**position) for position in told.data]
    return found
