"""How an amount is written in an event: as a JSON number, or as text in plain decimal notation."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

NO_DECIMAL: Final = "decimal_type"
"""Code of the error for what is no number, as pydantic has it."""
NOT_PLAIN: Final = "not_plain_decimal"
"""Code of the error for a text that some readers take for a number and others do not."""
NOT_EXACT: Final = "not_exact"
"""Code of the error for a JSON number with more digits than a binary fraction keeps."""
EXACT_DIGITS: Final = 15
"""Digits that every JSON number with a fraction keeps (IEEE 754 double precision)."""
_PLAIN: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class PlainDecimal:
    """Annotates a ``Decimal``; stands after the constraints on its digits.

    Left to itself, pydantic also reads blanks, underscores, exponents, leading zeros and digits of other
    scripts, and rounds a JSON number of many digits without a word. Such an amount goes as text.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        number = handler(source)
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_before_validator_function(_read, number),
            python_schema=number,
            serialization=core_schema.plain_serializer_function_ser_schema(_written, when_used="json"),
        )


def _read(value: Any) -> Decimal:
    match value:
        case str():
            return _from_text(value)
        case float():
            return _from_fraction(value)
        case int() if not isinstance(value, bool):
            return Decimal(value)
        case _:
            raise _no_number()


def _from_text(text: str) -> Decimal:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    try:
        Decimal(text)
    except InvalidOperation:
        raise _no_number() from None
    raise PydanticCustomError(NOT_PLAIN, "not written in plain decimal notation")


def _no_number() -> PydanticCustomError:
    return PydanticCustomError(NO_DECIMAL, "not a number")


def _from_fraction(number: float) -> Decimal:
    exact = Decimal(repr(number))
    if exact.is_finite() and len(exact.normalize().as_tuple().digits) > EXACT_DIGITS:
        raise PydanticCustomError(NOT_EXACT, "more digits than a JSON number keeps; write it as text")
    return exact


def _written(number: Decimal | None) -> str | None:
    """Plain notation again, whatever notation Python gives it."""
    return None if number is None else f"{number:f}"
