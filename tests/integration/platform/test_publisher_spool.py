"""Publishing with a spool while a real Apache Kafka comes and goes, and while processes are killed."""

import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from kafka.admin import ConfigResource, ConfigResourceType

from orgpulse_platform.clients import admin_client, consumer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.publisher import (
    Event,
    Keeper,
    SpoolFullError,
    SpoolingPublisher,
    StillSpooledError,
    TopicMissingError,
)
from orgpulse_platform.settings import KafkaSettings, Settings
from orgpulse_platform.topic_admin import create_topics, end_offsets
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.families.training.courses import CompletionRecorded
from orgpulse_schemas.reasons import Reason, RejectedError

pytestmark = pytest.mark.kafka
log = logging.getLogger(__name__)

NOON = datetime(2019, 6, 30, 12, tzinfo=UTC)
TOPIC = "raw.training.pr-2"
KEYS = 7
PATIENCE_S = 8.0
"""Enough for a cold broker on a busy machine."""
SOURCE = Path(__file__).parent / "processes" / "spooling_source.py"
KILLS = 8
NOWHERE = KafkaSettings(bootstrap_servers="127.0.0.1:1", request_timeout_ms=1_000)


def event(number: int) -> Event:
    payload = CompletionRecorded(
        personnel_id=f"P{number % KEYS:06d}", course_id="C001", completed_on=date(2019, 6, 30), language="EN"
    )
    return Event(payload, NOON, f"c-{number}")


def events(*numbers: int) -> list[Event]:
    return [event(number) for number in range(*numbers)]


def keepers(publisher: SpoolingPublisher, batch: list[Event]) -> set[Keeper]:
    return {receipt.kept_by for receipt in publisher.publish_many(batch)}


def quick(kafka: KafkaSettings) -> KafkaSettings:
    return kafka.model_copy(update={"request_timeout_ms": 4_000})


@contextmanager
def spooling(kafka: KafkaSettings, folder: Path, **options: Any) -> Iterator[SpoolingPublisher]:
    with SpoolingPublisher(
        quick(kafka), folder, **{"patience_s": PATIENCE_S, "room_s": 0, **options}
    ) as publisher:
        yield publisher


def arrivals(kafka: KafkaSettings) -> list[tuple[bytes, int]]:
    """Key and number of every event on the topic, partition by partition, in order."""
    left = sum(end_offsets(kafka, [TOPIC]).values())
    reader = consumer(kafka, consumer_timeout_ms=10_000)
    reader.subscribe([TOPIC])
    records = [next(reader) for _ in range(left)]
    reader.close()
    found = sorted(
        (record.partition, record.offset, record.key, parse(record.value).id) for record in records
    )
    return [(key, int(id_[2:])) for _, _, key, id_ in found]


def assert_complete(found: list[tuple[bytes, int]], promised: set[int]) -> int:
    """Every promised event is there, and of each key in order; how many came twice."""
    numbers = [number for _, number in found]
    assert promised - set(numbers) == set(), "events are lost"
    for key in {key for key, _ in found}:
        first = [number for number in dict.fromkeys(n for k, n in found if k == key) if number in promised]
        assert first == sorted(first), "events of one key changed places"
    return len(numbers) - len(set(numbers))


def test_while_kafka_answers_nothing_touches_the_disk(clean_kafka: Settings, tmp_path: Path) -> None:
    with spooling(clean_kafka.kafka, tmp_path / "spool") as publisher:
        before = sum(file.stat().st_size for file in (tmp_path / "spool").iterdir())
        assert publisher.publish(event(0).payload, time=NOON, id="c-0").kept_by is Keeper.KAFKA
        assert keepers(publisher, events(1, 1_000)) == {Keeper.KAFKA}
        assert publisher.publish_many([]) == []
        assert sum(file.stat().st_size for file in (tmp_path / "spool").iterdir()) == before
        publisher.flush()
        assert publisher.acknowledged == {"training": 1_000}
    assert assert_complete(arrivals(clean_kafka.kafka), set(range(1_000))) == 0


