"""The ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from orgpulse_platform.intake.access import GONE, AccessLog, correlation_id
from orgpulse_platform.intake.delivery import Delivery
from orgpulse_platform.intake.health import Readiness, live
from orgpulse_platform.intake.intake import Intake
from orgpulse_platform.intake.openapi import openapi_bytes
from orgpulse_platform.intake.problems import Problem, ProblemError, problem_response
from orgpulse_platform.intake.tokens import TokenBook
from orgpulse_platform.settings import Settings


def intake_app(settings: Settings) -> ASGIApp:
    """The intake for the cluster of these settings; it need not be reachable yet."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        delivery = Delivery(settings.kafka, settings.intake.acknowledge_ms)
        app.state.intake = Intake(settings.intake, TokenBook(settings.folder.intake_tokens), delivery)
        app.state.readiness = Readiness(settings.kafka)
        try:
            yield
        finally:
            await delivery.close()

    routes = [
        Route("/events", _events, methods=["POST"]),
        Route("/health/live", live, methods=["GET"]),
        Route("/health/ready", _ready, methods=["GET"]),
        Route("/openapi.json", _openapi, methods=["GET"]),
    ]
    handlers: dict[Any, Any] = {
        ProblemError: _problem,
        HTTPException: _http_problem,
        ClientDisconnect: _gone,
        Exception: _failed,
    }
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)
    app.router.redirect_slashes = False  # a redirect would repeat the address with its query
    return AccessLog(app)


async def _events(request: Request) -> Response:
    intake: Intake = request.app.state.intake
    return await intake.take(request)


async def _ready(request: Request) -> Response:
    readiness: Readiness = request.app.state.readiness
    return await readiness(request)


async def _openapi(_request: Request) -> Response:
    return Response(openapi_bytes(), media_type="application/json")


async def _problem(request: Request, error: ProblemError) -> Response:
    return problem_response(error, correlation_id(request))


async def _failed(request: Request, _error: Exception) -> Response:
    return problem_response(ProblemError(Problem.FAILED), correlation_id(request))


async def _gone(_request: Request, _error: ClientDisconnect) -> Response:
    return Response(status_code=GONE)


async def _http_problem(request: Request, error: HTTPException) -> Response:
    """The framework's own refusals: an unknown address or method."""
    wrong_method = error.status_code == Problem.METHOD_NOT_ALLOWED.status
    problem = Problem.METHOD_NOT_ALLOWED if wrong_method else Problem.NOT_FOUND
    response = problem_response(ProblemError(problem), correlation_id(request))
    response.headers.update(error.headers or {})
    return response
