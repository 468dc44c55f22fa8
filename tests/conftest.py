"""What every room's tests share: a real broker for the session, settings of their own, a keyring."""

import os
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from no_skips import pytest_runtest_makereport  # noqa: F401 - pytest finds it here

from orgpulse_platform.broker import broker_status, running_broker, start_broker, stop_broker
from orgpulse_platform.broker.address import process_of
from orgpulse_platform.clients import admin_client
from orgpulse_platform.errors import OrgPulseError
from orgpulse_platform.keyring import Keyring, create_keyring
from orgpulse_platform.settings import BrokerSettings, KafkaSettings, Settings, StreamSettings
from orgpulse_platform.topic_admin import create_topics

KEPT_VARIABLES = {"ORGPULSE_BROKER__CACHE", "ORGPULSE_CHROMIUM", "ORGPULSE_SHARED_DATA"}


def pytest_configure() -> None:
    """No test may reach the cluster or the state folder of the person who runs it."""
    for name in list(os.environ):
        if name.startswith("ORGPULSE_") and name not in KEPT_VARIABLES:
            del os.environ[name]


def own_settings(state: Path, bootstrap: str | None = None, kind: str = "apache") -> Settings:
    """Settings with a state folder and a consumer group that no other test has."""
    return Settings(
        state=state,
        kafka=KafkaSettings(bootstrap_servers=bootstrap),
        broker=BrokerSettings(kind=kind),
        streams=StreamSettings(group=f"test-{uuid.uuid4()}"),
    )


@dataclass(frozen=True)
class RunningKafka:
    """The broker of the test session."""

    bootstrap: str
    local: Settings
    """Settings that know the broker by its state folder only."""

    def settings(self, state: Path) -> Settings:
        """Settings for this broker, with this state folder and a consumer group of their own."""
        return own_settings(state, self.bootstrap)

    def environment(self, state: Path) -> dict[str, str]:
        """Environment for a command that uses this broker and this state folder."""
        return {
            **os.environ,
            "ORGPULSE_STATE": str(state),
            "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": self.bootstrap,
            "ORGPULSE_STREAMS__GROUP": f"test-{uuid.uuid4()}",
        }


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningKafka]:
    """A real Apache Kafka for the whole session; its topics exist, and tests share what is in them."""
    settings = own_settings(tmp_path_factory.mktemp("kafka"))
    try:
        broker = running_broker(settings)
        ready = broker.__enter__()
    except OrgPulseError as error:
        pytest.skip(f"the real Apache Kafka could not be started: {error}")
    try:
        create_topics(ready.kafka)
        assert ready.kafka.bootstrap_servers is not None
        yield RunningKafka(ready.kafka.bootstrap_servers, settings)
    finally:
        broker.__exit__(None, None, None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a state folder that does not exist yet, without a broker."""
    return own_settings(tmp_path / "state")


@pytest.fixture
def clean_kafka(kafka: RunningKafka, tmp_path: Path) -> Settings:
    """Settings for the session's broker, whose topics are all empty and whose old groups are gone."""
    ready = kafka.settings(tmp_path / "state")
    empty_cluster(ready)
    return ready


def empty_cluster(settings: Settings) -> None:
    """Delete every topic and every group that nobody uses, then create the platform's topics anew."""
    admin = admin_client(settings.kafka)
    try:
        topics = [name for name in admin.list_topics() if not name.startswith("__")]
        if topics:
            admin.delete_topics(topics)
            wait_for(lambda: not set(topics) & set(admin.list_topics()))
        idle = [group["group_id"] for group in admin.list_groups() if group["group_state"] == "Empty"]
        if idle:
            admin.delete_groups(idle)
    finally:
        admin.close()
    create_topics(settings.kafka)


def wait_for(condition: Callable[[], bool], timeout_s: float = 30) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {timeout_s} s"
        time.sleep(0.05)


@dataclass(frozen=True)
class ThrowawayKafka:
    """A broker that a test may stop, kill and start again."""

    local: Settings
    """Settings that know the broker by its state folder only."""

    @property
    def settings(self) -> Settings:
        """Settings with the address of the broker."""
        address = broker_status(self.local)
        assert address is not None
        kafka = self.local.kafka.model_copy(update={"bootstrap_servers": address.bootstrap})
        return self.local.model_copy(update={"kafka": kafka})

    def start(self) -> None:
        """Start it, again on the same port."""
        start_broker(self.local)

    def stop(self) -> None:
        """Stop it properly."""
        stop_broker(self.local)

    def kill(self) -> None:
        """End it as a crash would."""
        address = broker_status(self.local)
        assert address is not None
        process = process_of(address)
        assert process is not None
        process.kill()
        process.wait(30)


@pytest.fixture
def throwaway_kafka(kafka: RunningKafka, tmp_path: Path) -> Iterator[Callable[[], ThrowawayKafka]]:
    """A factory of brokers of one's own, with the platform's topics, for tests that kill theirs.

    Where the session's broker cannot be started neither can these: hence the dependency.
    """
    started: list[ThrowawayKafka] = []

    def make() -> ThrowawayKafka:
        broker = ThrowawayKafka(own_settings(tmp_path / f"broker-{len(started)}"))
        started.append(broker)
        broker.start()
        create_topics(broker.settings.kafka)
        return broker

    yield make
    for broker in started:
        broker.stop()


@pytest.fixture
def keyring(settings: Settings) -> Keyring:
    """A new keyring, in its place in the state folder of ``settings``."""
    return create_keyring(settings.folder.keyring)
