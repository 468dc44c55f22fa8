"""Contracts compiled into what protection does with each field. What cannot be compiled fails at start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, Final

from orgpulse_platform.errors import OrgPulseError
from orgpulse_platform.keyring import Keyring
from orgpulse_schemas.contract import About
from orgpulse_schemas.privacy import AGE_BAND, PersonName, TreatmentKind
from orgpulse_schemas.protected import LogicalType, ProtectedField, protected_fields
from orgpulse_streams.protect.age import age_band
from orgpulse_streams.scrub.name_lists import Known
from orgpulse_streams.scrub.scrubber import Scrubber

PSEUDONYM_CACHE: Final = 65_536
"""How many identifiers a worker remembers the pseudonym of, in memory only."""

HR: Final = "hr"
"""Family of the HR system, which knows the people by name."""

Change = Callable[[Any, date], Any]
"""Makes the protected value from a raw one and the day of the event; the raw value is never empty."""


@dataclass
class UnknownTreatmentError(OrgPulseError):
    """A contract asks for a treatment that the streams do not know."""

    guidance = "Correct the contract or teach the streams the treatment; no event is processed until then."


@dataclass(frozen=True, slots=True)
class Treatments:
    """What leaves of one contract's payload, and how."""

    about: About
    kept: tuple[str, ...]
    """Fields that leave as they are."""
    changed: tuple[tuple[str, Change], ...]
    """Fields that leave in another form."""
    key: str
    """The field whose protected value is the record key."""
    names: tuple[str, ...] = ()
    """Fields of the HR system that hold the name of a person."""

    def protect(self, payload: dict[str, Any], on: date) -> dict[str, Any]:
        """The protected payload of an event of a day; what no treatment names does not pass."""
        protected = {name: payload[name] for name in self.kept}
        for name, change in self.changed:
            value = payload[name]
            protected[name] = None if value is None else change(value, on)
        return protected


def scrubs(about: About) -> bool:
    """Whether a contract keeps free text."""
    return any(field.treatment.kind is TreatmentKind.SCRUB for field in about.fields)


def compile_treatments(about: About, keyring: Keyring, known: Known = frozenset()) -> Treatments:
    """Compile a contract; ``known`` are the words that are names in the HR system.

    Raises :class:`UnknownTreatmentError` where a field's treatment is not known.
    """
    kept: list[str] = []
    changed: list[tuple[str, Change]] = []
    for field in protected_fields(about):
        change = _change(about, field, keyring, known)
        if change is None:
            kept.append(field.name)
        else:
            changed.append((field.name, change))
    if about.key not in (*kept, *(name for name, _ in changed)):
        raise UnknownTreatmentError(f"{about.event_type}: the key {about.key} does not pass protection")
    names = tuple(field.name for field in about.fields if about.family == HR and PersonName() in field.notes)
    return Treatments(about, tuple(kept), tuple(changed), about.key, names)


def _change(about: About, field: ProtectedField, keyring: Keyring, known: Known) -> Change | None:
    """What is done with a field, or nothing where its value leaves as it is."""
    match field.treatment.kind:
        case TreatmentKind.KEEP:
            return _FORMS.get(field.type)
        case TreatmentKind.PSEUDONYMISE:
            return _pseudonymise(about, field, keyring)
        case TreatmentKind.SCRUB:
            scrubber = Scrubber(known)
            return lambda value, on: scrubber.scrub(value)
        case TreatmentKind.GENERALISE if field.treatment == AGE_BAND:
            return age_band
        case _:
            raise UnknownTreatmentError(f"{about.event_type}: {field.name}")


def _pseudonymise(about: About, field: ProtectedField, keyring: Keyring) -> Change:
    domain = field.treatment.detail
    try:
        keyring.pseudonym(domain, "")
    except KeyError:
        raise UnknownTreatmentError(
            f"{about.event_type}: {field.name}: no key for the pseudonyms of {domain}"
        ) from None
    pseudonym = lru_cache(PSEUDONYM_CACHE)(partial(keyring.pseudonym, domain))
    return lambda value, on: pseudonym(value)


def _decimal(value: Decimal, on: date) -> str:
    return f"{value:f}"  # never in exponent notation


def _timestamp(value: datetime, on: date) -> datetime:
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


_FORMS: Final[dict[LogicalType, Change]] = {
    LogicalType.DECIMAL: _decimal,
    LogicalType.TIMESTAMP: _timestamp,
}
"""Types that JSON has no exact form for, and what is written instead."""


def key_bytes(value: Any) -> bytes | None:
    """A protected value as a record key: its text in UTF-8."""
    if value is None:
        return None
    return (value if isinstance(value, str) else str(value)).encode()
