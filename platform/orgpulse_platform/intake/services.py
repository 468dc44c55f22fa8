"""The HTTP intake as a service."""

import sys
from typing import Final

from orgpulse_platform.intake.tokens import TokenFileError, read_tokens
from orgpulse_platform.services.runner import free_port
from orgpulse_platform.services.service import LeftOut, Service
from orgpulse_platform.settings import Settings

TITLE: Final = "HTTP intake"
PORT: Final = 8080
"""Where ``orgpulse intake run`` listens; another port where it is taken."""


def services(settings: Settings) -> list[Service | LeftOut]:
    """The intake on the loopback interface, if a source system has a token for it."""
    try:
        tokens = read_tokens(settings.folder.intake_tokens)
    except TokenFileError as error:
        return [LeftOut(TITLE, str(error))]
    if not tokens:
        return [LeftOut(TITLE, "No source system has a token yet: `orgpulse intake token create SYSTEM`.")]
    port = free_port(PORT)
    return [
        Service(
            name="intake",
            title=TITLE,
            command=[
                sys.executable, "-m", "orgpulse_platform.cli.main", "intake", "run", "--port", str(port),
            ],
            environment={"ORGPULSE_STATE": str(settings.folder.root)},
            address=f"http://127.0.0.1:{port}/events",
        )
    ]  # fmt: skip
