"""Everything that can be wrong with a request, as problem details (RFC 9457). No answer repeats a value."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Any, Final

import orjson
from starlette.responses import Response

from orgpulse_schemas.reasons import Violation

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:orgpulse:problem:"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The status of a problem, and what the sender is told."""

    status: HTTPStatus
    title: str


class Problem(Enum):
    """A kind of problem; its name in lower case is the code in the answer, which is never renamed."""

    MALFORMED_REQUEST = Meaning(
        HTTPStatus.BAD_REQUEST, "This is no HTTP/1.1 request, or its head is larger than 32,768 bytes."
    )
    NO_TOKEN = Meaning(HTTPStatus.UNAUTHORIZED, "The request carries no valid token of a source system.")
    FOREIGN_CONTRACT = Meaning(
        HTTPStatus.FORBIDDEN, "The contract of this event belongs to another source system."
    )
    NOT_FOUND = Meaning(HTTPStatus.NOT_FOUND, "There is nothing at this address. Send events to /events.")
    METHOD_NOT_ALLOWED = Meaning(HTTPStatus.METHOD_NOT_ALLOWED, "This address does not take this method.")
    TOO_SLOW = Meaning(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to arrive.")
    TOO_LARGE = Meaning(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The request is too large: an event may have 1,000,000 bytes, a batch 5,000,000 bytes and 10,000 "
        "events.",
    )
    UNSUPPORTED_MEDIA_TYPE = Meaning(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Send application/cloudevents+json, application/cloudevents-batch+json, or application/json with ce- "
        "headers, in UTF-8 and not compressed.",
    )
    INVALID_EVENT = Meaning(HTTPStatus.UNPROCESSABLE_ENTITY, "The event does not meet its contract.")
    INVALID_BATCH = Meaning(HTTPStatus.UNPROCESSABLE_ENTITY, "The body is no JSON array of events.")
    TOO_MANY_EVENTS = Meaning(
        HTTPStatus.TOO_MANY_REQUESTS, "This source system sends more events than it may. Wait, then go on."
    )
    FAILED = Meaning(
        HTTPStatus.INTERNAL_SERVER_ERROR, "The intake failed on this request. Nothing of it is promised."
    )
    BUSY = Meaning(HTTPStatus.SERVICE_UNAVAILABLE, "Too much is on its way. Wait, then send the same again.")
    NOT_ACKNOWLEDGED = Meaning(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Kafka did not acknowledge the event. Wait, then send the same again under the same id.",
    )
    TOPIC_MISSING = Meaning(
        HTTPStatus.SERVICE_UNAVAILABLE, "The topic of this event does not exist yet; the platform mends that."
    )
    TOKENS_UNREADABLE = Meaning(
        HTTPStatus.SERVICE_UNAVAILABLE, "The intake cannot read its tokens; the platform mends that."
    )

    @property
    def code(self) -> str:
        """The code in the answer."""
        return self.name.lower()

    @property
    def status(self) -> int:
        """The HTTP status."""
        return int(self.value.status)


class ProblemError(Exception):
    """A request, or one event of a batch, cannot be accepted."""

    def __init__(
        self, problem: Problem, violations: Sequence[Violation] = (), retry_after_s: float | None = None
    ) -> None:
        self.problem = problem
        self.violations = tuple(violations)
        self.retry_after_s = retry_after_s
        super().__init__(problem.code)


def violations_json(violations: Sequence[Violation]) -> list[dict[str, str]]:
    """Violations as answers show them."""
    return [{"path": violation.path, "code": violation.reason.value} for violation in violations]


def retry_after(*errors: ProblemError) -> str:
    """The value of the header Retry-After for these problems, in whole seconds."""
    return str(max(1, *(math.ceil(error.retry_after_s or 0) for error in errors)))


def problem_response(error: ProblemError, correlation_id: str) -> Response:
    """The answer to a request that cannot be accepted."""
    problem = error.problem
    document: dict[str, Any] = {
        "type": TYPE_PREFIX + problem.code.replace("_", "-"),
        "title": problem.value.title,
        "status": problem.status,
        "code": problem.code,
        "correlation_id": correlation_id,
    }
    if error.violations:
        document["violations"] = violations_json(error.violations)
    headers: dict[str, str] = {}
    if error.retry_after_s is not None:
        headers["Retry-After"] = retry_after(error)
    if problem is Problem.NO_TOKEN:
        headers["WWW-Authenticate"] = 'Bearer realm="orgpulse"'
    return Response(orjson.dumps(document), problem.status, headers, MEDIA_TYPE)
