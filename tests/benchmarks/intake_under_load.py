"""Does the memory of the HTTP intake stay flat under load, and how many events a second does it take?

    .venv/bin/python tests/benchmarks/intake_under_load.py [SECONDS]

Starts a broker and an intake of its own, sends small events in batches of 1,000 over two connections for a
minute, and prints resident memory and events a second at intervals. Senders, intake and broker share the
machine, so the figure is a lower bound. The intake remembers the latest 100,000 events: memory grows until
then. It fails if memory grows by more than a tenth from the middle to the end, or if an acknowledged event is
not on Kafka.
"""

import http.client
import itertools
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from orgpulse_platform.broker import running_broker
from orgpulse_platform.cli.console import results
from orgpulse_platform.intake.tokens import create_token
from orgpulse_platform.settings import BrokerSettings, Settings
from orgpulse_platform.topic_admin import create_topics, end_offsets

SENDERS = 2
BATCH = 1_000
INTERVALS = 12
MOST_GROWTH = 0.1
TOPIC = "raw.training.pr-2"
NO_LIMIT = {"ORGPULSE_INTAKE__EVENTS_PER_SECOND": "1e9", "ORGPULSE_INTAKE__BURST": "1000000000"}
EVENT = json.dumps(
    {
        "specversion": "1.0",
        "id": "ID",
        "source": "urn:orgpulse:system:pr-2",
        "type": "org.training.completion.recorded.v1",
        "time": "2019-05-14T13:02:11Z",
        "data": {
            "personnel_id": "P004417",
            "course_id": "C003",
            "completed_on": "2019-05-14",
            "language": "EN",
        },
    }
)


class Load:
    """Senders that go on until they are told to stop."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/cloudevents-batch+json",
        }
        self._stopping = threading.Event()
        self._accepted = [0] * SENDERS
        self._threads = [threading.Thread(target=self._send, args=(number,)) for number in range(SENDERS)]

    @property
    def accepted(self) -> int:
        """Events acknowledged so far."""
        return sum(self._accepted)

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after the batches that are on their way."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _send(self, sender: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        for batch in itertools.count():
            if self._stopping.is_set():
                break
            connection.request("POST", "/events", body(f"{sender}-{batch}"), self._headers)
            response = connection.getresponse()
            response.read()
            if response.status != 202:
                raise SystemExit(f"the intake answered {response.status}")
            self._accepted[sender] += BATCH
        connection.close()


def body(prefix: str) -> bytes:
    """A batch of events whose ids were never sent before."""
    events = (EVENT.replace('"ID"', f'"{prefix}-{number}"') for number in range(BATCH))
    return f"[{','.join(events)}]".encode()


@contextmanager
def intake(settings: Settings) -> Iterator[tuple[psutil.Process, int]]:
    """An intake in a process of its own, without a limit of rate; its process and port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "orgpulse_platform.cli.main", "intake", "run", "--port", "0"],
        env={
            **os.environ,
            **NO_LIMIT,
            "ORGPULSE_STATE": str(settings.state),
            "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(settings.kafka.bootstrap_servers),
            "ORGPULSE_LOG_LEVEL": "warning",
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        port = re.search(r":(\d+)/events", process.stderr.readline())
        assert port is not None
        yield psutil.Process(process.pid), int(port[1])
    finally:
        process.terminate()
        process.wait(60)


def measure(load: Load, process: psutil.Process, seconds: float) -> list[float]:
    """Print what happens at each interval; resident memory in MB at each of them."""
    memory: list[float] = []
    results.print("seconds   events    events/s   resident MB")
    for number in range(1, INTERVALS + 1):
        began, before = time.monotonic(), load.accepted
        time.sleep(seconds / INTERVALS)
        rate = (load.accepted - before) / (time.monotonic() - began)
        memory.append(process.memory_info().rss / 1e6)
        results.print(
            f"{number * seconds / INTERVALS:>7.0f}  {load.accepted:>8,}  {rate:>8,.0f}  {memory[-1]:>12.1f}"
        )
    return memory


def main(seconds: float) -> int:
    """Run it; 0 if memory stayed flat and nothing is missing."""
    with TemporaryDirectory() as folder:
        local = Settings(state=Path(folder), broker=BrokerSettings(kind="apache"))
        with running_broker(local) as settings:
            create_topics(settings.kafka)
            _, token = create_token(settings.folder.intake_tokens, "PR-2")
            with intake(settings) as (process, port):
                load = Load(port, token)
                load.start()
                memory = measure(load, process, seconds)
                load.stop()
            stored = sum(end_offsets(settings.kafka, [TOPIC]).values())
    growth = memory[-1] / memory[INTERVALS // 2 - 1] - 1
    results.print(f"{load.accepted:,} events in {seconds:.0f} s, {stored:,} on Kafka")
    results.print(f"resident memory from the middle to the end: {growth:+.1%}")
    return 0 if growth <= MOST_GROWTH and stored >= load.accepted else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60))
