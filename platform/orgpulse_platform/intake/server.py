"""The server process: uvicorn with narrow limits, and without its own access log."""

import logging
import socket
from dataclasses import dataclass
from typing import Final

import uvicorn

from orgpulse_platform.errors import OrgPulseError
from orgpulse_platform.intake.app import intake_app
from orgpulse_platform.intake.protocol import ProblemProtocol
from orgpulse_platform.settings import Settings

MOST_HEADER_BYTES: Final = 32_768
"""Largest request head, in bytes: h11 bounds it, the faster parser does not."""
KEEP_ALIVE_S: Final = 15
SHUTDOWN_S: Final = 15
"""How long requests may take to end when the intake is stopped, in seconds."""


@dataclass
class AddressInUseError(OrgPulseError):
    """The intake cannot listen on this address."""

    guidance = "Choose another one with --host and --port, or stop what listens there."


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises :class:`AddressInUseError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or type(error).__name__
    raise AddressInUseError(f"{host}:{port}: {reason}")


def intake_server(settings: Settings) -> uvicorn.Server:
    """A server for sockets that listen already: ``intake_server(settings).run([socket])``."""
    # Whatever handlers a process sets up: this logger writes addresses with their query.
    logging.getLogger("uvicorn.access").disabled = True
    return uvicorn.Server(
        uvicorn.Config(
            intake_app(settings),
            http=ProblemProtocol,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            h11_max_incomplete_event_size=MOST_HEADER_BYTES,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=SHUTDOWN_S,
        )
    )
