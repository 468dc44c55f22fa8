"""Starting, finding and stopping the local broker, as a person at the command line does."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from orgpulse_platform.broker import broker_status, connected, running_broker, start_broker, stop_broker
from orgpulse_platform.broker.errors import BrokerStartError
from orgpulse_platform.clients import consumer
from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.publisher import Publisher
from orgpulse_platform.settings import BrokerSettings, Settings
from orgpulse_platform.topic_admin import cluster_identity, create_topics, end_offsets

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def orgpulse(tmp_path: Path) -> Iterator[Command]:
    """Runs a command in a state folder of its own, whose broker is stopped in the end."""
    state = tmp_path / "state"

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        variables = {**os.environ, "ORGPULSE_STATE": str(state), "COLUMNS": "300", **environment}
        command = [sys.executable, "-m", "orgpulse_platform.cli.main", *arguments]
        return subprocess.run(
            command, env=variables, capture_output=True, text=True, timeout=200, check=False
        )

    yield run
    run("broker", "stop")


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Settings]:
    """Settings that ask for the embedded broker."""
    settings = Settings(state=tmp_path / "state", broker=BrokerSettings(kind="embedded"))
    yield settings
    stop_broker(settings)


def without_java(tmp_path: Path) -> str:
    """A PATH that has neither Java nor Maven."""
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    return str(folder)


def listening_addresses(pid: int) -> set[str]:
    connections = psutil.Process(pid).net_connections("tcp")
    return {each.laddr.ip for each in connections if each.status == psutil.CONN_LISTEN}


def test_without_java_the_embedded_broker_starts_and_the_reason_is_said(
    orgpulse: Command, tmp_path: Path
) -> None:
    started = orgpulse("broker", "start", PATH=without_java(tmp_path), JAVA_HOME="")
    assert started.returncode == 0, started.stderr
    assert "the embedded broker on 127.0.0.1:" in started.stderr
    assert "(Apache Kafka cannot be had: no `java` on the PATH)" in started.stderr
    assert "its topics begin empty" in started.stderr


def test_without_java_a_demanded_apache_kafka_fails_and_says_what_to_do(
    orgpulse: Command, tmp_path: Path
) -> None:
    path = without_java(tmp_path)
    started = orgpulse("broker", "start", PATH=path, JAVA_HOME="", ORGPULSE_BROKER__KIND="apache")
    assert started.returncode == 1
    assert "Apache Kafka needs Java 17 or newer: no `java` on the PATH" in started.stderr
    assert "ORGPULSE_BROKER__KIND=embedded" in started.stderr
    assert started.stdout == ""


def test_a_configured_port_that_is_taken_is_named(orgpulse: Command) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        started = orgpulse("broker", "start", ORGPULSE_BROKER__KIND="embedded", ORGPULSE_BROKER__PORT=port)
    assert started.returncode == 1
    assert f"Another process uses the port of the local broker: 127.0.0.1:{port}" in started.stderr
    assert "ORGPULSE_BROKER__PORT" in started.stderr


def test_start_status_and_stop(orgpulse: Command) -> None:
    first = orgpulse("broker", "start", "--json", ORGPULSE_BROKER__KIND="embedded")
    again = orgpulse("broker", "start", "--json")
    status = orgpulse("broker", "status", "--json")
    assert json.loads(first.stdout) == json.loads(again.stdout) == json.loads(status.stdout)
    assert json.loads(status.stdout)["answers"] is True
    assert json.loads(orgpulse("broker", "stop", "--json").stdout) == {"stopped": True}
    ended = orgpulse("broker", "status", "--json")
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["answers"] is False
    assert json.loads(orgpulse("broker", "stop", "--json").stdout) == {"stopped": False}


def test_commands_that_need_a_broker_fail_clearly_without_one(orgpulse: Command) -> None:
    answer = orgpulse("topics", "create")
    assert answer.returncode == 1
    assert "Kafka does not answer: no local broker runs for" in answer.stderr


def test_a_cluster_that_does_not_answer_fails_clearly(orgpulse: Command) -> None:
    answer = orgpulse(
        "topics",
        "create",
        ORGPULSE_KAFKA__BOOTSTRAP_SERVERS="127.0.0.1:1",
        ORGPULSE_KAFKA__REQUEST_TIMEOUT_MS="1000",
    )
    assert answer.returncode == 1
    assert "Kafka does not answer: 127.0.0.1:1" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_wrong_setting_is_named(orgpulse: Command) -> None:
    answer = orgpulse("broker", "status", ORGPULSE_BROKER__PORT="many")
    assert answer.returncode == 1
    assert "ORGPULSE_BROKER__PORT" in answer.stderr


def test_a_fault_of_the_program_is_not_swallowed(tmp_path: Path) -> None:
    script = (
        "import typer; from orgpulse_platform.cli import main; app = typer.Typer();"
        "app.command()(lambda: 1 / 0); main.build_app = lambda: app; main.run()"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "ZeroDivisionError" in answer.stderr


def test_topics_of_the_embedded_broker_are_created_listed_and_counted(orgpulse: Command) -> None:
    orgpulse("broker", "start", ORGPULSE_BROKER__KIND="embedded")
    created = json.loads(orgpulse("topics", "create", "--json").stdout)
    assert {"id": "events.hr"} in created
    assert json.loads(orgpulse("topics", "create", "--json").stdout) == []
    listed = json.loads(orgpulse("topics", "list", "--json").stdout)
    assert [row["id"] for row in listed] == [row["id"] for row in created]
    assert all(row["exists"] and row["partitions"] == 3 and row["records"] == 0 for row in listed)


def test_a_keyring_is_created_once(orgpulse: Command, tmp_path: Path) -> None:
    assert orgpulse("keyring", "create").returncode == 0
    before = (tmp_path / "state" / "keyring.json").read_bytes()
    again = orgpulse("keyring", "create")
    assert again.returncode == 1
    assert "exists already" in again.stderr
    assert (tmp_path / "state" / "keyring.json").read_bytes() == before


def test_events_pass_through_the_embedded_broker(embedded: Settings) -> None:
    with running_broker(embedded) as ready:
        create_topics(ready.kafka)
        with Publisher(ready.kafka) as publisher:
            for number in range(500):
                publisher.send("raw.hr.pe-3", b"%d" % number, b"%d" % number)
        assert publisher.acknowledged == {"hr": 500}
        reader = consumer(ready.kafka, consumer_timeout_ms=20_000)
        reader.subscribe(["raw.hr.pe-3"])
        assert {int(next(reader).value) for _ in range(500)} == set(range(500))
        reader.close()
    assert broker_status(embedded) is None


def test_the_embedded_broker_forgets_and_is_another_cluster_after_a_restart(embedded: Settings) -> None:
    first = start_broker(embedded)
    create_topics(first.kafka)
    identity = cluster_identity(first.kafka)
    stop_broker(embedded)
    second = start_broker(embedded)
    assert second.kafka.bootstrap_servers == first.kafka.bootstrap_servers
    assert cluster_identity(second.kafka) != identity
    assert end_offsets(second.kafka, ["raw.hr.pe-3"]) == {}


def test_the_embedded_broker_listens_on_the_loopback_interface_only(embedded: Settings) -> None:
    start_broker(embedded)
    address = broker_status(embedded)
    assert address is not None
    assert listening_addresses(address.pid) == {"127.0.0.1"}


def test_a_broker_that_runs_already_is_not_stopped(embedded: Settings) -> None:
    start_broker(embedded)
    with running_broker(embedded) as ready:
        assert ready.kafka == connected(embedded).kafka
    assert broker_status(embedded) is not None


def test_the_broker_is_stopped_also_when_the_work_fails(embedded: Settings) -> None:
    with pytest.raises(RuntimeError), running_broker(embedded):
        raise RuntimeError
    assert broker_status(embedded) is None


def test_a_state_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    settings = Settings(state=tmp_path / "state", broker=BrokerSettings(kind="embedded"))
    with pytest.raises(StateFolderError, match="state/broker: Not a directory"):
        start_broker(settings)


@pytest.mark.kafka
def test_apache_kafka_listens_on_the_loopback_interface_only(kafka: Any) -> None:
    address = broker_status(kafka.local)
    assert address is not None
    listening = listening_addresses(address.pid)
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}


@pytest.mark.kafka
def test_topics_and_cluster_outlive_a_restart_also_on_another_port(
    throwaway_kafka: Callable[[], Any],
) -> None:
    broker = throwaway_kafka()
    before = cluster_identity(broker.settings.kafka)
    port = broker_status(broker.local).port
    broker.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        broker.start()
    assert broker_status(broker.local).port != port
    assert cluster_identity(broker.settings.kafka) == before
    assert create_topics(broker.settings.kafka) == []


@pytest.mark.kafka
def test_a_broker_that_dies_at_its_start_points_to_its_log(throwaway_kafka: Callable[[], Any]) -> None:
    broker = throwaway_kafka()
    broker.stop()
    identity = broker.local.folder.broker / "kafka" / "meta.properties"
    identity.write_text(identity.read_text().replace("node.id=1", "node.id=7"))
    with pytest.raises(BrokerStartError, match=r"it ended at once; its log is .*broker\.log"):
        broker.start()
    assert broker_status(broker.local) is None
    assert (broker.local.folder.logs / "broker.log").stat().st_size > 0


@pytest.mark.kafka
def test_the_log_of_apache_kafka_holds_no_record(kafka: Any, clean_kafka: Settings) -> None:
    with Publisher(clean_kafka.kafka) as publisher:
        publisher.send("raw.hr.pe-3", b"Zanzibar-Key", b"Zanzibar-Value")
    log = (kafka.local.folder.logs / "broker.log").read_text()
    assert "Kafka Server started" in log
    assert "Zanzibar" not in log
