"""The three modes of the CloudEvents HTTP binding, each turned into structured events as JSON bytes."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final
from urllib.parse import unquote_to_bytes

import orjson
from starlette.datastructures import Headers

from orgpulse_platform.intake.limits import MOST_BATCH_BYTES, MOST_BATCH_EVENTS, MOST_EVENT_BYTES
from orgpulse_platform.intake.problems import Problem, ProblemError
from orgpulse_schemas.reasons import Reason, RejectedError, Violation

PREFIX: Final = "ce-"
UTF_8: Final = frozenset({"", "utf-8", "utf8", "us-ascii"})
NOT_IN_HEADERS: Final = frozenset({"data", "data_base64", "datacontenttype"})
"""What the binding carries elsewhere: the body is the data, Content-Type its type."""
QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


class Mode(Enum):
    """How a request carries events: its media type and the largest body."""

    STRUCTURED = ("application/cloudevents+json", MOST_EVENT_BYTES)
    BATCH = ("application/cloudevents-batch+json", MOST_BATCH_BYTES)
    BINARY = ("application/json", MOST_EVENT_BYTES)

    @property
    def media_type(self) -> str:
        """The media type of requests in this mode."""
        return self.value[0]

    @property
    def most_bytes(self) -> int:
        """Largest body, in bytes."""
        return self.value[1]


_BY_MEDIA_TYPE: Final = {mode.media_type: mode for mode in Mode}


def mode_of(headers: Headers) -> Mode:
    """The mode of a request; raises :class:`ProblemError` for one the intake does not take."""
    media_type, _, parameters = headers.get("content-type", "").partition(";")
    mode = _BY_MEDIA_TYPE.get(media_type.strip().lower())
    compressed = headers.get("content-encoding", "identity").strip().lower() != "identity"
    if mode is None or compressed or not _is_utf_8(parameters):
        raise ProblemError(Problem.UNSUPPORTED_MEDIA_TYPE)
    return mode


def _is_utf_8(parameters: str) -> bool:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in UTF_8:
            return False
    return True


def binary_event(headers: Headers, body: bytes) -> bytes:
    """The event of a binary-mode request; raises :class:`RejectedError` if it is none."""
    attributes = _attributes(headers)
    if not body:
        raise RejectedError(Violation(Reason.EMPTY))
    if not _is_json(body):
        raise RejectedError(Violation(Reason.MALFORMED_JSON))
    return orjson.dumps({**attributes, "datacontenttype": "application/json", "data": orjson.Fragment(body)})


def batch_events(body: bytes) -> list[bytes | None]:
    """The events of a batch, or nothing in place of one that JSON cannot be written for again.

    Raises :class:`ProblemError` for a body that is no array, or has too many events. The events leave as
    bytes at once: their tree of objects takes many times the memory.
    """
    try:
        events = orjson.loads(body)
    except orjson.JSONDecodeError:
        events = None  # the error holds the body
    if not isinstance(events, list):
        raise ProblemError(Problem.INVALID_BATCH)
    if len(events) > MOST_BATCH_EVENTS:
        raise ProblemError(Problem.TOO_LARGE)
    return [_dump(event) for event in events]


def _attributes(headers: Headers) -> Mapping[str, str]:
    """The context attributes in the ``ce-`` headers."""
    found: dict[str, str] = {}
    for raw_name, raw_value in headers.raw:
        name = raw_name.decode("latin-1").lower()
        if not name.startswith(PREFIX):
            continue
        attribute = name.removeprefix(PREFIX)
        value = _header_text(raw_value)
        if value is None or attribute in found or attribute in NOT_IN_HEADERS:
            raise RejectedError(Violation(Reason.NOT_A_CLOUDEVENT))
        found[attribute] = value
    return found


def _header_text(value: bytes) -> str | None:
    """The text of a header, which the binding percent-encodes in UTF-8, or nothing if it is none."""
    try:
        text = value.decode().strip()
        if QUOTED.fullmatch(text):
            text = re.sub(r"\\(.)", r"\1", text[1:-1])
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        return None


def _is_json(body: bytes) -> bool:
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    return True


def _dump(event: Any) -> bytes | None:
    try:
        return orjson.dumps(event)
    except TypeError:
        return None  # nested deeper than any contract
