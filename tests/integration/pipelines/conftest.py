"""Protected events on a real broker, a warehouse to land them in, and builds in processes of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))

from protected_events import POSITION, event

from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.clients import admin_client, producer
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import create_topics

Send = Callable[..., None]


@pytest.fixture
def send() -> Send:
    """Sends values to a topic of a cluster and waits until they are stored."""

    def send(settings: Settings, values: Iterable[bytes | None], topic: str = "events.hr") -> None:
        client = producer(settings.kafka)
        for number, value in enumerate(values):
            client.send(topic, value, key=str(number % 997).encode())
        client.flush()
        client.close()

    return send


@pytest.fixture
def send_positions(send: Send) -> Send:
    """Sends events of one contract with the identities of a range."""

    def send_positions(settings: Settings, numbers: range) -> None:
        send(settings, (event(POSITION, number) for number in numbers))

    return send_positions


@pytest.fixture
def make_anew() -> Callable[[Settings, str], None]:
    """Deletes a topic and creates it again, empty."""

    def make_anew(settings: Settings, topic: str) -> None:
        admin = admin_client(settings.kafka)
        admin.delete_topics([topic])
        deadline = time.monotonic() + 30
        while topic in admin.list_topics():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        admin.close()
        create_topics(settings.kafka)

    return make_anew


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


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment() -> Callable[[Settings], dict[str, str]]:
    """Environment of a command that uses these settings."""

    def environment(settings: Settings) -> dict[str, str]:
        return {
            **os.environ,
            "ORGPULSE_STATE": str(settings.state),
            "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": settings.kafka.bootstrap_servers or "",
            "ORGPULSE_STREAMS__GROUP": settings.streams.group,
            "COLUMNS": "300",
        }

    return environment


@pytest.fixture
def run(environment: Callable[[Settings], dict[str, str]]) -> Run:
    """Runs an ``orgpulse`` command to its end."""

    def run(settings: Settings, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "orgpulse_platform.cli.main", *arguments],
            env=environment(settings),
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
            **options,
        )

    return run
