"""Publishing to a real Apache Kafka."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from orgpulse_platform.broker import broker_status, stop_broker
from orgpulse_platform.clients import consumer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.publisher import DeliveryError, Publisher, TopicMissingError
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import end_offsets
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.families.training.courses import CompletionRecorded
from orgpulse_schemas.reasons import Reason, RejectedError
from orgpulse_schemas.validation import validate

pytestmark = pytest.mark.kafka
NOON = datetime(2019, 6, 30, 12, tzinfo=UTC)
TOPIC = "raw.training.pr-2"


def completion(number: int) -> CompletionRecorded:
    return CompletionRecorded(
        personnel_id=f"P{number:06d}", course_id="C001", completed_on=date(2019, 6, 30), language="EN"
    )


def read_all(settings: Settings, topic: str) -> list[Any]:
    reader = consumer(settings.kafka, consumer_timeout_ms=10_000)
    reader.subscribe([topic])
    expected = sum(end_offsets(settings.kafka, [topic]).values())
    found = [next(reader) for _ in range(expected)]
    reader.close()
    return found


def impatient(settings: Settings) -> Settings:
    """The same settings, but giving up after eight seconds: enough for a cold broker on a busy machine."""
    kafka = settings.kafka.model_copy(update={"request_timeout_ms": 4_000})
    return settings.model_copy(update={"kafka": kafka})


def test_published_events_can_be_read_back(clean_kafka: Settings) -> None:
    with Publisher(clean_kafka.kafka) as publisher:
        ids = {publisher.publish(completion(number), time=NOON) for number in range(50)}
    records = read_all(clean_kafka, TOPIC)
    events = [parse(record.value, record.headers) for record in records]
    assert {event.id for event in events} == ids
    assert sorted(record.key for record in records) == [b"P%06d" % number for number in range(50)]
    assert all(isinstance(validate(event), CompletionRecorded) for event in events)
    assert publisher.acknowledged == {"training": 50}


def test_events_of_one_key_stay_in_order(clean_kafka: Settings) -> None:
    with Publisher(clean_kafka.kafka) as publisher:
        for number in range(3_000):
            publisher.send(TOPIC, b"P%d" % (number % 7), b"%d" % number)
    records = read_all(clean_kafka, TOPIC)
    for key in {record.key for record in records}:
        numbers = [int(record.value) for record in records if record.key == key]
        assert numbers == sorted(numbers)


def test_kafkas_time_is_the_arrival_whatever_the_publisher_says(clean_kafka: Settings) -> None:
    began = time.time() * 1000
    with Publisher(clean_kafka.kafka) as publisher:
        publisher.publish(completion(1), time=NOON)
    (record,) = read_all(clean_kafka, TOPIC)
    assert began - 1_000 <= record.timestamp <= time.time() * 1000 + 1_000


def test_headers_and_empty_values_arrive_as_they_were_sent(clean_kafka: Settings) -> None:
    with Publisher(clean_kafka.kafka) as publisher:
        publisher.send(TOPIC, b"key", None, headers=[("ce_id", b"1")])
    (record,) = read_all(clean_kafka, TOPIC)
    assert (record.key, record.value, list(record.headers)) == (b"key", None, [("ce_id", b"1")])


def test_flush_can_be_called_in_between(clean_kafka: Settings) -> None:
    with Publisher(clean_kafka.kafka) as publisher:
        publisher.send(TOPIC, None, b"1")
        publisher.flush()
        assert publisher.acknowledged == {"training": 1}
        publisher.send(TOPIC, None, b"2")
    assert publisher.acknowledged == {"training": 2}


def test_a_topic_that_does_not_exist_is_named_at_once(clean_kafka: Settings) -> None:
    began = time.monotonic()
    with (
        Publisher(clean_kafka.kafka) as publisher,
        pytest.raises(TopicMissingError, match=r"raw\.nowhere\.xx-1") as caught,
    ):
        publisher.send("raw.nowhere.xx-1", None, b"1")
    assert "orgpulse topics create" in caught.value.guidance
    assert time.monotonic() - began < 5


def test_a_record_larger_than_kafka_takes_harms_no_other(clean_kafka: Settings) -> None:
    with Publisher(clean_kafka.kafka) as publisher:
        publisher.send(TOPIC, None, b"1")
        with pytest.raises(RejectedError) as caught:
            publisher.send(TOPIC, None, b"x" * 2_000_000)
        publisher.send(TOPIC, None, b"2")
    assert caught.value.first.reason is Reason.TOO_LARGE
    assert publisher.acknowledged == {"training": 2}


def test_no_log_level_brings_out_what_a_record_holds(
    clean_kafka: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), Publisher(clean_kafka.kafka) as publisher:
        publisher.send(TOPIC, b"Zanzibar-Key", b"Zanzibar-Value", headers=[("name", b"Zanzibar-Header")])
    assert "Zanzibar" not in caplog.text


def test_without_a_broker_the_publisher_says_so_before_anything_is_sent(settings: Settings) -> None:
    nowhere = settings.kafka.model_copy(
        update={"bootstrap_servers": "127.0.0.1:1", "request_timeout_ms": 1_000}
    )
    with pytest.raises(BrokerUnavailableError, match=r"127\.0\.0\.1:1 "), Publisher(nowhere):
        pytest.fail("must not be entered")


def publish_with_a_crash(publisher: Publisher, broker: Any, *, before: int, after: int) -> None:
    """Publish, wait for the acknowledgements, kill the broker, and publish on."""
    with publisher:
        for _ in range(before):
            publisher.send(TOPIC, None, b"before")
        publisher.flush()
        broker.kill()
        for _ in range(after):
            publisher.send(TOPIC, None, b"after")


def test_when_the_broker_dies_the_unacknowledged_records_are_counted(
    throwaway_kafka: Callable[[], Any],
) -> None:
    broker = throwaway_kafka()
    threads = set(threading.enumerate())
    publisher = Publisher(impatient(broker.settings).kafka)
    with pytest.raises(DeliveryError) as caught:
        publish_with_a_crash(publisher, broker, before=1_000, after=500)
    assert publisher.acknowledged == {"training": 1_000}
    assert caught.value.unacknowledged == 500
    assert "acknowledged 1,000 records and did not acknowledge 500" in caught.value.message
    left = set(threading.enumerate()) - threads
    for thread in left:
        thread.join(20)
    assert not any(thread.is_alive() for thread in left)


def test_what_was_acknowledged_outlives_the_broker(throwaway_kafka: Callable[[], Any]) -> None:
    broker = throwaway_kafka()
    with Publisher(broker.settings.kafka) as publisher:
        for number in range(1_000):
            publisher.send(TOPIC, b"%d" % number, b"%d" % number)
    before = broker.settings.kafka.bootstrap_servers
    broker.kill()
    assert broker_status(broker.local) is None
    assert not stop_broker(broker.local)
    broker.start()
    assert broker.settings.kafka.bootstrap_servers == before
    assert {int(record.value) for record in read_all(broker.settings, TOPIC)} == set(range(1_000))


PUBLISH_FOR_EVER = """
import typer
from orgpulse_platform.broker import connected
from orgpulse_platform.cli import main
from orgpulse_platform.publisher import Publisher
from orgpulse_platform.settings import load_settings