def test_an_outage_delays_events_and_neither_loses_nor_reorders_any(
    throwaway_kafka: Callable[[], Any], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broker = throwaway_kafka()
    kafka = broker.settings.kafka
    with spooling(kafka, tmp_path / "spool") as publisher:
        assert keepers(publisher, events(0, 100)) == {Keeper.KAFKA}
        broker.kill()
        began = time.monotonic()
        assert keepers(publisher, events(100, 200)) == {Keeper.SPOOL}
        assert time.monotonic() - began < PATIENCE_S + 8  # one patience, then the end of the client
        began = time.monotonic()
        for number in range(200, 300):
            assert (
                publisher.publish(event(number).payload, time=NOON, id=f"c-{number}").kept_by is Keeper.SPOOL
            )
        assert time.monotonic() - began < 10
        assert keepers(publisher, events(300, 2_000)) == {Keeper.SPOOL}
        with pytest.raises(StillSpooledError, match="1,900 in ") as caught:
            publisher.flush(0.1)
        assert caught.value.unacknowledged == publisher.spooled == 1_900
        assert "Nothing is lost" in caught.value.guidance
        broker.start()
        keepers(publisher, events(2_000, 2_100))
        publisher.flush()
        assert publisher.spooled == 0
        assert keepers(publisher, events(2_100, 2_200)) == {Keeper.KAFKA}
    twice = assert_complete(arrivals(kafka), set(range(2_200)))
    assert twice <= 100
    own = [entry.getMessage() for entry in caplog.records if entry.name.startswith("orgpulse")]
    assert any("wait in the spool" in message for message in own)
    assert any("leave the spool" in message for message in own)
    assert "P00000" not in caplog.text


def test_without_kafka_events_wait_for_the_next_process(clean_kafka: Settings, tmp_path: Path) -> None:
    for start in (0, 50):
        with spooling(NOWHERE, tmp_path / "spool", patience_s=0.2) as publisher:
            assert keepers(publisher, events(start, start + 50)) == {Keeper.SPOOL}
    with spooling(clean_kafka.kafka, tmp_path / "spool") as publisher:
        publisher.publish_many(events(100, 150))
    assert assert_complete(arrivals(clean_kafka.kafka), set(range(150))) == 0
    with spooling(NOWHERE, tmp_path / "spool", patience_s=0.2) as publisher:
        assert publisher.spooled == 0


def test_a_full_spool_holds_the_source_back_until_kafka_returns(
    throwaway_kafka: Callable[[], Any], tmp_path: Path
) -> None:
    broker = throwaway_kafka()
    kafka = broker.settings.kafka
    broker.kill()
    with spooling(kafka, tmp_path / "spool", limit_bytes=40_000) as publisher:
        accepted = 50
        publisher.publish_many(events(accepted))
        with pytest.raises(SpoolFullError, match="50 events take") as caught:
            publisher.publish_many(events(50, 1_000))
        assert "publish the same again" in caught.value.guidance
        assert publisher.spooled == accepted
        broker.start()
    with spooling(kafka, tmp_path / "spool", limit_bytes=40_000, room_s=30) as publisher:
        for start in range(accepted, accepted + 500, 50):
            publisher.publish_many(events(start, start + 50))
    assert assert_complete(arrivals(kafka), set(range(accepted + 500))) == 0


def test_a_call_waits_for_room_no_longer_than_it_was_told(tmp_path: Path) -> None:
    with spooling(NOWHERE, tmp_path / "spool", patience_s=0.2, limit_bytes=1_000, room_s=1) as publisher:
        publisher.publish_many(events(2))
        began = time.monotonic()
        with pytest.raises(SpoolFullError):
            publisher.publish_many(events(2, 4))
        assert 0.9 < time.monotonic() - began < 3


def test_many_threads_share_a_publisher_through_an_outage(
    throwaway_kafka: Callable[[], Any], tmp_path: Path
) -> None:
    broker = throwaway_kafka()
    kafka = broker.settings.kafka
    ended = threading.Event()
    promised: list[set[int]] = [set() for _ in range(KEYS)]
    problems: list[BaseException] = []

    def work(publisher: SpoolingPublisher, key: int) -> None:
        try:
            number = key
            while not ended.is_set():
                publisher.publish_many([event(number), event(number + KEYS)])
                promised[key] |= {number, number + KEYS}
                number += 2 * KEYS
        except BaseException as problem:
            problems.append(problem)

    with spooling(kafka, tmp_path / "spool") as publisher:
        threads = [threading.Thread(target=work, args=(publisher, key)) for key in range(KEYS)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        broker.kill()
        time.sleep(3)
        broker.start()
        time.sleep(2)
        ended.set()
        for thread in threads:
            thread.join(30)
        publisher.flush(60)
    assert problems == []
    assert all(len(numbers) > 10 for numbers in promised)
    assert_complete(arrivals(kafka), set.union(*promised))


class Source:
    """A source system in a process of its own, started again where its receipts end."""

    def __init__(self, kafka: KafkaSettings, folder: Path) -> None:
        assert kafka.bootstrap_servers is not None
        self._address = kafka.bootstrap_servers
        self._folder = folder
        self._notes = folder / "notes"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def spool(self) -> Path:
        return self._folder / "spool"

    @property
    def receipts(self) -> dict[int, str]:
        lines = self._lines()
        return {int(number): keeper for number, keeper in (line.split() for line in lines if line != "open")}

    def _lines(self) -> list[str]:
        return self._notes.read_text().splitlines() if self._notes.exists() else []

    def start(self) -> None:
        first = max(self.receipts, default=-1) + 1
        opened = self._lines().count("open")
        self._process = subprocess.Popen(
            [sys.executable, str(SOURCE), self._address, str(self.spool), str(self._notes), str(first)],
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while self._lines().count("open") == opened:
            assert self._process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def wait_for_receipts(self, more: int) -> None:
        wanted = len(self.receipts) + more
        deadline = time.monotonic() + 60
        while len(self.receipts) < wanted:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        assert self._process.wait(10) == -signal.SIGKILL

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()


@pytest.fixture
def start_source(tmp_path: Path) -> Iterator[Callable[[KafkaSettings], Source]]:
    """Makes a source whose process does not outlive the test."""
    made: list[Source] = []

    def make(kafka: KafkaSettings) -> Source:
        made.append(Source(kafka, tmp_path))
        return made[-1]

    yield make
    for source in made:
        source.end()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_at_any_moment_a_source_loses_nothing_that_it_has_a_receipt_for(
    throwaway_kafka: Callable[[], Any], start_source: Callable[[KafkaSettings], Source]
) -> None:
    chance = random.Random(20190630)
    broker = throwaway_kafka()
    kafka = broker.settings.kafka
    source = start_source(kafka)
    for turn in range(KILLS):
        source.start()
        source.wait_for_receipts(chance.choice([0, 1, 50, 200]))
        time.sleep(chance.uniform(0, 0.3))
        if turn == 2:
            broker.kill()
            source.wait_for_receipts(50)
        if turn == 5:
            broker.start()
            time.sleep(chance.uniform(0, 6))
        source.kill()
    promised = source.receipts
    with spooling(kafka, source.spool) as publisher:
        publisher.flush(60)
    found = arrivals(kafka)
    twice = assert_complete(found, set(promised))
    unpromised = {number for _, number in found} - set(promised)
    assert len(unpromised) <= KILLS * 20, "at most the batch of each kill"
    kept = Counter(promised.values())
    assert min(kept["kafka"], kept["spool"]) > 50, "both ways were tried"
    log.info(
        "%d kills: %d receipts (%s), 0 lost, %d sent twice, %d without a receipt arrived",
        KILLS,
        len(promised),
        dict(kept),
        twice,
        len(unpromised),
    )


def test_a_missing_topic_is_named_and_what_waits_for_it_goes_out_once_it_exists(
    throwaway_kafka: Callable[[], Any], tmp_path: Path
) -> None:
    kafka = throwaway_kafka().settings.kafka
    with spooling(NOWHERE, tmp_path / "spool", patience_s=0.2) as publisher:
        publisher.publish_many(events(10))
    admin = admin_client(kafka)
    admin.delete_topics([TOPIC])
    while TOPIC in admin.list_topics():
        time.sleep(0.05)
    admin.close()
    with spooling(kafka, tmp_path / "spool") as publisher:
        with pytest.raises(StillSpooledError, match=rf"topic {TOPIC} does not exist"):
            publisher.flush(3)
        with pytest.raises(TopicMissingError, match=TOPIC):
            publisher.publish_many(events(10, 11))
        create_topics(kafka)
        publisher.flush(30)
    assert assert_complete(arrivals(kafka), set(range(10))) == 0


def test_an_event_that_kafka_finds_too_large_is_rejected_and_blocks_no_other(
    throwaway_kafka: Callable[[], Any], tmp_path: Path
) -> None:
    kafka = throwaway_kafka().settings.kafka
    admin = admin_client(kafka)
    limit = {"max.message.bytes": "250"}
    admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, TOPIC, configs=limit)])
    topic = ConfigResource(ConfigResourceType.TOPIC, TOPIC)
    while "max.message.bytes" not in admin.describe_configs([topic])["topic"][TOPIC]:
        time.sleep(0.05)
    admin.close()
    with spooling(kafka, tmp_path / "spool") as publisher:
        with pytest.raises(RejectedError) as caught:
            publisher.publish_many(events(1))
        assert caught.value.first.reason is Reason.TOO_LARGE
        assert publisher.spooled == 0


