"""A worker that cannot go on says so, and its supervisor knows when starting it again would not help."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from orgpulse_platform.errors import BrokerUnavailableError, KeyringError
from orgpulse_platform.keyring import create_keyring, open_keyring
from orgpulse_platform.keyring.opening import WrongKeyringError
from orgpulse_streams.errors import (
    ExitCode,
    RunawayRejectionsError,
    StreamsStalledError,
    WorkerFailedError,
)
from orgpulse_streams.run import run_streams
from orgpulse_streams.supervisor import Supervisor, environment

pytestmark = pytest.mark.kafka


def command(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_runaway_rejections_stop_the_streams_without_acknowledging_the_batch(streams: Any) -> None:
    published = streams.publish(4_000, broken_every=1)
    with pytest.raises(RunawayRejectionsError):
        run_streams(streams.settings, until_drained=True)
    outcome = streams.outcome()
    assert 0 < outcome.sent < streams.settings.streams.rejected_window
    assert outcome.sent == streams.committed()
    assert streams.log().count("worker started") == 1
    assert "of the last 1000 events" in streams.log()

    run_streams(streams.with_streams(max_rejected_ratio=1).settings, until_drained=True)
    outcome = streams.outcome()
    outcome.assert_complete(published)
    assert outcome.twice == 0


def test_missing_keyring_is_said_before_the_first_event(streams: Any) -> None:
    streams.publish(10)
    streams.settings.folder.keyring.unlink()
    with pytest.raises(KeyringError):
        run_streams(streams.settings, until_drained=True)
    worker = subprocess.run(
        [sys.executable, "-m", "orgpulse_streams.worker"],
        env={**os.environ, **environment(streams.settings)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert worker.returncode == ExitCode.CONFIGURATION
    assert b"keyring" in worker.stderr
    assert streams.sent() == 0


def test_another_keyring_than_before_is_said_before_the_first_event(streams: Any) -> None:
    streams.publish(10)
    open_keyring(streams.settings)
    streams.settings.folder.keyring.unlink()
    create_keyring(streams.settings.folder.keyring)
    with pytest.raises(WrongKeyringError):
        run_streams(streams.settings, until_drained=True)
    assert streams.sent() == 0


def test_no_broker_is_said_before_the_first_event(streams: Any) -> None:
    kafka = streams.settings.kafka.model_copy(
        update={"bootstrap_servers": "127.0.0.1:9", "request_timeout_ms": 1_000}
    )
    with pytest.raises(BrokerUnavailableError, match=r"127\.0\.0\.1:9"):
        run_streams(streams.settings.model_copy(update={"kafka": kafka}), until_drained=False)


def test_worker_that_finds_no_broker_is_started_again_and_then_given_up(streams: Any) -> None:
    kafka = streams.settings.kafka.model_copy(
        update={"bootstrap_servers": "127.0.0.1:9", "request_timeout_ms": 1_000}
    )
    alone = streams.settings.model_copy(update={"kafka": kafka})
    alone = alone.model_copy(update={"streams": alone.streams.model_copy(update={"rapid_restarts": 1})})
    with pytest.raises(BrokerUnavailableError, match=r"127\.0\.0\.1:9"):
        Supervisor(alone).run()
    assert streams.log().count(f'"exit_code":{int(ExitCode.UNAVAILABLE)}') == 2


def test_no_progress_for_too_long_fails_and_says_how_much_is_left(streams: Any) -> None:
    streams.publish(10)
    idle = command("import time; time.sleep(60)")
    with pytest.raises(StreamsStalledError, match="events left: 10"):
        run_streams(streams.with_streams(stall_seconds=3).settings, until_drained=True, command=idle)


def test_nothing_to_do_is_done_at_once(streams: Any) -> None:
    run_streams(streams.settings, until_drained=True)
    assert streams.sent() == 0


def test_worker_that_fails_again_and_again_is_given_up(streams: Any) -> None:
    failing = streams.with_streams(rapid_restarts=2).settings
    with pytest.raises(WorkerFailedError, match="last exit code 7"):
        Supervisor(failing, command("print('started'); raise SystemExit(7)")).run()
    assert streams.log().count("started") == 3


def test_signal_to_the_supervisor_stops_its_worker_gracefully(streams: Any, start_process: Any) -> None:
    run = start_process(streams, sys.executable, "-m", "orgpulse_platform.cli.main", "streams", "run")
    wait_for_log(streams, "worker started")
    run.send_signal(signal.SIGTERM)
    assert run.wait(60) == 0
    assert "worker stopped" in streams.log()


def test_interrupted_before_drained_is_no_success(streams: Any, start_process: Any) -> None:
    streams.publish(10)
    script = str(Path(__file__).parent / "workers" / "supervised_run.py")
    run = start_process(streams, sys.executable, script, *command("import time; time.sleep(60)"))
    wait_for_log(streams, "Protecting", or_after_s=4)
    run.send_signal(signal.SIGINT)
    assert run.wait(60) != 0


def test_worker_stops_when_its_supervisor_is_killed(streams: Any, start_process: Any) -> None:
    run = start_process(streams, sys.executable, "-m", "orgpulse_platform.cli.main", "streams", "run")
    wait_for_log(streams, "worker started")
    run.send_signal(signal.SIGKILL)
    wait_for_log(streams, "worker stopped")


def wait_for_log(streams: Any, text: str, or_after_s: float | None = None) -> None:
    started = time.monotonic()
    while text not in streams.log():
        waited = time.monotonic() - started
        if or_after_s is not None and waited > or_after_s:
            return
        assert waited < 40, streams.log()
        time.sleep(0.1)
