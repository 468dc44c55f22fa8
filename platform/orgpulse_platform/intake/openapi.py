"""The OpenAPI 3.1 document of the intake, made from the contracts."""

from functools import cache
from importlib.metadata import version
from typing import Any, Final

import orjson

from orgpulse_platform.intake import openapi_schemas as schemas
from orgpulse_platform.intake.modes import Mode
from orgpulse_platform.intake.problems import MEDIA_TYPE, Problem

DESCRIPTION: Final = (
    "Source systems publish CloudEvents 1.0 here, in structured, binary or batch mode. An answer with 202 "
    "holds a receipt: the event stands on Kafka. After any other answer nothing is promised, and the same "
    "event may be sent again under the same id; an event is known by its source and id and counts once. A "
    "batch is answered event by event, not all or nothing. No answer repeats a value of an event."
)
CORRELATION: Final = {"$ref": "#/components/headers/Correlation"}
RETRY_AFTER: Final = {"$ref": "#/components/headers/RetryAfter"}
BINARY_HEADERS: Final = {
    "specversion": ("Version of CloudEvents.", {"const": "1.0"}),
    "id": ("Identity of the event within its source.", schemas.ATTRIBUTE),
    "source": ("The source system.", schemas.ATTRIBUTE),
    "type": ("The contract.", schemas.ATTRIBUTE),
    "time": ("When it happened, with a time zone.", {"type": "string", "format": "date-time"}),
    "dataclassification": ("How confidential the event is.", {"$ref": "#/components/schemas/Classification"}),
    "dataregulation": ("Which regulations apply.", {"$ref": "#/components/schemas/Regulation"}),
    "datacategory": ("How sensitive personal data is.", {"$ref": "#/components/schemas/Category"}),
}


@cache
def openapi_bytes() -> bytes:
    """The document as JSON."""
    return orjson.dumps(openapi_document())


def openapi_document() -> dict[str, Any]:
    """The document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "OrgPulse HTTP intake", "version": version("orgpulse"), "description": DESCRIPTION},
        "servers": [{"url": "/"}],
        "paths": {
            "/events": {"post": _publish()},
            "/health/live": {"get": _health("live", "The process answers.")},
            "/health/ready": {"get": _health("ready", "Events can be taken: Kafka can be reached.")},
            "/openapi.json": {"get": _document()},
        },
        "components": {
            "schemas": schemas.component_schemas(),
            "headers": _headers(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "The token of a source system."}
            },
        },
    }


def _publish() -> dict[str, Any]:
    return {
        "operationId": "publishEvents",
        "summary": "Publish one event or a batch of events.",
        "security": [{"token": []}],
        "parameters": [_binary_header(name, *what) for name, what in BINARY_HEADERS.items()],
        "requestBody": {
            "required": True,
            "description": "One event of at most 1,000,000 bytes, or a batch of at most 5,000,000 bytes and "
            "10,000 events. In binary mode the body is the event's data and the ce- headers are required.",
            "content": {
                Mode.STRUCTURED.media_type: {"schema": _ref("Event")},
                Mode.BATCH.media_type: {"schema": _ref("Batch")},
                Mode.BINARY.media_type: {"schema": _ref("Data")},
            },
        },
        "responses": _publish_responses(),
    }


def _binary_header(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": f"ce-{name}",
        "in": "header",
        "required": False,
        "description": f"{description} In binary mode only.",
        "schema": schema,
    }


def _publish_responses() -> dict[str, Any]:
    refused = [
        problem for problem in Problem if problem not in {Problem.NOT_FOUND, Problem.METHOD_NOT_ALLOWED}
    ]
    by_status: dict[int, list[Problem]] = {}
    for problem in refused:
        by_status.setdefault(problem.status, []).append(problem)
    return {
        "200": _response(
            "Not every event of the batch was accepted: each has its own status.",
            _ref("BatchAnswer"),
            Retry_After=RETRY_AFTER,
        ),
        "202": _response("Every event stands on Kafka.", {"oneOf": [_ref("Receipt"), _ref("BatchAnswer")]}),
        **{str(status): _problem_response(problems) for status, problems in sorted(by_status.items())},
    }


def _problem_response(problems: list[Problem]) -> dict[str, Any]:
    description = " ".join(f"`{problem.code}`: {problem.value.title}" for problem in problems)
    headers: dict[str, Any] = {}
    if problems[0].status in {429, 503}:
        headers["Retry-After"] = RETRY_AFTER
    if problems[0] is Problem.NO_TOKEN:
        headers["WWW-Authenticate"] = {"schema": {"type": "string"}}
    return {
        "description": description,
        "headers": {"X-Correlation-Id": CORRELATION, **headers},
        "content": {MEDIA_TYPE: {"schema": _ref("Problem")}},
    }


def _health(name: str, description: str) -> dict[str, Any]:
    responses = {"200": _response(description, _ref("Health"))}
    if name == "ready":
        responses["503"] = _response("Kafka cannot be reached.", _ref("Health"))
    return {"operationId": name, "summary": description, "security": [], "responses": responses}


def _document() -> dict[str, Any]:
    return {
        "operationId": "describe",
        "summary": "This document.",
        "security": [],
        "responses": {"200": _response("An OpenAPI document.", {"type": "object"})},
    }


def _response(description: str, schema: dict[str, Any], **headers: Any) -> dict[str, Any]:
    named = {name.replace("_", "-"): header for name, header in headers.items()}
    return {
        "description": description,
        "headers": {"X-Correlation-Id": CORRELATION, **named},
        "content": {"application/json": {"schema": schema}},
    }


def _headers() -> dict[str, Any]:
    return {
        "Correlation": {
            "description": "Names this request in the log of the intake.",
            "schema": {"type": "string", "format": "uuid"},
        },
        "RetryAfter": {
            "description": "Seconds to wait before the next attempt.",
            "schema": {"type": "integer", "minimum": 1},
        },
    }


def _ref(name: str) -> dict[str, Any]:
    return schemas.ref(name)
