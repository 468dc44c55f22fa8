"""A Kafka client that is not Python's publishes in both modes, as the guide shows it."""

import re
import subprocess
import sys
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest

from orgpulse_platform.broker.errors import JavaMissingError, KafkaFilesMissingError
from orgpulse_platform.broker.java import find_java
from orgpulse_platform.broker.kafka_files import kafka_jars
from orgpulse_platform.clients import consumer
from orgpulse_platform.keyring import create_keyring
from orgpulse_platform.publisher import Publisher
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import end_offsets

pytestmark = pytest.mark.kafka
PROGRAM = Path(__file__).parent / "java" / "PublishCompletion.java"
GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "publish-from-kafka.md"
RAW, EVENTS, REJECTED = "raw.training.pr-2", "events.training", "rejected.training"


@pytest.fixture
def published_by_java(clean_kafka: Settings, tmp_path: Path) -> list[str]:
    """What the program says about the records that it published: topic and partition."""
    try:
        java, jars = find_java(), kafka_jars(clean_kafka.broker.cache, tmp_path / "maven.log")
    except (JavaMissingError, KafkaFilesMissingError) as error:
        pytest.skip(f"no Java client: {error}")
    assert clean_kafka.kafka.bootstrap_servers is not None
    answer = subprocess.run(
        [java, "-cp", f"{jars}/*", str(PROGRAM), clean_kafka.kafka.bootstrap_servers],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.splitlines()


def read_all(settings: Settings, topic: str) -> list[Any]:
    left = sum(end_offsets(settings.kafka, [topic]).values())
    reader = consumer(settings.kafka, consumer_timeout_ms=20_000)
    reader.subscribe([topic])
    found = [next(reader) for _ in range(left)]
    reader.close()
    return found


def protect(kafka: Any, settings: Settings) -> None:
    """Run the streams until every raw event is through."""
    subprocess.run(
        [str(Path(sys.executable).parent / "orgpulse"), "streams", "run", "--until-drained"],
        env=kafka.environment(settings.state),
        capture_output=True,
        timeout=120,
        check=True,
    )


def test_both_modes_pass_the_streams(kafka: Any, clean_kafka: Settings, published_by_java: list[str]) -> None:
    keyring = create_keyring(clean_kafka.folder.keyring)
    assert len(published_by_java) == 2
    protect(kafka, clean_kafka)
    found = {
        orjson.loads(record.value)["id"]: orjson.loads(record.value)
        for record in read_all(clean_kafka, EVENTS)
    }
    identity = keyring.event_identity
    assert set(found) == {str(identity("urn:orgpulse:system:pr-2", id_)) for id_ in ("java-1", "java-2")}
    for event in found.values():
        assert uuid.UUID(event["id"]).version == 8
        assert event["type"] == "org.training.completion.recorded.v1"
        assert event["time"] == "2019-06-30T14:05:00Z"
        assert event["data"]["course_id"] == "C001"
        assert "P00004" not in str(event)
    assert read_all(clean_kafka, REJECTED) == []


def test_java_and_python_put_the_events_of_a_person_on_the_same_partition(
    clean_kafka: Settings, published_by_java: list[str]
) -> None:
    with Publisher(clean_kafka.kafka) as publisher:
        for person in (b"P000041", b"P000042"):
            publisher.send(RAW, person, b"{}")
    places = Counter((record.key, record.partition) for record in read_all(clean_kafka, RAW))
    assert sorted(places.values()) == [2, 2]
    assert [int(line.split()[1]) for line in published_by_java] == [
        partition for (_, partition) in sorted(places)
    ]


def test_the_guide_shows_the_program_that_is_tested() -> None:
    (shown,) = re.findall(r"```java\n(.*?)```", GUIDE.read_text(), flags=re.DOTALL)
    assert shown == PROGRAM.read_text()
