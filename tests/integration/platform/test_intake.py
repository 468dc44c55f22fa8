"""The HTTP intake with a real Apache Kafka: what it acknowledges is there."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from kafka import TopicPartition

from orgpulse_platform.clients import admin_client, consumer
from orgpulse_platform.intake.server import intake_server, listening_socket
from orgpulse_platform.intake.tokens import create_token
from orgpulse_platform.settings import IntakeSettings, Settings
from orgpulse_platform.topic_admin import create_topics, end_offsets
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.registry import all_contracts

pytestmark = pytest.mark.kafka
STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
BINARY = "application/json"
TOPIC = "raw.training.pr-2"


def completion(id_: str = "c-1", **data: Any) -> dict[str, Any]:
    """An event of PR-2."""
    return {
        "specversion": "1.0",
        "id": id_,
        "source": "urn:orgpulse:system:pr-2",
        "type": "org.training.completion.recorded.v1",
        "time": "2019-05-14T13:02:11Z",
        "data": {
            "personnel_id": "P004417",
            "course_id": "C003",
            "completed_on": "2019-05-14",
            "language": "EN",
            **data,
        },
    }


@dataclass
class Client:
    """A source system that speaks HTTP."""

    port: int
    token: str

    def get(self, path: str) -> tuple[int, Any]:
        return self._request("GET", path, None, {})

    def send(self, body: Any, media_type: str = STRUCTURED, **headers: str) -> tuple[int, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body)
        given = {"Content-Type": media_type, "Authorization": f"Bearer {self.token}", **headers}
        return self._request("POST", "/events", content, given)

    def _request(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()


def client(settings: Settings, port: int, system: str = "PR-2") -> Client:
    _, token = create_token(settings.folder.intake_tokens, system)
    return Client(port, token)


@contextmanager
def running(settings: Settings) -> Iterator[int]:
    """An intake in a thread; its port."""
    listening = listening_socket("127.0.0.1", 0)
    server = intake_server(settings)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the intake does not start"
        time.sleep(0.01)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(30)
    assert not thread.is_alive()


def patient(settings: Settings, acknowledge_ms: int = 20_000) -> Settings:
    """The same settings, with no limit of rate and patience enough for a busy machine."""
    intake = IntakeSettings(acknowledge_ms=acknowledge_ms, burst=100_000)
    return settings.model_copy(update={"intake": intake})


@pytest.fixture
def system(clean_kafka: Settings) -> Iterator[Client]:
    settings = patient(clean_kafka)
    with running(settings) as port:
        yield client(settings, port)


def record_at(settings: Settings, receipt: dict[str, Any]) -> Any:
    """The record that a receipt names."""
    reader = consumer(settings.kafka, consumer_timeout_ms=10_000)
    try:
        place = TopicPartition(receipt["topic"], receipt["partition"])
        reader.assign([place])
        reader.seek(place, receipt["offset"])
        return next(reader)
    finally:
        reader.close()


def stored_ids(settings: Settings, topic: str = TOPIC) -> list[str]:
    """Ids of all events on a topic."""
    reader = consumer(settings.kafka, consumer_timeout_ms=10_000)
    try:
        reader.subscribe([topic])
        count = sum(end_offsets(settings.kafka, [topic]).values())
        return [parse(next(reader).value).id for _ in range(count)]
    finally:
        reader.close()


def test_the_receipt_of_a_structured_event_says_where_it_is(system: Client, clean_kafka: Settings) -> None:
    event = {**completion(), "correlationid": "kept"}
    status, receipt = system.send(event)
    assert status == 202
    record = record_at(clean_kafka, receipt)
    assert json.loads(record.value) == event
    assert record.key == b"P004417"
    assert (receipt["id"], receipt["source"], receipt["type"]) == (
        event["id"],
        event["source"],
        event["type"],
    )
    assert receipt["topic"] == TOPIC
    arrived = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.timestamp / 1000))
    assert receipt["received_at"].startswith(arrived)
    assert receipt["received_at"].endswith("Z")


def test_the_receipt_of_a_binary_event_says_where_it_is(system: Client, clean_kafka: Settings) -> None:
    event = completion()
    headers = {f"ce-{name}": event[name] for name in ("specversion", "id", "source", "type", "time")}
    status, receipt = system.send(event["data"], BINARY, **headers)
    assert status == 202
    assert json.loads(record_at(clean_kafka, receipt).value) == {
        **event,
        "datacontenttype": "application/json",
    }


def test_one_bad_event_does_not_hold_up_its_batch(system: Client, clean_kafka: Settings) -> None:
    events = [completion(f"c-{number}") for number in range(50)]
    events[7]["data"]["language"] = "Zanzibar"
    status, answers = system.send(events, BATCH)
    assert status == 200
    assert [answer["index"] for answer in answers] == list(range(50))
    assert answers[7] == {
        "index": 7,
        "status": 422,
        "code": "invalid_event",
        "violations": [{"path": "/data/language", "code": "invalid_value"}],
    }
    del answers[7]
    assert {answer["status"] for answer in answers} == {202}
    assert sorted(stored_ids(clean_kafka)) == sorted(f"c-{number}" for number in range(50) if number != 7)
    assert (
        json.loads(record_at(clean_kafka, answers[20]["receipt"]).value)["id"] == answers[20]["receipt"]["id"]
    )


def test_a_good_batch_is_accepted_whole(system: Client, clean_kafka: Settings) -> None:
    status, answers = system.send([completion(f"c-{number}") for number in range(2_000)], BATCH)
    assert status == 202
    assert len({(answer["receipt"]["partition"], answer["receipt"]["offset"]) for answer in answers}) == 2_000
    assert len(set(stored_ids(clean_kafka))) == 2_000


def test_two_hundred_requests_at_once_are_all_stored_once(system: Client, clean_kafka: Settings) -> None:
    together = threading.Barrier(200)

    def send(number: int) -> tuple[int, Any]:
        together.wait(30)
        return system.send(completion(f"c-{number}", personnel_id=f"P{number:06d}"))

    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(send, range(200)))
    assert [status for status, _ in answers] == [202] * 200
    assert len({(receipt["partition"], receipt["offset"]) for _, receipt in answers}) == 200
    assert sorted(stored_ids(clean_kafka)) == sorted(f"c-{number}" for number in range(200))


def test_an_event_that_is_sent_again_gets_the_same_receipt_and_is_stored_once(
    system: Client, clean_kafka: Settings
) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: system.send(completion()), range(20)))
    answers.append(system.send(completion()))
    status, (in_batch, twice) = system.send([completion(), completion()], BATCH)
    assert status == 202
    assert all(answer == answers[0] for answer in answers)
    assert in_batch["receipt"] == twice["receipt"] == answers[0][1]
    assert stored_ids(clean_kafka) == ["c-1"]


def test_every_passing_example_of_every_contract_is_accepted_from_its_own_system(
    clean_kafka: Settings,
) -> None:
    settings = patient(clean_kafka)
    with running(settings) as port:
        systems = {about.system.id for about in all_contracts().values()}
        clients = {system: client(settings, port, system) for system in systems}
        for about in all_contracts().values():
            for example in examples_of(about.event_type):
                if example.violation is not None:
                    continue
                for system, publisher in clients.items():
                    status, answer = publisher.send(example.value)
                    own = system == about.system.id
                    assert status == (202 if own else 403), (example.name, system)
                    if own:
                        assert answer["topic"] == about.raw_topic


def test_ready_while_kafka_answers(system: Client) -> None:
    assert system.get("/health/ready") == (200, {"status": "ready"})


def test_an_event_whose_topic_is_missing_is_not_acknowledged(clean_kafka: Settings) -> None:
    settings = patient(clean_kafka)
    admin = admin_client(settings.kafka)
    try:
        admin.delete_topics([TOPIC])
        while TOPIC in admin.list_topics():
            time.sleep(0.1)
    finally:
        admin.close()
    try:
        with running(settings) as port:
            began = time.monotonic()
            status, problem = client(settings, port).send(completion())
            assert (status, problem["code"]) == (503, "topic_missing")
            assert time.monotonic() - began < 10
    finally:
        create_topics(settings.kafka)


def test_while_the_broker_is_gone_nothing_is_acknowledged_and_afterwards_nothing_is_missing(
    throwaway_kafka: Callable[[], Any],
) -> None:
    broker = throwaway_kafka()
    settings = patient(broker.settings, acknowledge_ms=4_000)
    with running(settings) as port:
        system = client(settings, port)
        assert system.send(completion("before"))[0] == 202
        broker.kill()
        with ThreadPoolExecutor(20) as pool:
            gone = list(pool.map(lambda number: system.send(completion(f"gone-{number}")), range(20)))
        assert {(status, problem["code"]) for status, problem in gone} == {(503, "not_acknowledged")}
        assert system.get("/health/ready")[0] == 503
        assert system.get("/health/live")[0] == 200
        broker.start()
        deadline = time.monotonic() + 60
        for number in range(20):
            while system.send(completion(f"gone-{number}"))[0] != 202:
                assert time.monotonic() < deadline, "the intake does not find Kafka again"
                time.sleep(0.5)
        assert system.send(completion("before"))[0] == 202
    stored = stored_ids(settings)
    assert set(stored) == {"before", *(f"gone-{number}" for number in range(20))}
    assert stored.count("before") == 1


RUN = """
import typer
from orgpulse_platform.intake import command
app = typer.Typer()
command.register(app)
app()
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_what_was_acknowledged_is_there_however_the_intake_ends(
    clean_kafka: Settings, how: signal.Signals
) -> None:
    settings = patient(clean_kafka)
    listening = listening_socket("127.0.0.1", 0)
    port = listening.getsockname()[1]
    listening.close()
    system = client(settings, port)
    environment = {
        **os.environ,
        "ORGPULSE_STATE": str(settings.state),
        "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(settings.kafka.bootstrap_servers),
        "ORGPULSE_INTAKE__BURST": "100000",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "intake", "run", "--port", str(port)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    acknowledged: list[str] = []

    def publish(worker: int) -> None:
        number = 0
        while True:
            id_ = f"{worker}-{number}"
            try:
                status, _ = system.send(completion(id_))
            except (OSError, http.client.HTTPException):
                return
            if status == 202:
                acknowledged.append(id_)
            number += 1

    try:
        assert process.stderr is not None
        assert "Taking events" in process.stderr.readline()
        log: list[str] = []
        reader = threading.Thread(target=lambda: log.extend(process.stderr or ()))
        reader.start()
        workers = [threading.Thread(target=publish, args=(worker,)) for worker in range(8)]
        for worker in workers:
            worker.start()
        deadline = time.monotonic() + 60
        while len(acknowledged) < 200:
            assert time.monotonic() < deadline, log
            time.sleep(0.05)
        process.send_signal(how)
        process.wait(40)
        for worker in workers:
            worker.join(60)
        reader.join(10)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    assert process.returncode == -how, log[-5:]
    assert set(acknowledged) <= set(stored_ids(settings))
    assert "P004417" not in "".join(log)
    assert all(json.loads(line)["message"] for line in log)
