"""The log of the intake holds codes and counts, and of libraries their templates only."""

import json
import logging
import sys

from orgpulse_platform.intake.logs import JsonLines

MARK = "Zanzibar"


def line(message: object, *arguments: object, **more: object) -> dict[str, object]:
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 1, message, arguments, None)
    vars(record).update(more)
    return json.loads(JsonLines().format(record))


def test_a_librarys_message_is_its_template() -> None:
    assert line("got %s", MARK)["message"] == "got %s"
    assert line(ValueError(MARK))["message"] == "ValueError"


def test_an_exception_is_its_type() -> None:
    try:
        raise RuntimeError(MARK)
    except RuntimeError:
        found = line("failed", exc_info=sys.exc_info())
    assert found["error"] == "RuntimeError"
    assert MARK not in json.dumps(found)


def test_fields_are_written() -> None:
    assert line("request", fields={"status": 202})["status"] == 202
