"""An example event of a contract: as it is published, and its payload as it leaves protection."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson

from orgpulse_schemas.contract import About
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.privacy import TreatmentKind
from orgpulse_schemas.protected import ProtectedField, protected_fields
from orgpulse_schemas.validation import validate_data


def published_example(about: About) -> dict[str, Any] | None:
    """The example that passes and shows the most fields; nothing if the contract has none."""
    examples = examples_of(about.event_type)
    passing = [orjson.loads(example.value) for example in examples if example.violation is None]
    return max(passing, key=_shown, default=None)


def _shown(event: dict[str, Any]) -> int:
    return sum(value is not None for value in event["data"].values())


def protected_example(about: About, event: dict[str, Any]) -> dict[str, Any]:
    """The payload of an example as it leaves protection.

    A word in brackets stands for what only the keys and the day of the event give: pseudonyms and bands.
    """
    payload = validate_data(about, orjson.dumps(event["data"]))
    return {field.name: _left(field, getattr(payload, field.name)) for field in protected_fields(about)}


def _left(field: ProtectedField, value: Any) -> Any:
    if value is None:
        return None
    match field.treatment.kind:
        case TreatmentKind.PSEUDONYMISE:
            return f"(pseudonym in the domain {field.treatment.detail})"
        case TreatmentKind.SCRUB:
            return "(the text with placeholders such as [PERSON])"
        case TreatmentKind.GENERALISE:
            return f"({field.treatment.detail})"
        case _:
            return _written(value)


def _written(value: Any) -> Any:
    """A value as JSON writes it on the events topic."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value


def as_json(document: Any) -> str:
    """A document on several lines."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z).decode()