app = typer.Typer()

@app.command()
def publish():
    with Publisher(connected(load_settings()).kafka) as publisher:
        publisher.send("raw.training.pr-2", None, b"first")
        publisher.flush()
        print("publishing", flush=True)
        while True:
            publisher.send("raw.training.pr-2", b"Zanzibar", b"Zanzibar")

main.build_app = lambda: app
main.run()
"""


def test_a_command_whose_broker_dies_says_so_and_fails(
    throwaway_kafka: Callable[[], Any], tmp_path: Path
) -> None:
    broker = throwaway_kafka()
    environment = {
        **os.environ,
        "ORGPULSE_STATE": str(broker.local.state),
        "ORGPULSE_KAFKA__REQUEST_TIMEOUT_MS": "4000",
        "COLUMNS": "200",
    }
    command = subprocess.Popen(
        [sys.executable, "-c", PUBLISH_FOR_EVER],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert command.stdout is not None
        assert command.stdout.readline() == "publishing\n"
        broker.kill()
        _, said = command.communicate(timeout=60)
    finally:
        if command.poll() is None:
            command.send_signal(signal.SIGKILL)
            command.wait()
    assert command.returncode == 1
    assert "Kafka did not acknowledge everything that was published" in said
    assert "did not acknowledge" in said
    assert "What to do:" in said, said
    assert "Traceback" not in said
    assert "Zanzibar" not in said
