"""The job that brings everything up to date, and when it runs."""

import dagster as dg

BUILD = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all(),
    description="Land, stage, model, indicate, reconcile and publish what is new.",
    executor_def=dg.in_process_executor,
    tags={"dagster/max_retries": "0"},
)


@dg.definitions
def build() -> dg.Definitions:
    """The job and its schedule: while the services run, the figures are at most a quarter of an hour old."""
    schedule = dg.ScheduleDefinition(
        name="every_15_minutes",
        job=BUILD,
        cron_schedule="*/15 * * * *",
        execution_timezone="UTC",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    return dg.Definitions(jobs=[BUILD], schedules=[schedule], executor=dg.in_process_executor)
