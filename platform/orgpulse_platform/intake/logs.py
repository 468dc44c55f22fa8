"""Logs of the intake: one JSON document a line on standard error, with codes and counts, never a value.

Of a library's message only the constant template is written, without what it was to be filled with, and of an
exception its type alone: both can hold what a request held.
"""

import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

import orjson

OWN: Final = "orgpulse.intake"

log = logging.getLogger(OWN)


class JsonLines(logging.Formatter):
    """Formats a record as one JSON line."""

    def format(self, record: logging.LogRecord) -> str:
        """The JSON line of a record."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z).decode()


def event(message: str, /, *, level: str = "info", **fields: object) -> None:
    """Log something that happened, with codes and counts as fields."""
    log.log(logging.getLevelNamesMapping()[level.upper()], message, extra={"fields": fields})


def configure(level: str) -> None:
    """Send all logs of this process to standard error as JSON lines; libraries from warnings upwards."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    log.setLevel(level.upper())
    # While Kafka is away its client writes several lines a second; the intake says the same once.
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    logging.raiseExceptions = False  # a broken log call would print its arguments
