"""CloudEvents 1.0 over Kafka: structured mode (what source systems write) and binary mode (also accepted)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast

import orjson

from orgpulse_schemas.classification import Classification, is_category, is_level, is_regulation
from orgpulse_schemas.reasons import Reason, RejectedError, Violation

MAX_BYTES: Final = 1_000_000
"""Largest event accepted, in bytes: what an Apache Kafka broker takes by default."""
STRUCTURED: Final = b"application/cloudevents+json"

_CLASSIFYING: Final = {
    "dataclassification": is_level,
    "dataregulation": is_regulation,
    "datacategory": is_category,
}
"""The attributes of the data-classification extension, and whether a value of each is understood."""
_MALFORMED: Final = object()
Headers = Iterable[tuple[str, bytes | None]]


@dataclass(frozen=True, slots=True)
class CloudEvent:
    """The attributes that the platform uses, and the payload as JSON bytes."""

    id: str
    source: str
    type: str
    time: datetime
    """When it happened, in UTC."""
    data: bytes
    dataclassification: str | None = None
    """How confidential its source says that it is, if it says so."""
    datacategory: str | None = None
    """How sensitive its source says that it is, if it says so."""


def parse(value: bytes | None, headers: Headers = ()) -> CloudEvent:
    """Read a Kafka record as a CloudEvent; raises :class:`RejectedError` if it is none."""
    if not value:
        raise RejectedError(Violation(Reason.EMPTY))
    if len(value) > MAX_BYTES:
        raise RejectedError(Violation(Reason.TOO_LARGE))
    attributes = _binary_attributes(headers)
    if attributes is not None:
        _load_object(value)
        return _event(attributes, value)
    body = _load_object(value)
    if "data" not in body:
        raise RejectedError(Violation(Reason.MISSING_FIELD, "/data"))
    return _event(body, _dump(body["data"]))


def claimed_identity(value: bytes | None, headers: Headers = ()) -> tuple[str, str] | None:
    """The source and id that a record states, even if it is no event that could be accepted.

    Nothing if it states none, or something else than texts.
    """
    try:
        attributes = _binary_attributes(headers)
        body = _load_object(value or b"") if attributes is None else attributes
    except RejectedError:
        return None
    source, id_ = body.get("source"), body.get("id")
    if isinstance(source, str) and isinstance(id_, str) and source and id_:
        return source, id_
    return None


def _binary_attributes(headers: Headers) -> Mapping[str, Any] | None:
    """The ``ce_`` headers of a binary-mode event, or nothing for a structured one."""
    found = {name[3:]: content for name, content in headers if name.startswith("ce_")}
    if "specversion" not in found:
        return None
    try:
        return {name: content.decode() for name, content in found.items() if content is not None}
    except UnicodeDecodeError:
        pass  # it holds the header, so the rejection is raised outside of its reach
    raise RejectedError(Violation(Reason.NOT_A_CLOUDEVENT))


def _load_object(value: bytes) -> dict[str, Any]:
    body = _loads(value)
    if body is _MALFORMED:
        raise RejectedError(Violation(Reason.MALFORMED_JSON))
    if not isinstance(body, dict):
        raise RejectedError(Violation(Reason.NOT_A_CLOUDEVENT))
    return cast(dict[str, Any], body)


def _loads(value: bytes) -> Any:
    """The JSON value, or :data:`_MALFORMED`: the decoder's error holds the document and must not leave."""
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return _MALFORMED


def _dump(data: Any) -> bytes:
    try:
        return orjson.dumps(data)
    except TypeError:
        pass  # nested deeper than any contract
    raise RejectedError(Violation(Reason.MALFORMED_JSON, "/data"))


def _event(attributes: Mapping[str, Any], data: bytes) -> CloudEvent:
    if attributes.get("specversion") != "1.0":
        raise RejectedError(Violation(Reason.NOT_A_CLOUDEVENT, "/specversion"))
    content_type = attributes.get("datacontenttype")  # null is as good as absent, says the JSON format
    if content_type is not None and not _is_json(content_type):
        raise RejectedError(Violation(Reason.NOT_A_CLOUDEVENT, "/datacontenttype"))
    for name, is_understood in _CLASSIFYING.items():
        stated = attributes.get(name)
        if stated is not None and not is_understood(stated):
            raise RejectedError(Violation(Reason.UNKNOWN_CLASSIFICATION, f"/{name}"))
    return CloudEvent(
        id=_text(attributes, "id"),
        source=_text(attributes, "source"),
        type=_text(attributes, "type"),
        time=_time(attributes),
        data=data,
        dataclassification=attributes.get("dataclassification"),
        datacategory=attributes.get("datacategory"),
    )


def _is_json(content_type: Any) -> bool:
    return isinstance(content_type, str) and content_type.split(";")[0].strip() == "application/json"


def _text(attributes: Mapping[str, Any], name: str) -> str:
    value = attributes.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 256:
        raise RejectedError(Violation(Reason.NOT_A_CLOUDEVENT, f"/{name}"))
    return value


def _time(attributes: Mapping[str, Any]) -> datetime:
    text = _text(attributes, "time")
    try:
        time = datetime.fromisoformat(text)
        if time.tzinfo is not None:
            return time.astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # the error repeats the text
    raise RejectedError(Violation(Reason.IMPOSSIBLE_DATE, "/time"))


def structured(  # noqa: PLR0913
    *,
    id: str,
    source: str,
    type: str,
    time: datetime,
    data: Any,
    classification: Classification | None = None,
) -> bytes:
    """The structured-mode JSON of an event; ``data`` is anything that JSON can hold.

    Raises :class:`ValueError` for a time without zone: it would be read in the zone of this machine.
    """
    if time.tzinfo is None:
        raise ValueError("the time of an event needs a zone")
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": id,
            "source": source,
            "type": type,
            "time": time.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            **(classification.attributes if classification is not None else {}),
            "datacontenttype": "application/json",
            "data": data,
        },
        default=str,
    )