def test_an_event_that_breaks_its_contract_stops_its_batch_before_anything_is_sent(
    clean_kafka: Settings, tmp_path: Path
) -> None:
    wrong = CompletionRecorded.model_construct(
        personnel_id="Jane Doe", course_id="C001", completed_on=date(2019, 6, 30), language="EN"
    )
    with spooling(clean_kafka.kafka, tmp_path / "spool") as publisher:
        with pytest.raises(RejectedError):
            publisher.publish_many([*events(5), Event(wrong, NOON, "c-5")])
        assert publisher.acknowledged == {}
    assert arrivals(clean_kafka.kafka) == []


def test_without_an_address_of_kafka_nothing_is_spooled_in_vain(tmp_path: Path) -> None:
    with pytest.raises(BrokerUnavailableError), SpoolingPublisher(KafkaSettings(), tmp_path / "spool"):
        pytest.fail("must not be entered")
    assert not (tmp_path / "spool").exists()


BASE_ONLY = """
import sys
import orgpulse_platform.publisher
print(sorted({"faust", "aiokafka", "dagster", "duckdb", "pyarrow", "starlette"} & set(sys.modules)))
"""


def test_publishing_needs_the_base_install_only() -> None:
    answer = subprocess.run([sys.executable, "-c", BASE_ONLY], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"
