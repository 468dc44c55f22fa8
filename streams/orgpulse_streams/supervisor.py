"""Keeps one worker process running: starts it again after a crash, passes signals on, hides no failure."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any, BinaryIO, Final

from pydantic import SecretStr

from orgpulse_platform.errors import BrokerUnavailableError, StateFolderError
from orgpulse_platform.settings import Settings
from orgpulse_streams.errors import ExitCode, RunawayRejectionsError, WorkerFailedError
from orgpulse_streams.restarts import RestartPolicy

WORKER: Final = (sys.executable, "-m", "orgpulse_streams.worker", "--supervised")
POLL_S: Final = 0.2
STOP_S: Final = 60.0
"""How long a worker may take to stop before it is killed, in seconds; it then loses nothing either."""
LOG_LIMIT_BYTES: Final = 20_000_000


class Supervisor:
    """Runs a worker in a child process with its log in the state folder."""

    def __init__(self, settings: Settings, command: Sequence[str] = WORKER) -> None:
        self._settings = settings
        self._command = list(command)
        self._log = settings.folder.logs / "streams.log"
        self._stop_asked = False
        self._finished = False

    def run(self, finished: Callable[[], bool] = lambda: False) -> bool:
        """Keep a worker running until ``finished`` says so or a signal arrives; then stop it gracefully.

        Returns whether it finished. Raises what made the worker fail for good, and whatever ``finished``
        raises: :class:`RunawayRejectionsError`, :class:`BrokerUnavailableError`, :class:`WorkerFailedError`.
        """
        policy = RestartPolicy(self._settings.streams.rapid_restarts)
        with _SignalsPassedOn(self.stop):
            while not (self._stop_asked or self._finished):
                started = time.monotonic()
                code = self._run_once(finished)
                if self._stop_asked or self._finished:
                    break
                _raise_if_final(code, self._settings)
                delay = policy.delay_after(time.monotonic() - started)
                if delay is None:
                    raise _given_up(code, self._settings)
                self._wait(delay, finished)
        return self._finished

    def stop(self) -> None:
        """Ask the supervisor to stop its worker and end."""
        self._stop_asked = True

    def _run_once(self, finished: Callable[[], bool]) -> int:
        """Run one worker to its end; returns its exit code, negative for a signal."""
        with self._open_log() as log:
            child = subprocess.Popen(  # noqa: S603 - our own program
                self._command,
                env={**os.environ, **environment(self._settings)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops it in order
            )
            try:
                while child.poll() is None:
                    self._finished = finished()
                    if self._stop_asked or self._finished:
                        break
                    time.sleep(POLL_S)
            finally:
                code = _stopped(child)
            return code

    def _wait(self, delay: float, finished: Callable[[], bool]) -> None:
        until = time.monotonic() + delay
        while time.monotonic() < until and not (self._stop_asked or self._finished):
            self._finished = finished()
            time.sleep(POLL_S)

    def _open_log(self) -> BinaryIO:
        """The log file; an older one is set aside once, so that logs cannot fill the disk."""
        self._settings.folder.prepare(self._settings.folder.logs)
        try:
            if self._log.exists() and self._log.stat().st_size > LOG_LIMIT_BYTES:
                self._log.replace(self._log.with_suffix(".log.1"))
            return self._log.open("ab")
        except OSError as error:
            raise StateFolderError(f"{self._log}: {error.strerror}") from None


def environment(settings: Settings) -> dict[str, str]:
    """The environment variables from which a worker reads the settings that its supervisor was given."""
    sections = {"KAFKA": settings.kafka, "STREAMS": settings.streams, "KEYRING": settings.keyring}
    return {
        "ORGPULSE_STATE": str(settings.folder.root),
        "ORGPULSE_LOG_LEVEL": settings.log_level,
        **{
            f"ORGPULSE_{section}__{name.upper()}": _text(value)
            for section, model in sections.items()
            for name, value in model
            if value is not None
        },
    }


def _text(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _stopped(child: subprocess.Popen[bytes]) -> int:
    """Stop a worker gracefully, else for good; its exit code."""
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(STOP_S)
        except subprocess.TimeoutExpired:
            child.kill()
    return child.wait()


def _raise_if_final(code: int, settings: Settings) -> None:
    """Raise what starting the worker again would not mend."""
    if code == ExitCode.RUNAWAY_REJECTIONS:
        streams = settings.streams
        raise RunawayRejectionsError(
            f"more than {streams.max_rejected_ratio:.0%} of the last {streams.rejected_window} events"
        )
    if code == ExitCode.CONFIGURATION:
        raise WorkerFailedError("a setting, the keyring or a contract is wrong; its log says which")


def _given_up(code: int, settings: Settings) -> Exception:
    if code == ExitCode.UNAVAILABLE:
        return BrokerUnavailableError(settings.kafka.bootstrap_servers or "")
    return WorkerFailedError(f"last exit code {code}")


class _SignalsPassedOn:
    """While active, SIGTERM and SIGINT stop the worker gracefully instead of ending this process at once."""

    def __init__(self, stop: Callable[[], None]) -> None:
        self._stop = stop
        self._before: dict[int, Any] = {}

    def __enter__(self) -> None:
        def handle(number: int, frame: FrameType | None) -> None:
            self._stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            self._before[number] = signal.signal(number, handle)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
