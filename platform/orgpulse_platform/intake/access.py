"""The outermost layer: a correlation id and one line of log for every request, and no exception gets out."""

import time
import traceback
import uuid
from typing import Any, Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orgpulse_platform.intake.logs import event
from orgpulse_schemas.systems import SourceSystem

CORRELATION: Final = "orgpulse.correlation_id"
SYSTEM: Final = "orgpulse.system"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
GONE: Final = 499
"""Logged in place of a status when the sender left before the answer."""
SECURITY: Final = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


def correlation_id(request: Request) -> str:
    """The id by which the log and the answer name this request."""
    return str(request.scope[CORRELATION])


def note_system(request: Request, system: SourceSystem) -> None:
    """Let the log say who sent this request."""
    request.scope[SYSTEM] = system.id


class AccessLog:
    """Logs method, route, status, duration, system and correlation id of each request, and nothing else.

    The path is logged as the route that matched and the method only if it is a known one: both are free text.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        answer = _Answer(send, str(uuid.uuid4()))
        scope[CORRELATION] = answer.correlation_id
        try:
            await self._app(scope, receive, answer)
        except Exception as error:  # it was answered; the server would log it with its message
            _log_failure(error, answer.correlation_id)
        _log_access(scope, answer, time.perf_counter() - began)


class _Answer:
    """Sends the answer on, notes its status, and adds the headers that every answer carries."""

    def __init__(self, send: Send, correlation: str) -> None:
        self._send = send
        self.correlation_id = correlation
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            correlation = (b"x-correlation-id", self.correlation_id.encode())
            message["headers"] = [*message["headers"], correlation, *SECURITY]
        await self._send(message)


def _log_access(scope: Scope, answer: _Answer, duration_s: float) -> None:
    route: Any = scope.get("route")
    event(
        "request",
        method=scope["method"] if scope["method"] in METHODS else "other",
        route=route.path if route is not None else "unknown",
        status=answer.status or GONE,
        duration_ms=round(duration_s * 1000, 1),
        system=scope.get(SYSTEM),
        correlation_id=answer.correlation_id,
    )


def _log_failure(error: Exception, correlation: str) -> None:
    """An exception without its message, which may repeat what the request held."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.name} ({last.filename.rpartition('/')[2]}:{last.lineno})"
    event(
        "request failed", level="error", error=type(error).__name__, place=place, correlation_id=correlation
    )
