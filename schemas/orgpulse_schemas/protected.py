"""The payload that leaves protection, derived from a contract: what topics, tables and documents hold."""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.privacy import PersonalData, Treatment, TreatmentKind


class LogicalType(StrEnum):
    """Type of a protected field, independent of any database."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    """In UTC."""


REPLACED: Final = frozenset({TreatmentKind.PSEUDONYMISE, TreatmentKind.SCRUB, TreatmentKind.GENERALISE})
"""Treatments after which a text of another form stands in place of the value."""
# A bool is an int and a datetime is a date: the narrower type stands first.
_LOGICAL_TYPES: Final = (
    (bool, LogicalType.BOOLEAN),
    (str, LogicalType.TEXT),
    (int, LogicalType.INTEGER),
    (Decimal, LogicalType.DECIMAL),
    (datetime, LogicalType.TIMESTAMP),
    (date, LogicalType.DATE),
)


@dataclass(frozen=True, slots=True)
class ProtectedField:
    """One field of a protected payload."""

    name: str
    meaning: str
    unit: str | None
    type: LogicalType
    precision: int
    """Digits of a decimal in all; 0 for other types."""
    scale: int
    """Digits of a decimal after the point; 0 for other types."""
    required: bool
    personal_data: PersonalData
    treatment: Treatment


@cache
def protected_fields(about: About) -> tuple[ProtectedField, ...]:
    """The fields that leave protection, in the contract's order; dropped fields are not among them."""
    return tuple(_protected(about))


@cache
def dropped(about: About) -> frozenset[str]:
    """Names of the fields that arrive and do not leave protection."""
    return frozenset(field.name for field in about.fields if field.treatment.kind is TreatmentKind.DROP)


def _protected(about: About) -> Iterator[ProtectedField]:
    for field in about.fields:
        if field.name in dropped(about):
            continue
        replaced = field.treatment.kind in REPLACED
        logical = LogicalType.TEXT if replaced else logical_type(field.annotation)
        yield ProtectedField(
            name=field.name,
            meaning=_meaning(field),
            unit=field.unit,
            type=logical,
            precision=_digits(field, "max_digits") if logical is LogicalType.DECIMAL else 0,
            scale=_digits(field, "decimal_places") if logical is LogicalType.DECIMAL else 0,
            required=field.required,
            personal_data=field.personal_data,
            treatment=field.treatment,
        )


def _meaning(field: ContractField) -> str:
    match field.treatment.kind:
        case TreatmentKind.PSEUDONYMISE:
            return f"{field.meaning} Pseudonym in the domain {field.treatment.detail}."
        case TreatmentKind.SCRUB:
            return f"{field.meaning} Scrubbed: placeholders stand for the personal details that were found."
        case TreatmentKind.GENERALISE:
            return f"{field.meaning} Generalised by the rule {field.treatment.detail}."
        case _:
            return field.meaning


def logical_type(annotation: Any) -> LogicalType:
    """The logical type of a Python annotation; raises :class:`TypeError` for one that no table can hold."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return logical_type(get_args(annotation)[0])
    if origin is Literal:
        return LogicalType.TEXT
    if origin in (Union, types.UnionType):
        inner = [argument for argument in get_args(annotation) if argument is not type(None)]
        if len(inner) == 1:
            return logical_type(inner[0])
    for python_type, logical in _LOGICAL_TYPES:
        if isinstance(annotation, type) and issubclass(annotation, python_type):
            return logical
    raise TypeError(f"no table can hold {annotation!r}")


def _digits(field: ContractField, name: str) -> int:
    value = next((getattr(note, name) for note in field.notes if getattr(note, name, None) is not None), None)
    if value is None:
        raise TypeError(f"the decimal field {field.name} states no {name}")
    return int(value)
