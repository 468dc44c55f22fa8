"""The stream workers as a service."""

import sys

from orgpulse_platform.services.service import Service
from orgpulse_platform.settings import Settings


def services(settings: Settings) -> list[Service]:
    """One supervised worker; more of them share the partitions."""
    return [
        Service(
            name="streams",
            title="Stream worker",
            command=[sys.executable, "-m", "orgpulse_platform.cli.main", "streams", "run"],
            environment={"ORGPULSE_STATE": str(settings.folder.root)},
        )
    ]
