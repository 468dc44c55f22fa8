"""What the guide to publishing from Python shows works as it is printed there."""

import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from orgpulse_platform import publisher as publisher_room
from orgpulse_platform.clients import consumer
from orgpulse_platform.errors import OrgPulseError
from orgpulse_platform.publisher import DeliveryError, Publisher
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import end_offsets
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.families.training.courses import CompletionRecorded
from orgpulse_schemas.validation import validate

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "publish-from-python.md"
TEXT = GUIDE.read_text()
FIRST, SPOOLING, OUTBOX = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
(TABLE,) = re.findall(r"```sql\n(.*?)```", TEXT, flags=re.DOTALL)


def arrived(settings: Settings) -> list[str]:
    """Ids of the events on the raw topic, which all meet their contract."""
    topic = "raw.training.pr-2"
    left = sum(end_offsets(settings.kafka, [topic]).values())
    reader = consumer(settings.kafka, consumer_timeout_ms=20_000)
    reader.subscribe([topic])
    events = [parse(next(reader).value) for _ in range(left)]
    reader.close()
    assert all(isinstance(validate(event), CompletionRecorded) for event in events)
    return sorted(event.id for event in events)


@pytest.mark.kafka
@pytest.mark.parametrize(
    ("example", "ids", "said"),
    [
        (FIRST, ["completion-8431"], ""),
        (SPOOLING, ["completion-8432", "completion-8433"], "{<Keeper.KAFKA: 'kafka'>}\n"),
    ],
    ids=["first event", "spool"],
)
def test_an_example_publishes_its_events(
    example: str, ids: list[str], said: str, clean_kafka: Settings, tmp_path: Path
) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", example],
        env={**os.environ, "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(clean_kafka.kafka.bootstrap_servers)},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    assert answer.stdout == said
    assert arrived(clean_kafka) == ids


class Outbox:
    """The example of the outbox with a database of its own."""

    def __init__(self, file: Path) -> None:
        self.code: dict[str, Any] = {}
        exec(OUTBOX, self.code)
        self.database = sqlite3.connect(file)
        self.database.executescript("create table completion (number, person, course);" + TABLE)

    def complete(self, number: int, person: str = "P000042") -> None:
        self.code["complete_course"](self.database, number, person, "C001")

    def relay(self, publisher: Publisher) -> int:
        return int(self.code["relay"](self.database, publisher))

    def rows(self, table: str) -> int:
        return int(self.database.execute(f"select count(*) from {table}").fetchone()[0])


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "system.sqlite")


@pytest.mark.kafka
def test_the_outbox_carries_each_change_to_kafka(outbox: Outbox, clean_kafka: Settings) -> None:
    for number in range(1_200):
        outbox.complete(number)
    with Publisher(clean_kafka.kafka) as publisher:
        assert [outbox.relay(publisher) for _ in range(4)] == [500, 500, 200, 0]
    assert outbox.rows("outbox") == 0
    assert Counter(arrived(clean_kafka)) == Counter(f"completion-{number}" for number in range(1_200))


def test_a_change_that_breaks_the_contract_is_rolled_back_with_its_event(outbox: Outbox) -> None:
    with pytest.raises(ValueError, match="personnel_id"):
        outbox.complete(1, person="nobody")
    assert (outbox.rows("completion"), outbox.rows("outbox")) == (0, 0)


class Silent:
    """Kafka is away: nothing is acknowledged."""

    def publish_many(self, events: Any) -> list[str]:
        return [event.id for event in events]

    def flush(self) -> None:
        raise DeliveryError


def test_what_was_not_acknowledged_stays_in_the_outbox(outbox: Outbox) -> None:
    outbox.complete(1)
    with pytest.raises(DeliveryError):
        outbox.code["relay"](outbox.database, Silent())
    assert outbox.rows("outbox") == 1


def test_every_error_of_the_publisher_stands_in_the_guide() -> None:
    exported = (getattr(publisher_room, name) for name in publisher_room.__all__)
    errors = [
        kind.__name__ for kind in exported if isinstance(kind, type) and issubclass(kind, OrgPulseError)
    ]
    assert len(errors) == 7
    assert [name for name in errors if f"`{name}`" not in TEXT] == []
