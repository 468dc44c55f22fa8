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
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from intake_harness import BATCH, BINARY, Answer, IntakeClient, completion, running_intake
from kafka import TopicPartition

from orgpulse_platform.clients import admin_client, consumer
from orgpulse_platform.intake.server import listening_socket
from orgpulse_platform.intake.services import services
from orgpulse_platform.intake.tokens import create_token
from orgpulse_platform.services.runner import start, stop
from orgpulse_platform.services.service import Service
from orgpulse_platform.settings import IntakeSettings, Settings
from orgpulse_platform.topic_admin import create_topics, end_offsets
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.registry import all_contracts

pytestmark = pytest.mark.kafka
TOPIC = "raw.training.pr-2"


def patient(settings: Settings, acknowledge_ms: int = 20_000) -> Settings:
    """The same settings, with no limit of rate and patience enough for a busy machine."""
    intake = IntakeSettings(acknowledge_ms=acknowledge_ms, burst=100_000)
    return settings.model_copy(update={"intake": intake})


@pytest.fixture
def system(clean_kafka: Settings) -> Iterator[IntakeClient]:
    settings = patient(clean_kafka)
    with running_intake(settings) as client:
        yield client


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


def test_the_receipt_of_a_structured_event_says_where_it_is(
    system: IntakeClient, clean_kafka: Settings
) -> None:
    event = {**completion(), "correlationid": "kept"}
    answer = system.send(event)
    assert answer.status == 202
    receipt = answer.json
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


def test_the_receipt_of_a_binary_event_says_where_it_is(system: IntakeClient, clean_kafka: Settings) -> None:
    event = completion()
    headers = {f"ce-{name}": event[name] for name in ("specversion", "id", "source", "type", "time")}
    answer = system.send(event["data"], BINARY, **headers)
    assert answer.status == 202
    assert json.loads(record_at(clean_kafka, answer.json).value) == event


def test_one_bad_event_does_not_hold_up_its_batch(system: IntakeClient, clean_kafka: Settings) -> None:
    events = [completion(f"c-{number}") for number in range(50)]
    events[7]["data"]["language"] = "Zanzibar"
    answer = system.send(events, BATCH)
    assert answer.status == 200
    answers = answer.json
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


def test_a_good_batch_is_accepted_whole(system: IntakeClient, clean_kafka: Settings) -> None:
    answer = system.send([completion(f"c-{number}") for number in range(2_000)], BATCH)
    assert answer.status == 202
    assert len({(one["receipt"]["partition"], one["receipt"]["offset"]) for one in answer.json}) == 2_000
    assert len(set(stored_ids(clean_kafka))) == 2_000


def test_two_hundred_requests_at_once_are_all_stored_once(
    system: IntakeClient, clean_kafka: Settings
) -> None:
    together = threading.Barrier(200)

    def send(number: int) -> Answer:
        together.wait(30)
        return system.send(completion(f"c-{number}", personnel_id=f"P{number:06d}"))

    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(send, range(200)))
    assert [answer.status for answer in answers] == [202] * 200
    assert len({(answer.json["partition"], answer.json["offset"]) for answer in answers}) == 200
    assert sorted(stored_ids(clean_kafka)) == sorted(f"c-{number}" for number in range(200))


def test_an_event_that_is_sent_again_gets_the_same_receipt_and_is_stored_once(
    system: IntakeClient, clean_kafka: Settings
) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: system.send(completion()), range(20)))
    answers.append(system.send(completion()))
    again = system.send([completion(), completion()], BATCH)
    assert {answer.status for answer in (*answers, again)} == {202}
    (receipt,) = {answer.body for answer in answers}
    assert [one["receipt"] for one in again.json] == [json.loads(receipt)] * 2
    assert stored_ids(clean_kafka) == ["c-1"]


def test_every_passing_example_of_every_contract_is_accepted_from_its_own_system(
    clean_kafka: Settings,
) -> None:
    with running_intake(patient(clean_kafka)) as client:
        systems = {about.system.id for about in all_contracts().values()}
        for about in all_contracts().values():
            for example in examples_of(about.event_type):
                if example.violation is not None:
                    continue
                for system in systems:
                    answer = client.send(example.value, system=system)
                    own = system == about.system.id
                    assert answer.status == (202 if own else 403), (example.name, system)
                    if own:
                        assert answer.json["topic"] == about.raw_topic


def test_ready_while_kafka_answers(system: IntakeClient) -> None:
    answer = system.get("/health/ready")
    assert (answer.status, answer.json) == (200, {"status": "ready"})


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
        with running_intake(settings) as client:
            began = time.monotonic()
            answer = client.send(completion())
            assert (answer.status, answer.json["code"]) == (503, "topic_missing")
            assert time.monotonic() - began < 10
    finally:
        create_topics(settings.kafka)


def until_taken(system: IntakeClient, name: str) -> None:
    deadline = time.monotonic() + 60
    while system.send(completion(name)).status != 202:
        assert time.monotonic() < deadline, "the intake does not find Kafka"
        time.sleep(0.5)


def test_while_the_broker_is_gone_nothing_is_acknowledged_and_afterwards_nothing_is_missing(
    throwaway_kafka: Callable[[], Any],
) -> None:
    broker = throwaway_kafka()
    settings = patient(broker.settings, acknowledge_ms=4_000)
    with running_intake(settings) as system:
        until_taken(system, "before")  # a cluster that was just made elects its leaders first
        broker.kill()
        with ThreadPoolExecutor(20) as pool:
            gone = list(pool.map(lambda number: system.send(completion(f"gone-{number}")), range(20)))
        assert {(answer.status, answer.json["code"]) for answer in gone} == {(503, "not_acknowledged")}
        assert system.get("/health/ready").status == 503
        assert system.get("/health/live").status == 200
        broker.start()
        for number in range(20):
            until_taken(system, f"gone-{number}")
        assert system.send(completion("before")).status == 202
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
    system = IntakeClient(settings, port)
    system.token("PR-2")
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
                status = system.send(completion(id_)).status
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


def test_as_a_service_it_takes_events_until_it_is_stopped(
    clean_kafka: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = clean_kafka.folder
    monkeypatch.setenv("ORGPULSE_KAFKA__BOOTSTRAP_SERVERS", str(clean_kafka.kafka.bootstrap_servers))
    create_token(folder.intake_tokens, "PE-3")
    (service,) = services(clean_kafka)
    assert isinstance(service, Service)
    assert service.address is not None
    running = start(service, folder)
    system = IntakeClient(clean_kafka, int(urlsplit(service.address).port or 0))
    try:
        wait_until_ready(system)
        assert system.send(completion()).status == 202
    finally:
        stop(running, folder)
    with pytest.raises(OSError, match="refused"):
        system.get("/health/live")
    assert stored_ids(clean_kafka) == ["c-1"]


def wait_until_ready(system: IntakeClient) -> None:
    deadline = time.monotonic() + 30
    while True:
        with suppress(OSError):
            if system.get("/health/ready").status == 200:
                return
        assert time.monotonic() < deadline, "the intake does not start"
        time.sleep(0.1)
