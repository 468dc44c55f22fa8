import json
import logging
import sys

from orgpulse_streams.logs import JsonLines, Repetition, describe

CANARY = "zyxcanary"


def line(name: str, message: str, *args: object, error: BaseException | None = None) -> str:
    information = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, information)
    return JsonLines().format(record)


def test_own_message_is_a_json_line_with_its_fields() -> None:
    record = logging.LogRecord("orgpulse.streams", logging.INFO, __file__, 1, "progress", (), None)
    record.fields = {"sent": {"events.hr": 3}}
    document = json.loads(JsonLines().format(record))
    assert document["message"] == "progress"
    assert document["level"] == "info"
    assert document["sent"] == {"events.hr": 3}


def test_library_message_keeps_its_numbers_and_loses_what_may_hold_a_value() -> None:
    text = line("aiokafka", "failed %s at offset %d: %r", CANARY, 17, ValueError(CANARY))
    assert json.loads(text)["message"] == "failed <str> at offset 17: <ValueError>"


def test_library_message_with_mapping_or_wrong_arguments_loses_them() -> None:
    for text in (line("faust", "k=%(key)s", {"key": CANARY}), line("faust", "%s %s", CANARY)):
        assert CANARY not in text
        assert json.loads(text)["message"]


def test_exception_is_logged_without_its_message() -> None:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as cause:
            raise ValueError(CANARY) from cause
    except ValueError as error:
        text = line("mode", "Crashed reason=%r", error, error=error)
    assert CANARY not in text
    exception = json.loads(text)["exception"]
    assert (exception["type"], exception["cause"]) == ("ValueError", "KeyError")
    assert "test_logs.py" in exception["places"][0]


def test_nothing_to_describe_is_described_as_nothing() -> None:
    assert describe(None) == {}
    assert sys.excepthook is not None


def test_library_that_repeats_itself_is_heard_once_in_a_while() -> None:
    repetition = Repetition(every_s=10)
    passed = []
    for second in range(21):
        record = logging.LogRecord("aiokafka", logging.ERROR, __file__, 1, "no broker %s", (second,), None)
        record.created = 1_000.0 + second
        if repetition.filter(record):
            passed.append((second, getattr(record, "fields", {})))
    assert passed == [(0, {}), (10, {"held_back": 9}), (20, {"held_back": 9})]


def test_own_messages_are_all_written() -> None:
    repetition = Repetition(every_s=10)
    record = logging.LogRecord("orgpulse.streams", logging.INFO, __file__, 1, "progress", (), None)
    assert [repetition.filter(record) for _ in range(3)] == [True, True, True]
