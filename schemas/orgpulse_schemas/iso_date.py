"""How a day is written in an event: ``YYYY-MM-DD`` and nothing else (RFC 3339, full-date)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

NO_DAY: Final = "not_a_day"
"""Code of the error for a text that is no day, or not written as one."""
LENGTH: Final = len("YYYY-MM-DD")


@dataclass(frozen=True, slots=True)
class IsoDate:
    """Annotates a ``date`` that arrives as JSON text.

    Left to itself, pydantic also reads a text of digits as seconds since 1970: a ``86400`` in a date column
    would silently become 2 January 1970.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(strict=True)
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(_day, text),
            python_schema=handler(source),
            serialization=core_schema.simple_ser_schema("date"),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "format": "date"}


def _day(text: str) -> date:
    if len(text) == LENGTH and text[7] == "-":  # Python also reads week dates, and days without hyphens
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise PydanticCustomError(NO_DAY, "not a day written as YYYY-MM-DD")
