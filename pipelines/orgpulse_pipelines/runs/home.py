"""Dagster's home in the state folder: its settings are the platform's, written anew at every start."""

import os
from pathlib import Path
from typing import Any, Final

import dagster as dg
import yaml

from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.settings import Settings

_SETTINGS: Final[dict[str, Any]] = {
    "telemetry": {"enabled": False},
    "nux": {"enabled": False},
    # One writer: a second run waits in the queue until the first has ended.
    "concurrency": {"runs": {"max_concurrent_runs": 1}},
    "run_monitoring": {"enabled": True, "start_timeout_seconds": 180},
    "run_retries": {"enabled": False},
    "freshness": {"enabled": True},
    "retention": {"schedule": {"purge_after_days": 7}, "sensor": {"purge_after_days": 7}},
}


def prepare_home(settings: Settings) -> Path:
    """Write ``dagster.yaml`` and return the folder; raises :class:`StateFolderError`."""
    home = settings.folder.prepare(settings.folder.dagster)
    file = home / "dagster.yaml"
    event_log = {
        "module": "orgpulse_pipelines.runs.event_log",
        "class": "OpenEventLog",
        "config": {"base_dir": str(home / "history" / "runs")},
    }
    content = yaml.safe_dump({**_SETTINGS, "event_log_storage": event_log}, sort_keys=False)
    try:
        draft = file.with_suffix(".tmp")
        draft.write_text(content, encoding="utf-8")
        draft.replace(file)
    except OSError as error:
        raise StateFolderError(f"{file}: {error.strerror}") from None
    return home


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """The instance that the web interface shows as well; close it after use."""
    home = prepare_home(settings)
    os.environ["DAGSTER_HOME"] = str(home)  # Dagster's own child objects look for it here
    return dg.DagsterInstance.from_config(str(home))
