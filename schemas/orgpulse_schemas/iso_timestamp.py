"""How a moment is written in an event: day, time and offset from UTC (RFC 3339, date-time)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

NO_MOMENT: Final = "not_a_moment"
"""Code of the error for a text that is no moment, or not written as one."""
_WRITTEN: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class IsoTimestamp:
    """Annotates an aware ``datetime`` that arrives as JSON text; it is read into UTC.

    Left to itself, pydantic also reads a text of digits as seconds since 1970, and takes a time without
    offset, which would then be read in the zone of whatever machine looks at it.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(strict=True)
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(_moment, text),
            python_schema=core_schema.datetime_schema(strict=True, tz_constraint="aware"),
            serialization=core_schema.simple_ser_schema("datetime"),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "format": "date-time"}


def _moment(text: str) -> datetime:
    if _WRITTEN.fullmatch(text):
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):  # no such day or hour, or a year before 1 in UTC
            pass
    raise PydanticCustomError(
        NO_MOMENT, "not a moment written as YYYY-MM-DDThh:mm:ss with its offset from UTC"
    )
