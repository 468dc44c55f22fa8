"""Every answer of a running intake that needs no Kafka, and what it says while Kafka is away."""

import http.client
import json
import logging
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from intake_harness import BATCH, BINARY, STRUCTURED, Answer

from orgpulse_platform.intake.tokens import create_token, read_tokens, revoke_token
from orgpulse_platform.settings import IntakeSettings
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.registry import all_contracts

MARK = "Zanzibar"


def logged(caplog: pytest.LogCaptureFixture, message: str, count: int = 1) -> list[Any]:
    """The records of this message, once there are so many: a line is written after its answer was sent."""
    deadline = time.monotonic() + 5
    while True:
        found = [record for record in caplog.records if record.getMessage() == message]
        if len(found) >= count:
            return found
        assert time.monotonic() < deadline, f"{len(found)} of {count}"
        time.sleep(0.01)


def with_data(event: dict[str, Any], **data: Any) -> dict[str, Any]:
    return {**event, "data": {**event["data"], **data}}


def assert_problem(answer: Any, status: int, code: str) -> None:
    assert (answer.status, answer.json["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["type"] == f"urn:orgpulse:problem:{code.replace('_', '-')}"
    assert answer.json["correlation_id"] == answer.headers["x-correlation-id"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", "Basic eDp5", "bearer orgpulse_x"])
def test_without_a_valid_token_nothing_is_read(intake: Any, header: str | None) -> None:
    headers = {"Content-Type": STRUCTURED} | ({"Authorization": header} if header is not None else {})
    answer = intake.request("POST", "/events", b"{", headers)
    assert_problem(answer, 401, "no_token")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_revoked_token_is_refused_at_once_and_the_new_one_is_taken(intake: Any) -> None:
    path = intake.settings.folder.intake_tokens
    assert intake.send({}).status == 422
    (old,) = read_tokens(path)
    _, new = create_token(path, "PR-2")
    assert intake.send({}).status == 422
    revoke_token(path, old.id)
    assert intake.send({}).status == 401
    intake.tokens["PR-2"] = new
    assert intake.send({}).status == 422


def test_when_the_token_file_is_open_to_others_nobody_enters(intake: Any) -> None:
    assert intake.send({}).status == 422
    intake.settings.folder.intake_tokens.chmod(0o644)
    answer = intake.send({})
    assert_problem(answer, 503, "tokens_unreadable")
    assert answer.headers["retry-after"] == "30"


def test_another_systems_contract_is_forbidden_and_not_even_validated(
    intake: Any, good_event: dict[str, Any]
) -> None:
    answer = intake.send(with_data(good_event, language="nonsense"), system="PE-3")
    assert_problem(answer, 403, "foreign_contract")
    assert "violations" not in answer.json


def test_own_contract_under_another_systems_source_is_a_violation(
    intake: Any, good_event: dict[str, Any]
) -> None:
    answer = intake.send({**good_event, "source": "urn:orgpulse:system:pe-3"})
    assert_problem(answer, 422, "invalid_event")
    assert answer.json["violations"] == [{"path": "/source", "code": "wrong_source"}]


def test_every_violation_is_named_by_path_and_code(intake: Any, good_event: dict[str, Any]) -> None:
    answer = intake.send(with_data(good_event, language=MARK, completed_on="2019-02-30", personnel_id=7))
    assert_problem(answer, 422, "invalid_event")
    assert answer.json["violations"] == [
        {"path": "/data/completed_on", "code": "impossible_date"},
        {"path": "/data/language", "code": "invalid_value"},
        {"path": "/data/personnel_id", "code": "wrong_type"},
    ]


FAILING = [
    (example, about.system.id)
    for about in all_contracts().values()
    for example in examples_of(about.event_type)
    if example.violation is not None
]


def test_every_failing_example_is_refused_as_it_says(intake: Any) -> None:
    for example, system in FAILING:
        answer = intake.send(example.value, system=system)
        assert answer.status in {413, 422, 403}, example.name
        if answer.status == 422:
            first = answer.json["violations"][0]
            assert (first["code"], first["path"]) == (example.violation.reason.value, example.violation.path)


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", "empty"), (b"{", "malformed_json"), (b"[1]", "not_a_cloudevent"), (b"\xff", "malformed_json")],
)
def test_a_body_that_is_no_event_is_refused(intake: Any, body: bytes, code: str) -> None:
    answer = intake.send(body)
    assert_problem(answer, 422, "invalid_event")
    assert answer.json["violations"] == [{"path": "", "code": code}]


@pytest.mark.parametrize(
    ("media_type", "more"),
    [
        ("text/csv", {}),
        ("application/cloudevents+xml", {}),
        ("application/cloudevents+json; charset=utf-16", {}),
        (STRUCTURED, {"Content_Encoding": "gzip"}),
    ],
)
def test_other_media_types_are_refused(intake: Any, media_type: str, more: dict[str, str]) -> None:
    assert_problem(intake.send(b"x", media_type, **more), 415, "unsupported_media_type")


def test_a_charset_of_utf_8_may_be_named(intake: Any) -> None:
    assert intake.send(b"{", 'application/cloudevents+json; charset="UTF-8"').status == 422


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 10_000):
        yield b" " * 10_000


@pytest.mark.parametrize(("media_type", "size"), [(STRUCTURED, 1_000_000), (BATCH, 5_000_000)])
def test_a_body_that_is_too_large_is_refused_also_when_its_length_is_not_announced(
    intake: Any, media_type: str, size: int
) -> None:
    assert_problem(intake.send(chunks(size + 10_000), media_type), 413, "too_large")
    assert_problem(intake.send(b" " * (size + 1), media_type), 413, "too_large")
    assert intake.send(chunks(size), media_type).status == 422
    assert intake.send(b" " * size, media_type).status == 422


def test_a_length_that_is_announced_is_refused_before_it_is_sent(intake: Any) -> None:
    with socket.create_connection(("127.0.0.1", intake.port), 20) as connection:
        head = f"POST /events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {intake.token('PR-2')}\r\n"
        head += f"Content-Type: {STRUCTURED}\r\nContent-Length: 999999999999\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(1_000).startswith(b"HTTP/1.1 413 ")


def test_a_batch_of_too_many_events_is_refused(intake: Any) -> None:
    assert_problem(intake.send([0] * 10_001, BATCH), 413, "too_large")


def test_a_body_that_is_no_batch_is_refused(intake: Any, good_event: dict[str, Any]) -> None:
    assert_problem(intake.send(good_event, BATCH), 422, "invalid_batch")


def test_an_empty_batch_is_accepted(intake: Any) -> None:
    answer = intake.send([], BATCH)
    assert (answer.status, answer.json) == (202, [])


def test_each_wrong_event_of_a_batch_has_its_own_answer(intake: Any, good_event: dict[str, Any]) -> None:
    deep: Any = []
    for _ in range(600):
        deep = [deep]
    foreign = {**good_event, "type": "org.hr.appointment.made.v1"}
    answer = intake.send(
        [with_data(good_event, language=MARK), foreign, 7, {**good_event, "data": deep}], BATCH
    )
    assert answer.status == 200
    assert [(item["index"], item["status"], item["code"]) for item in answer.json] == [
        (0, 422, "invalid_event"),
        (1, 403, "foreign_contract"),
        (2, 422, "invalid_event"),
        (3, 422, "invalid_event"),
    ]
    assert answer.json[0]["violations"] == [{"path": "/data/language", "code": "invalid_value"}]


def test_an_event_in_a_batch_may_not_be_larger_than_one_alone(
    intake: Any, good_event: dict[str, Any]
) -> None:
    answer = intake.send([with_data(good_event, language="x" * 1_000_000)], BATCH)
    assert [item["status"] for item in answer.json] == [413]


class TestWithFewEventsASecond:
    @pytest.fixture
    def intake_settings(self) -> IntakeSettings:
        return IntakeSettings(events_per_second=0.5, burst=3, acknowledge_ms=2_000)

    def test_the_rate_is_limited_for_each_system_alone(self, intake: Any) -> None:
        assert [intake.send({}).status for _ in range(3)] == [422, 422, 422]
        answer = intake.send({})
        assert_problem(answer, 429, "too_many_events")
        assert int(answer.headers["retry-after"]) in {1, 2}
        assert intake.send({}, system="PE-3").status == 422

    def test_a_batch_costs_its_events(self, intake: Any) -> None:
        assert intake.send([0] * 10, BATCH).status == 200
        answer = intake.send({})
        assert answer.status == 429
        assert int(answer.headers["retry-after"]) > 10


@pytest.mark.parametrize("media_type", [STRUCTURED, BATCH])
def test_while_kafka_is_away_nothing_is_acknowledged(
    intake: Any, good_event: dict[str, Any], media_type: str
) -> None:
    began = time.monotonic()
    answer = intake.send([good_event] if media_type == BATCH else good_event, media_type)
    assert_problem(answer, 503, "not_acknowledged")
    assert answer.headers["retry-after"] == "5"
    assert time.monotonic() - began < 10


def test_health(intake: Any) -> None:
    assert intake.request("GET", "/health/live").json == {"status": "live"}
    answer = intake.request("GET", "/health/ready")
    assert (answer.status, answer.json["reason"]) == (503, "kafka_unreachable")


def test_unknown_addresses_and_methods(intake: Any) -> None:
    assert_problem(intake.request("GET", f"/{MARK}?{MARK}={MARK}"), 404, "not_found")
    assert_problem(intake.request("POST", "/events/"), 404, "not_found")
    answer = intake.request("GET", "/events")
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "POST"


def answer_to(intake: Any, sent: bytes) -> Any:
    """What the intake answers to these very bytes, with nothing after it."""
    with socket.create_connection(("127.0.0.1", intake.port), 20) as connection:
        connection.sendall(sent)
        response = http.client.HTTPResponse(connection)
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, response.read())


POST = b"POST /events HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        f"{MARK}\r\n\r\n".encode(),
        f"POST /{MARK} HTTP/one\r\n\r\n".encode(),
        b"POST /events HTTP/1.1\r\n\r\n",
        POST + f"{MARK} {MARK}: x\r\n\r\n".encode(),
        POST + f"{MARK}: \x00\r\n\r\n".encode(),
        POST + b"Content-Length: x\r\n\r\n",
        POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        POST + b"Transfer-Encoding: gzip\r\n\r\n",
        POST + b"ce-id: " + b"x" * 40_000,
    ],
    ids=["line", "version", "no host", "name", "nul", "length", "lengths", "encoding", "too large"],
)
def test_what_is_no_http_is_a_problem_as_well(
    intake: Any, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    answer = answer_to(intake, sent)
    assert_problem(answer, 400, "malformed_request")
    assert answer.headers["connection"] == "close"
    assert answer.headers["cache-control"] == "no-store"
    (line,) = logged(caplog, "malformed request")
    assert line.fields["correlation_id"] == answer.headers["x-correlation-id"]
    assert MARK.lower() not in (answer.body.decode() + str(answer.headers) + caplog.text).lower()


def test_a_head_without_end_is_refused(intake: Any) -> None:
    with socket.create_connection(("127.0.0.1", intake.port), 20) as connection:
        connection.sendall(POST + b"ce-id: " + b"x" * 600_000)
        assert connection.recv(1_000).startswith(b"HTTP/1.1 400 ")


def test_a_body_that_breaks_off_after_the_answer_ends_the_connection_and_nothing_else(
    intake: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_connection(("127.0.0.1", intake.port), 20) as connection:
        connection.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n")
        assert connection.recv(10_000).startswith(b"HTTP/1.1 401 ")
        connection.sendall(b"no length of a chunk\r\n")
        while connection.recv(10_000):
            pass
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert intake.get("/health/live").status == 200


def test_a_failure_of_the_intake_itself_is_a_problem_without_values(
    intake: Any, good_event: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError(MARK)

    monkeypatch.setattr("orgpulse_platform.intake.intake.admit", fail)
    answer = intake.send(good_event)
    assert_problem(answer, 500, "failed")
    (failure,) = logged(caplog, "request failed")
    assert failure.fields["error"] == "RuntimeError"
    assert failure.fields["correlation_id"] == answer.headers["x-correlation-id"]
    logged(caplog, "request")
    assert MARK not in caplog.text


def test_no_value_of_a_request_is_answered_or_logged(
    intake: Any, good_event: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    bad = with_data(good_event, language=MARK, **{MARK: MARK})
    answers = [
        intake.send(bad, id=MARK),
        intake.send({**bad, "id": MARK, "type": MARK, "source": MARK}),
        intake.send({**good_event, "id": MARK, MARK: MARK}),
        intake.send([bad, MARK, {**good_event, "id": MARK}], BATCH),
        intake.send(f'{{"{MARK}": {MARK}'.encode()),
        intake.send(MARK.encode(), BINARY, **{"ce-id": MARK, f"ce-{MARK}": MARK, "ce-specversion": MARK}),
        intake.send(b"x", f"text/{MARK}", Content_Encoding=MARK),
        intake.request("POST", f"/events?{MARK}={MARK}", b"", {"Authorization": f"Bearer {MARK}"}),
        intake.request("GET", f"/{MARK}"),
        intake.request(MARK.upper(), f"/events/{MARK}"),
    ]
    assert len({answer.status for answer in answers}) >= 5
    for answer in answers:
        assert MARK.lower() not in (answer.body.decode() + str(answer.headers)).lower()
    assert logged(caplog, "request", len(answers))
    lines = [{**vars(record), "message": record.getMessage()} for record in caplog.records]
    everything = json.dumps(lines, default=str)
    assert MARK.lower() not in everything.lower()
    assert intake.token("PR-2") not in everything


def test_the_access_log_says_who_and_how_long_and_no_more(
    intake: Any, caplog: pytest.LogCaptureFixture
) -> None:
    answer = intake.send({})
    (record,) = logged(caplog, "request")
    fields = dict(record.fields)
    assert record.levelno == logging.INFO
    assert fields.pop("duration_ms") >= 0
    assert fields == {
        "method": "POST",
        "route": "/events",
        "status": 422,
        "system": "PR-2",
        "correlation_id": answer.headers["x-correlation-id"],
    }
