"""Which process a state folder's broker is."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgpulse_platform.broker.address import (
    Address,
    created_at,
    forget_address,
    last_address,
    running_address,
    write_address,
)
from orgpulse_platform.broker.lifecycle import broker_status, connected, stop_broker
from orgpulse_platform.errors import BrokerUnavailableError, StateFolderError
from orgpulse_platform.settings import Settings


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield child
    child.kill()
    child.wait()


def address_of(pid: int, created: float) -> Address:
    return Address(kind="apache", bootstrap="127.0.0.1:9", pid=pid, created=created)


def test_a_running_broker_is_found_by_its_folder(tmp_path: Path, process: subprocess.Popen[bytes]) -> None:
    address = address_of(process.pid, created_at(process.pid))
    write_address(tmp_path, address)
    assert running_address(tmp_path) == address


def test_a_process_that_got_the_number_of_an_ended_broker_is_not_the_broker(
    tmp_path: Path, process: subprocess.Popen[bytes]
) -> None:
    write_address(tmp_path, address_of(process.pid, created_at(process.pid) - 3600))
    assert running_address(tmp_path) is None


def test_stop_leaves_a_process_alone_that_got_the_number_of_an_ended_broker(
    settings: Settings, process: subprocess.Popen[bytes]
) -> None:
    folder = settings.folder.prepare(settings.folder.broker)
    write_address(folder, address_of(process.pid, created_at(process.pid) - 3600))
    assert not stop_broker(settings)
    assert process.poll() is None


def test_stop_ends_the_broker_and_forgets_its_process(
    settings: Settings, process: subprocess.Popen[bytes]
) -> None:
    folder = settings.folder.prepare(settings.folder.broker)
    write_address(folder, address_of(process.pid, created_at(process.pid)))
    assert stop_broker(settings)
    assert process.wait(5) is not None
    assert broker_status(settings) is None


def test_a_broker_that_died_and_was_not_waited_for_does_not_run(
    tmp_path: Path, process: subprocess.Popen[bytes]
) -> None:
    write_address(tmp_path, address_of(process.pid, created_at(process.pid)))
    process.kill()
    deadline = time.monotonic() + 10
    while running_address(tmp_path) is not None:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_stopped_broker_leaves_its_port_for_the_next_start(tmp_path: Path) -> None:
    write_address(tmp_path, address_of(1, 1.0))
    forget_address(tmp_path)
    last = last_address(tmp_path)
    assert last is not None
    assert (last.port, last.pid) == (9, 0)
    assert running_address(tmp_path) is None


def test_a_damaged_address_file_is_no_address(tmp_path: Path) -> None:
    (tmp_path / "address.json").write_text('{"kind": "apa')
    assert last_address(tmp_path) is None


def test_an_address_that_cannot_be_written_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateFolderError, match=r"file/address\.json"):
        write_address(tmp_path / "file", address_of(1, 1.0))


def test_without_any_broker_the_answer_says_how_to_look(settings: Settings) -> None:
    with pytest.raises(BrokerUnavailableError, match="no local broker runs for") as caught:
        connected(settings)
    assert "orgpulse broker status" in caught.value.guidance


def test_a_configured_cluster_is_used_as_it_is(settings: Settings) -> None:
    kafka = settings.kafka.model_copy(update={"bootstrap_servers": "kafka.example:9092"})
    configured = settings.model_copy(update={"kafka": kafka})
    assert connected(configured) is configured
