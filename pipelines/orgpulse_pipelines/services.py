"""Dagster's web interface, its daemon, which runs the schedule, and the dashboard, as services."""

import sys
from typing import Final

from orgpulse_pipelines.dashboard.address import PORT as DASHBOARD_PORT
from orgpulse_pipelines.runs.home import open_instance
from orgpulse_pipelines.runs.orphans import end_orphans
from orgpulse_platform.services.runner import free_port
from orgpulse_platform.services.service import Service
from orgpulse_platform.settings import Settings

PORT: Final = 3000
"""Dagster's usual port; another one where it is taken."""
_LOCATION: Final = ("-m", "orgpulse_pipelines.definitions")


def services(settings: Settings) -> list[Service]:
    """The web interface on the loopback interface, and the daemon behind queue and schedule."""
    with open_instance(settings) as instance:
        end_orphans(instance)
    environment = {
        "ORGPULSE_STATE": str(settings.folder.root),
        "DAGSTER_HOME": str(settings.folder.dagster),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }
    port, dashboard_port = free_port(PORT), free_port(DASHBOARD_PORT)
    return [
        Service(
            name="dagster-web",
            title="Dagster's web interface",
            command=[
                sys.executable, "-m", "dagster_webserver",
                "--host", "127.0.0.1", "--port", str(port), *_LOCATION,
            ],
            environment=environment,
            address=f"http://127.0.0.1:{port}",
        ),
        Service(
            name="dagster-daemon",
            title="Dagster's daemon: builds every 15 minutes, sooner when events wait",
            command=[sys.executable, "-m", "dagster._daemon", "run", *_LOCATION],
            environment=environment,
        ),
        Service(
            name="dashboard",
            title="The dashboard of leaders",
            command=[
                sys.executable, "-m", "orgpulse_platform.cli.main",
                "dashboard", "--no-open", "--port", str(dashboard_port),
            ],
            environment={"ORGPULSE_STATE": str(settings.folder.root)},
            address=f"http://127.0.0.1:{dashboard_port}",
        ),
    ]  # fmt: skip
