"""Whatever happens to a worker, every raw event comes out, and what comes out twice has the same id."""

import logging
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orgpulse_platform.keyring import create_keyring
from orgpulse_streams.errors import ExitCode
from orgpulse_streams.run import run_streams

pytestmark = pytest.mark.kafka
log = logging.getLogger(__name__)

COUNT = 4_000
SLOW_S = 0.0005
WORKERS = Path(__file__).parent / "workers"


def wait_for(condition: Callable[[], bool], timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def troubled(delay_s: float = 0.0, raise_at: int = 0, marker: Path = Path("never")) -> list[str]:
    return [sys.executable, str(WORKERS / "troubled_worker.py"), str(delay_s), str(raise_at), str(marker)]


def test_plain_run_sends_each_event_exactly_once(streams: Any, capsys: pytest.CaptureFixture[str]) -> None:
    published = streams.publish(20_000)
    run_streams(streams.settings, until_drained=True)
    outcome = streams.outcome()
    outcome.assert_complete(published)
    assert outcome.twice == 0
    assert set(outcome.reasons.values()) == {
        "malformed_json",
        "empty",
        "impossible_date",
        "not_a_cloudevent",
    }
    assert streams.committed() == published.total
    assert "zyxcanary" not in streams.log() + capsys.readouterr().err


def test_killed_in_the_middle_of_batches_nothing_is_lost(streams: Any, start_process: Any) -> None:
    published = streams.publish(COUNT)
    sent = 0
    for _ in range(3):
        worker = start_process(streams, *troubled(SLOW_S))
        streams.wait_until_sent(sent + 500)
        while not streams.committed():  # due every second; the test's own time limit ends the wait
            time.sleep(0.1)
        sent = streams.sent()
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(10) == -signal.SIGKILL
    assert 0 < streams.committed() < published.total
    assert sent < published.total
    run_streams(streams.settings, until_drained=True)
    outcome = streams.outcome()
    outcome.assert_complete(published)
    log.info("%d published, 0 lost, %d sent twice", published.total, outcome.twice)


def test_told_to_stop_in_the_middle_of_batches_nothing_is_lost_and_nothing_sent_twice(
    streams: Any, start_process: Any
) -> None:
    published = streams.publish(COUNT)
    sent = 0
    for _ in range(2):
        worker = start_process(streams, *troubled(SLOW_S))
        sent = streams.wait_until_sent(sent + 500)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(40) == ExitCode.STOPPED
        sent = streams.sent()
        assert 0 < streams.committed() == sent < published.total
    run_streams(streams.settings, until_drained=True)
    outcome = streams.outcome()
    outcome.assert_complete(published)
    assert outcome.twice == 0


def test_transform_that_raises_ends_the_worker_and_nothing_is_lost(streams: Any, tmp_path: Path) -> None:
    published = streams.publish(COUNT)
    marker = tmp_path / "raised"
    run_streams(streams.settings, until_drained=True, command=troubled(raise_at=1_745, marker=marker))
    assert marker.exists()
    outcome = streams.outcome()
    outcome.assert_complete(published)
    assert streams.log().count("worker started") == 2
    assert "RuntimeError" in streams.log()
    assert "zyxcanary" not in streams.log()
    log.info("%d published, 0 lost, %d sent twice", published.total, outcome.twice)


def test_worker_that_joins_and_one_that_leaves_lose_nothing(streams: Any, start_process: Any) -> None:
    published = streams.publish(2 * COUNT)
    first = start_process(streams, *troubled(SLOW_S))
    sent = streams.wait_until_sent(500)
    second = start_process(streams, *troubled(SLOW_S))
    sent = streams.wait_until_sent(sent + 3_000)
    first.send_signal(signal.SIGKILL)
    sent = streams.wait_until_sent(sent + 500)
    third = start_process(streams, *troubled(SLOW_S))
    wait_for(lambda: streams.log().count("worker started") == 3)
    sent = streams.wait_until_sent(sent + 500)
    assert sent < published.total
    for worker in (second, third):
        worker.send_signal(signal.SIGTERM)
    for worker in (second, third):
        assert worker.wait(60) == ExitCode.STOPPED
    run_streams(streams.settings, until_drained=True)
    outcome = streams.outcome()
    outcome.assert_complete(published)
    log.info("%d published, 0 lost, %d sent twice", published.total, outcome.twice)


@pytest.fixture
def broker_to_kill(throwaway_kafka: Callable[[], Any], streams: Any) -> tuple[Any, Any]:
    """A broker of one's own, and streams on it that do not wait long for it."""
    broker = throwaway_kafka()
    kafka = broker.settings.kafka.model_copy(update={"request_timeout_ms": 2_000})
    own = type(streams)(broker.settings.model_copy(update={"kafka": kafka})).with_streams(batch_size=100)
    create_keyring(own.settings.folder.keyring)
    return broker, own


def test_broker_that_is_killed_and_comes_back_loses_nothing(
    broker_to_kill: tuple[Any, Any], start_process: Any
) -> None:
    broker, streams = broker_to_kill
    published = streams.publish(COUNT)
    run = start_process(streams, sys.executable, str(WORKERS / "supervised_run.py"), *troubled(SLOW_S))
    streams.wait_until_sent(500)
    broker.kill()
    time.sleep(3)
    broker.start()
    assert streams.committed() < published.total
    assert streams.sent() < published.total
    assert run.wait(150) == 0, streams.log()[-3000:]
    outcome = streams.outcome()
    outcome.assert_complete(published)
    log.info("%d published, 0 lost, %d sent twice", published.total, outcome.twice)


def test_broker_that_stays_away_ends_the_streams_clearly_and_nothing_is_lost(
    broker_to_kill: tuple[Any, Any], start_process: Any
) -> None:
    broker, streams = broker_to_kill
    published = streams.publish(COUNT)
    impatient = streams.with_streams(send_attempts=2, rapid_restarts=1)
    run = start_process(impatient, sys.executable, str(WORKERS / "supervised_run.py"), *troubled(SLOW_S))
    streams.wait_until_sent(500)
    broker.kill()
    assert run.wait(120) != 0
    assert "BrokerUnavailableError" in streams.log()
    broker.start()
    assert streams.committed() < published.total
    assert streams.sent() < published.total
    run_streams(streams.settings, until_drained=True)
    outcome = streams.outcome()
    outcome.assert_complete(published)
    log.info("%d published, 0 lost, %d sent twice", published.total, outcome.twice)
