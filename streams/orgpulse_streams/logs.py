"""Logs of a worker: one JSON document a line on standard error, with codes and counts, never a value.

Libraries format their messages with whatever they hold, a record's contents included. Of their messages only
the constant template is written, with those arguments filled in that cannot hold a value of an event; of an
exception its type and the places it passed, never its message.
"""

import logging
import sys
import traceback
import warnings
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

import orjson

OWN: Final = "orgpulse"
FRAMES: Final = 6
"""How many of the innermost frames of an exception are written."""

REPEAT_S: Final = 10.0
"""How often the same message of a library is written, in seconds."""

log = logging.getLogger(f"{OWN}.streams")


class JsonLines(logging.Formatter):
    """Formats a record as one JSON line."""

    def format(self, record: logging.LogRecord) -> str:
        """The JSON line of a record."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if _own(record) else _without_values(record),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = describe(record.exc_info[1])
        return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS).decode()


class Repetition(logging.Filter):
    """Lets the same message of a library pass only once in a while: without a broker hundreds come."""

    def __init__(self, every_s: float = REPEAT_S) -> None:
        super().__init__()
        self._every_s = every_s
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write a message; the next one that is written says how many were not."""
        if _own(record):
            return True
        message = (record.name, str(record.msg))
        written, held_back = self._seen.get(message, (-self._every_s, 0))
        if record.created - written < self._every_s:
            self._seen[message] = (written, held_back + 1)
            return False
        self._seen[message] = (record.created, 0)
        if held_back:
            record.fields = {"held_back": held_back}
        return True


def event(level: int, message: str, /, **fields: object) -> None:
    """Log something that happened, with codes and counts as fields."""
    log.log(level, message, extra={"fields": fields})


def describe(error: BaseException | None) -> dict[str, Any]:
    """An exception without its message: its type, its cause's type, and the innermost places it passed."""
    if error is None:
        return {}
    cause = error.__cause__ or error.__context__
    return {
        "type": type(error).__name__,
        "cause": type(cause).__name__ if cause else None,
        "places": [
            f"{frame.name} ({frame.filename.rpartition('/')[2]}:{frame.lineno})"
            for frame in traceback.extract_tb(error.__traceback__)[-FRAMES:]
        ],
    }


def configure(level: str) -> None:
    """Send all logs of this process to standard error as JSON lines; libraries from warnings upwards."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(Repetition())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(OWN).setLevel(level.upper())
    # A library that fails outside of any log must not print its exception's message either.
    logging.raiseExceptions = False
    sys.excepthook = _uncaught
    warnings.simplefilter("ignore")


def _own(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == OWN


def _without_values(record: logging.LogRecord) -> str:
    template = str(record.msg)
    if not record.args:
        return template
    arguments = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return template % tuple(_harmless(argument) for argument in arguments)
    except (TypeError, ValueError):
        return template


def _harmless(argument: object) -> object:
    """The argument if it is a number or a partition, else what kind of thing it is."""
    if isinstance(argument, int | float):
        return argument
    if isinstance(argument, tuple) and hasattr(argument, "topic") and hasattr(argument, "partition"):
        return _Kind(f"{argument.topic}/{argument.partition}")
    return _Kind(f"<{argument.__name__ if isinstance(argument, type) else type(argument).__name__}>")


class _Kind(str):
    """Stands for an argument, written the same by every placeholder."""

    __slots__ = ()
    __repr__ = str.__str__


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("the worker failed", exc_info=(kind, error, trace))
