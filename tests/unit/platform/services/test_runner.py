"""Services are started detached, known by pid and create time, and stopped without touching anything else."""

import os
import socket
import sys
from pathlib import Path

import pytest

from orgpulse_platform.services.runner import (
    RunningService,
    ServiceFailedError,
    free_port,
    running_services,
    start,
    stop,
)
from orgpulse_platform.services.service import Service
from orgpulse_platform.state import StateFolder


def sleeper(name: str = "sleeper") -> Service:
    return Service(name, "Sleeper", [sys.executable, "-c", "import time; time.sleep(60)"])


def test_a_started_service_is_listed_until_it_is_stopped(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    service = start(sleeper(), folder)
    assert [running.name for running in running_services(folder)] == ["sleeper"]

    stop(service, folder)

    assert running_services(folder) == []
    assert service.process() is None


def test_a_service_that_ends_at_once_has_failed_and_its_log_is_named(tmp_path: Path) -> None:
    broken = Service("broken", "Broken service", [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(ServiceFailedError, match=r"broken\.log"):
        start(broken, StateFolder(tmp_path))
    assert running_services(StateFolder(tmp_path)) == []


def test_a_later_process_with_the_same_pid_is_neither_listed_nor_stopped(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    stale = RunningService(name="stale", title="Stale", pid=os.getpid(), created=1.0, address=None)
    folder.prepare(folder.services)
    (folder.services / "stale.json").write_text(stale.model_dump_json())

    assert running_services(folder) == []
    stop(stale, folder)  # would end this very test run if it went by pid alone


def test_a_torn_state_file_names_no_service(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    folder.prepare(folder.services)
    (folder.services / "torn.json").write_text('{"name": "to')
    assert running_services(folder) == []


def test_children_of_a_service_end_with_it(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    parent = (
        "import subprocess, sys, time; "
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)"
    )
    service = start(Service("parent", "Parent", [sys.executable, "-c", parent]), folder)
    process = service.process()
    assert process is not None
    children = process.children(recursive=True)
    stop(service, folder)
    assert children
    assert not any(child.is_running() for child in children)


def test_a_taken_port_gives_way_to_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port
