"""Starting, finding and stopping the local broker of a state folder."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil

from orgpulse_platform.broker.address import (
    Address,
    created_at,
    forget_address,
    last_address,
    process_of,
    running_address,
    write_address,
)
from orgpulse_platform.broker.choice import LocalBroker, choose
from orgpulse_platform.broker.errors import BrokerStartError
from orgpulse_platform.broker.ports import LOOPBACK, broker_port
from orgpulse_platform.broker.readiness import wait_until_ready
from orgpulse_platform.cli.console import people
from orgpulse_platform.errors import BrokerUnavailableError, StateFolderError
from orgpulse_platform.settings import Settings

STOP_TIMEOUT_S: Final = 30
LOG_LIMIT_BYTES: Final = 10_000_000


def connected(settings: Settings) -> Settings:
    """The settings with the address of a cluster: the configured one, or the local broker that runs.

    Raises :class:`BrokerUnavailableError` where there is neither.
    """
    if settings.kafka.bootstrap_servers is not None:
        return settings
    address = running_address(settings.folder.broker)
    if address is None:
        raise BrokerUnavailableError(f"no local broker runs for {settings.folder.root}")
    return with_bootstrap(settings, address.bootstrap)


def with_bootstrap(settings: Settings, bootstrap: str) -> Settings:
    """The same settings with this cluster."""
    kafka = settings.kafka.model_copy(update={"bootstrap_servers": bootstrap})
    return settings.model_copy(update={"kafka": kafka})


@contextmanager
def running_broker(settings: Settings) -> Iterator[Settings]:
    """Settings with a broker that runs; a local one that had to be started is stopped at the end."""
    if settings.kafka.bootstrap_servers is not None or running_address(settings.folder.broker) is not None:
        ready = connected(settings)
        _tell(f"Broker: {ready.kafka.bootstrap_servers}, {_why_ready(settings)}.")
        yield ready
        return
    try:
        yield start_broker(settings)
    finally:
        stop_broker(settings)


def broker_status(settings: Settings) -> Address | None:
    """The local broker of the state folder if it runs."""
    return running_address(settings.folder.broker)


def start_broker(settings: Settings) -> Settings:
    """Start the local broker in the background, unless it runs or a cluster is configured.

    Returns the settings with its address as soon as clients can use it. Raises :class:`StateFolderError`,
    :class:`PortTakenError`, :class:`BrokerStartError` and what :func:`choose` raises.
    """
    if settings.kafka.bootstrap_servers is not None:
        return settings
    return with_bootstrap(settings, _running_or_started(settings).bootstrap)


def _running_or_started(settings: Settings) -> Address:
    folder = settings.folder.prepare(settings.folder.broker)
    logs = settings.folder.prepare(settings.folder.logs)
    with _one_at_a_time(folder):
        running = running_address(folder)
        if running is not None:
            return running
        choice = choose(settings.broker, logs)
        last = last_address(folder)
        port = broker_port(settings.broker.port, last.port if last else None)
        _tell(f"Broker: {_title(choice.broker)} on {LOOPBACK}:{port} ({choice.reason}).")
        if not choice.broker.remembers:
            _tell("It keeps everything in memory: its topics begin empty, and end when it stops.")
        return _launch(choice.broker, choice.reason, folder, port, logs / "broker.log")


def _tell(text: str) -> None:
    people.print(text, soft_wrap=True, markup=False)


def _why_ready(settings: Settings) -> str:
    if settings.kafka.bootstrap_servers is not None:
        return "which ORGPULSE_KAFKA__BOOTSTRAP_SERVERS names"
    return "which runs already"


def _title(broker: LocalBroker) -> str:
    return "Apache Kafka in KRaft mode" if broker.kind == "apache" else "the embedded broker"


def _launch(broker: LocalBroker, reason: str, folder: Path, port: int, log: Path) -> Address:
    try:
        _rotate(log)
        command = broker.command(folder, port, log)
        with log.open("ab") as out, people.status("Starting the broker …"):
            process = subprocess.Popen(  # noqa: S603 - our own command; it outlives this process
                command,
                cwd=folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            address = Address(
                kind=broker.kind,
                bootstrap=f"{LOOPBACK}:{port}",
                pid=process.pid,
                created=created_at(process.pid),
                reason=reason,
            )
            write_address(folder, address)
            try:
                wait_until_ready(address, log)
            except BaseException:
                _end(address)
                raise
    except OSError as error:
        raise BrokerStartError(f"{error.strerror}; its log is {log}") from None
    return address


def _environment() -> dict[str, str]:
    """The environment without the platform's own variables, among them its keys and passwords."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ORGPULSE_")}


def _rotate(log: Path) -> None:
    """Keep the log of earlier starts, but not for ever."""
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))


def stop_broker(settings: Settings) -> bool:
    """Stop the local broker of the state folder; returns whether one ran."""
    folder = settings.folder.broker
    address = running_address(folder)
    if address is None:
        return False
    _end(address)
    forget_address(folder)
    return True


def _end(address: Address) -> None:
    """End exactly that process, and wait until it is gone, so that its port and files are free."""
    process = process_of(address)
    if process is None:
        return
    try:
        process.terminate()
        process.wait(STOP_TIMEOUT_S)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOP_TIMEOUT_S)
    except psutil.NoSuchProcess:
        return


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two commands that start at once must not start two brokers on one data folder."""
    path = folder / "start.lock"
    try:
        lock = path.open("w")
    except OSError as error:
        raise StateFolderError(f"{path}: {error.strerror}") from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
