"""The transform of one record: parse, validate, check the source, protect – or reject. It never raises."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import orjson

from orgpulse_platform.keyring import Keyring
from orgpulse_schemas.classification import Classification
from orgpulse_schemas.cloudevents import CloudEvent, parse
from orgpulse_schemas.contract import About
from orgpulse_schemas.reasons import Reason, RejectedError, Violation
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate
from orgpulse_schemas.wire import origin
from orgpulse_streams.protect.records import ProtectedRecord, RawRecord
from orgpulse_streams.protect.rejected import rejected_record
from orgpulse_streams.protect.treatments import Treatments, compile_treatments, key_bytes, scrubs
from orgpulse_streams.scrub.known_names import KnownNames
from orgpulse_streams.scrub.name_lists import Known

Clock = Callable[[], datetime]
"""Gives the time now, in UTC."""


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def known_names(path: Path, keyring: Keyring) -> KnownNames | None:
    """The names of the HR system, if a contract keeps free text; without one nobody's name is learnt.

    Raises :class:`~orgpulse_streams.scrub.known_names.KnownNamesError`.
    """
    return KnownNames(path, keyring) if any(map(scrubs, all_contracts().values())) else None


class Protection:
    """Turns raw records into what may leave. Compiles every contract when it is made.

    Raises :class:`~orgpulse_streams.protect.treatments.UnknownTreatmentError` when it is made, never later.
    """

    def __init__(
        self, keyring: Keyring, clock: Clock = utc_now, known_names: KnownNames | None = None
    ) -> None:
        self._keyring = keyring
        self._clock = clock
        self._known_names = known_names
        known: Known = frozenset() if known_names is None else known_names
        self._treatments = {
            type_: compile_treatments(about, keyring, known) for type_, about in all_contracts().items()
        }

    def __call__(self, record: RawRecord) -> ProtectedRecord:
        """Exactly one record for every record, whatever is in it."""
        contract: str | None = None
        try:
            event = parse(record.value, record.headers)
            treatments = self._treatments.get(event.type)
            if treatments is None:
                raise RejectedError(Violation(Reason.UNKNOWN_CONTRACT, "/type"))
            contract = event.type
            if treatments.about.raw_topic != record.topic:
                raise RejectedError(Violation(Reason.WRONG_SOURCE, "/source"))
            return self._protected(record, event, treatments)
        except RejectedError as error:
            violation = error.first
        except Exception:  # its message may repeat the event: only that it happened is kept
            violation = Violation(Reason.UNPROCESSABLE)
        return rejected_record(record, violation, contract, self._clock(), self._keyring)

    def _protected(self, record: RawRecord, event: CloudEvent, treatments: Treatments) -> ProtectedRecord:
        payload = validate(event)
        if treatments.names and self._known_names is not None:
            self._known_names.learn(filter(None, (getattr(payload, name) for name in treatments.names)))
        data = treatments.protect(payload.__dict__, event.time.date())
        protected = {
            "specversion": "1.0",
            "id": self._keyring.event_identity(event.source, event.id),
            "source": event.source,
            "type": event.type,
            "time": event.time,
            "recordedtime": self._clock(),
            "origin": origin(record.topic, record.partition, record.offset, record.timestamp_ms),
            **_classification(event, treatments.about).attributes,
            "datacontenttype": "application/json",
            "data": data,
        }
        value = orjson.dumps(protected, option=orjson.OPT_UTC_Z)
        return ProtectedRecord(treatments.about.events_topic, key_bytes(data[treatments.key]), value)


def _classification(event: CloudEvent, about: About) -> Classification:
    """What the contract says of a protected event, unless the original asks for more than the contract."""
    if about.classification.covers(event.dataclassification, event.datacategory):
        return about.protected_classification
    return about.protected_classification.raised(event.dataclassification, event.datacategory)
