"""A published set of events, workers in processes of their own, and what has come out, counted by id."""

import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from kafka import TopicPartition

from orgpulse_platform.clients import consumer, producer
from orgpulse_platform.keyring import Keyring, create_keyring, load_keyring
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import committed_offsets, end_offsets
from orgpulse_platform.topics import TopicKind, all_topics, raw_topics
from orgpulse_schemas.cloudevents import structured
from orgpulse_streams.supervisor import environment

HAPPENED = datetime(2019, 5, 1, tzinfo=UTC)
MARK = "zyxcanary"
BROKEN_EVERY = 40


@dataclass
class Published:
    """What was put on the raw topics."""

    identities: list[str]
    """Identity of each good event."""
    broken: int
    """How many cannot pass."""

    @property
    def total(self) -> int:
        return len(self.identities) + self.broken


@dataclass
class Outcome:
    """What the output topics hold."""

    events: Counter[str] = field(default_factory=Counter[str])
    """How often each event id was sent."""
    rejected: Counter[str] = field(default_factory=Counter[str])
    """How often each rejected record was sent, by its origin."""
    reasons: dict[str, str] = field(default_factory=dict[str, str])
    """Reason of each rejected record, by its origin."""

    @property
    def sent(self) -> int:
        return self.events.total() + self.rejected.total()

    @property
    def twice(self) -> int:
        """How many records were sent again."""
        return self.sent - len(self.events) - len(self.rejected)

    def assert_complete(self, published: Published) -> None:
        assert len(set(published.identities) - set(self.events)) == 0, "events are lost"
        assert set(self.events) == set(published.identities), "events were invented"
        assert len(self.rejected) == published.broken


@dataclass(frozen=True)
class Streams:
    """The streams of one test."""

    settings: Settings

    @property
    def keyring(self) -> Keyring:
        return load_keyring(self.settings.folder.keyring)

    def with_streams(self, **changes: Any) -> "Streams":
        streams = self.settings.streams.model_copy(update=changes)
        return Streams(self.settings.model_copy(update={"streams": streams}))

    def publish(self, count: int, *, broken_every: int = BROKEN_EVERY) -> Published:
        """Publish appointments and expenditure; every so many is broken, in turn in several ways."""
        client = producer(self.settings.kafka)
        published = Published([], 0)
        for number in range(count):
            source, type_, topic, data = _appointment(number) if number % 2 else _expenditure(number)
            value: bytes | None = structured(
                id=f"{MARK}-{number}", source=source, type=type_, time=HAPPENED, data=data
            )
            if number % broken_every == broken_every - 1:
                published.broken += 1
                value = _broken(number // broken_every, value or b"")
            else:
                published.identities.append(str(self.keyring.event_identity(source, f"{MARK}-{number}")))
            key = f"{MARK}-{number % 997}".encode()
            client.send(topic, value, key=key, headers=[(MARK, MARK.encode())])
        client.flush()
        client.close()
        return published

    def outcome(self) -> Outcome:
        """Read the output topics to their ends."""
        outcome = Outcome()
        for topic, value in self._outputs():
            event = orjson.loads(value)
            assert MARK.encode() not in value
            if topic.startswith("events."):
                outcome.events[event["id"]] += 1
            else:
                origin = event["data"]["origin"]
                outcome.rejected[origin] += 1
                outcome.reasons[origin] = event["data"]["reason"]
        return outcome

    def _outputs(self) -> Iterator[tuple[str, bytes]]:
        ends = end_offsets(self.settings.kafka, self._output_topics())
        reader = consumer(self.settings.kafka, consumer_timeout_ms=20_000)
        places = [TopicPartition(*place) for place, end in ends.items() if end]
        reader.assign(places)
        left = {place: end for place, end in ends.items() if end}
        for record in reader if left else ():
            yield record.topic, record.value
            if record.offset + 1 >= left[record.topic, record.partition]:
                del left[record.topic, record.partition]
                if not left:
                    break
        reader.close()

    def _output_topics(self) -> list[str]:
        return [t.name for t in all_topics(self.settings.kafka) if t.kind is not TopicKind.RAW]

    def sent(self) -> int:
        """How many records the output topics hold."""
        return sum(end_offsets(self.settings.kafka, self._output_topics()).values())

    def committed(self) -> int:
        """How many raw records the group has committed."""
        offsets = committed_offsets(self.settings.kafka, self.settings.streams.group, raw_topics())
        return sum(offsets.values())

    def wait_until_sent(self, count: int) -> int:
        """Wait until so many records are sent; how many there are then."""
        deadline = time.monotonic() + 60
        while (sent := self.sent()) < count:
            assert time.monotonic() < deadline, f"only {sent} sent"
            time.sleep(0.05)
        return sent

    def log(self) -> str:
        return (self.settings.folder.logs / "streams.log").read_text()


def _appointment(number: int) -> tuple[str, str, str, dict[str, Any]]:
    data = {
        "personnel_id": f"P{number:06d}",
        "full_name": f"{MARK} {number}",
        "email": f"{MARK}{number}@example.org",
        "birth_date": "1980-02-29",
        "gender": "female",
        "nationality": "CHE",
        "contract_type": "staff",
        "grade": "P3",
        "unit_id": "U0001",
        "manager": False,
        "appointed_on": "2019-05-01",
    }
    return "urn:orgpulse:system:pe-3", "org.hr.appointment.made.v1", "raw.hr.pe-3", data


def _expenditure(number: int) -> tuple[str, str, str, dict[str, Any]]:
    data = {
        "posting_id": f"L-{number}",
        "project_id": f"J{number % 997:05d}",
        "unit_id": "U0001",
        "sector": "development",
        "amount_usd": "12.50",
        "posted_on": "2019-05-01",
    }
    return "urn:orgpulse:system:pe-5", "org.finance.expenditure.posted.v1", "raw.finance.pe-5", data


def _broken(turn: int, value: bytes) -> bytes | None:
    return (value[:-3], None, b"", value.replace(b"2019-05-01", b"2019-02-30"), b"[1]", b"\xff")[turn % 6]


StartProcess = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start_process() -> Iterator[StartProcess]:
    """Starts a process with the settings of the streams under test; none of them outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(streams: Streams, *command: str) -> subprocess.Popen[bytes]:
        folder = streams.settings.folder.prepare(streams.settings.folder.logs)
        with (folder / "streams.log").open("ab") as log:
            process = subprocess.Popen(
                command, env={**os.environ, **environment(streams.settings)}, stdout=log, stderr=log
            )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        process.wait()


@pytest.fixture
def streams(clean_kafka: Settings) -> Streams:
    """Streams on empty topics, with small batches so that there is a middle to be interrupted in."""
    create_keyring(clean_kafka.folder.keyring)
    return Streams(clean_kafka).with_streams(batch_size=100, rejected_window=1000)
