"""Start services detached, know which still run, stop exactly those and nothing else."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
from pydantic import BaseModel, ValidationError

from orgpulse_platform.errors import OrgPulseError
from orgpulse_platform.services.service import Service
from orgpulse_platform.state import StateFolder

STOP_SECONDS: Final = 30.0
"""How long a service may take to stop by itself before it is killed."""
SETTLE_SECONDS: Final = 1.0
"""A service that ends within this time after its start has failed to start."""


@dataclass
class ServiceFailedError(OrgPulseError):
    """A service ended right after its start."""

    guidance = "Read its log, mend the cause, and run `orgpulse up` again."


class RunningService(BaseModel):
    """A service as its state file names it; the create time tells it from a later process with its pid."""

    name: str
    title: str
    pid: int
    created: float
    address: str | None

    def process(self) -> psutil.Process | None:
        """The process if it still runs."""
        try:
            process = psutil.Process(self.pid)
            ours = abs(process.create_time() - self.created) < 1 and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return None
        return process if ours else None


def start(service: Service, folder: StateFolder) -> RunningService:
    """Start a service detached, its output in its log; :class:`ServiceFailedError` if it ends at once."""
    log = folder.prepare(folder.logs) / f"{service.name}.log"
    with log.open("ab") as output:
        child = subprocess.Popen(  # noqa: S603 - the commands are the rooms' own
            list(service.command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **service.environment},
            start_new_session=True,
        )
    time.sleep(SETTLE_SECONDS)
    if child.poll() is not None:
        raise ServiceFailedError(f"{service.title}, see {log}")
    running = RunningService(
        name=service.name,
        title=service.title,
        pid=child.pid,
        created=psutil.Process(child.pid).create_time(),
        address=service.address,
    )
    _state_file(folder, service.name).write_text(running.model_dump_json())
    return running


def running_services(folder: StateFolder) -> list[RunningService]:
    """The services that run, by name."""
    return [service for service in _recorded(folder) if service.process() is not None]


def stop(service: RunningService, folder: StateFolder) -> None:
    """Ask a service to stop, wait, and kill what is left of it and its children."""
    process = service.process()
    if process is not None:
        children = process.children(recursive=True)
        _end([process])  # a supervisor ends its own children; what it leaves behind is ended after it
        _end(children)
    _state_file(folder, service.name).unlink(missing_ok=True)


def _end(processes: list[psutil.Process]) -> None:
    """Ask processes to stop, and kill those that have not within :data:`STOP_SECONDS`."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(processes, timeout=STOP_SECONDS)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=STOP_SECONDS)


def free_port(preferred: int) -> int:
    """The preferred loopback port if nobody listens on it, else any free one."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServiceFailedError("no free port on 127.0.0.1")


def _recorded(folder: StateFolder) -> Iterator[RunningService]:
    for path in sorted(folder.services.glob("*.json")):
        try:
            yield RunningService.model_validate_json(path.read_bytes())
        except ValidationError:  # torn by a crash while it was written: names no process for sure
            path.unlink(missing_ok=True)


def _state_file(folder: StateFolder, name: str) -> Path:
    return folder.prepare(folder.services) / f"{name}.json"
