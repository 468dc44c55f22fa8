"""From a typed payload to the Kafka record that carries it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from orgpulse_schemas.cloudevents import parse, structured
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.reasons import Reason, RejectedError, Violation
from orgpulse_schemas.validation import validate


@dataclass(frozen=True, slots=True, repr=False)
class Record:
    """A record ready to be sent. It holds personal data, so it shows none of it when printed."""

    topic: str
    key: bytes
    value: bytes
    id: str
    """CloudEvents id; with the source it is the identity by which duplicates are removed."""


def record_of(payload: Contract, *, time: datetime, id: str | None = None) -> Record:
    """The record of an event that happened at ``time`` (with a time zone).

    The event is checked as the streams will check it: raises :class:`RejectedError` if they would reject it.
    Without an ``id`` the event gets a random one and cannot be recognised when it is published again.
    """
    if time.tzinfo is None:
        raise RejectedError(Violation(Reason.IMPOSSIBLE_DATE, "/time"))
    about = type(payload).about
    data = payload.model_dump(mode="json")
    event_id = str(uuid.uuid4()) if id is None else id
    value = structured(
        id=event_id,
        source=about.system.uri,
        type=about.event_type,
        time=time,
        data=data,
        classification=about.classification,
    )
    validate(parse(value))
    return Record(about.raw_topic, str(data[about.key]).encode(), value, event_id)
