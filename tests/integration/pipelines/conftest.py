"""Protected events on a real broker, a warehouse to land them in, and builds in processes of their own."""

import os
import shutil
import time
from collections.abc import Callable, Iterable

import duckdb
import pytest
from protected_events import POSITION, event, rejection
from whole_platform import Platform

from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.clients import admin_client, producer
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import create_topics

Send = Callable[..., None]


@pytest.fixture(scope="session")
def send() -> Send:
    """Sends values to a topic of a cluster and waits until they are stored."""

    def send(settings: Settings, values: Iterable[bytes | None], topic: str = "events.hr") -> None:
        client = producer(settings.kafka)
        for number, value in enumerate(values):
            client.send(topic, value, key=str(number % 997).encode())
        client.flush()
        client.close()

    return send


@pytest.fixture(scope="session")
def send_positions(send: Send) -> Send:
    """Sends events of one contract with the identities of a range."""

    def send_positions(settings: Settings, numbers: range) -> None:
        send(settings, map(position, numbers))

    return send_positions


def position(number: int) -> bytes:
    """The event that a post was created."""
    return event(POSITION, number, grade="P3")


@pytest.fixture(scope="session")
def empty() -> Callable[..., None]:
    """Deletes topics (all that exist, if none is named) and creates the platform's topics anew."""

    def empty(settings: Settings, *topics: str) -> None:
        admin = admin_client(settings.kafka)
        unwanted = set(topics or (name for name in admin.list_topics() if not name.startswith("__")))
        if unwanted:
            admin.delete_topics(sorted(unwanted))
        deadline = time.monotonic() + 30
        while unwanted & set(admin.list_topics()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        admin.close()
        create_topics(settings.kafka)

    return empty


def counted(connection: duckdb.DuckDBPyConnection, schema: str = "landing") -> tuple[int, int]:
    """Rows, and distinct events, of the contract that the tests send."""
    row = connection.execute(
        f"select count(*), count(distinct event_id) from {schema}.{POSITION.name}"
    ).fetchone()
    assert row is not None
    return row


@pytest.fixture
def count() -> Callable[..., tuple[int, int]]:
    """Counts what is in a warehouse that nobody has open."""

    def count(settings: Settings, schema: str = "landing") -> tuple[int, int]:
        with open_warehouse(settings) as connection:
            return counted(connection, schema)

    return count


@pytest.fixture(scope="session")
def environment() -> Callable[[Settings], dict[str, str]]:
    """Environment of a process that uses these settings."""

    def environment(settings: Settings) -> dict[str, str]:
        return {
            **os.environ,
            "ORGPULSE_STATE": str(settings.state),
            "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": settings.kafka.bootstrap_servers or "",
            "ORGPULSE_STREAMS__GROUP": settings.streams.group,
            "COLUMNS": "300",
        }

    return environment


@pytest.fixture(scope="module")
def first_build(kafka, empty, send, environment, tmp_path_factory):
    """A thousand events whose raw events balance with them and one rejection, and a build of them.

    Every test works on a copy of its state folder: a build takes half a minute.
    """
    settings = kafka.settings(tmp_path_factory.mktemp("first-build") / "state")
    empty(settings)
    send(settings, map(position, range(1000)))
    send(settings, [b"raw"] * 1001, "raw.hr.pe-3")
    send(settings, [rejection(POSITION, 1_000_000)], "rejected.hr")
    platform = Platform(settings, environment(settings), sent=1000)
    finished = platform.run("build")
    assert finished.returncode == 0, finished.stderr
    return platform


@pytest.fixture
def platform(first_build, environment, tmp_path):
    state = tmp_path / "state"
    shutil.copytree(first_build.settings.state, state, symlinks=True)
    settings = Settings(state=state, kafka=first_build.settings.kafka, streams=first_build.settings.streams)
    platform = Platform(settings, environment(settings), first_build.sent)
    yield platform
    first_build.sent = platform.sent


@pytest.fixture
def more(platform, send_positions):
    """Publishes more events, whose streams are done."""

    def more(count):
        send_positions(platform.settings, range(platform.sent, platform.sent + count))
        platform.sent += count

    return more
