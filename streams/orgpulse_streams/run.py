"""What ``orgpulse streams run`` does, callable from other programs too."""

import time
from collections.abc import Sequence
from typing import Final

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from orgpulse_platform.cli.console import people
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.keyring import open_keyring
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import create_topics
from orgpulse_streams.drained import DrainWatch, Lag, measure_lag
from orgpulse_streams.errors import StreamsStalledError
from orgpulse_streams.supervisor import WORKER, Supervisor

LOOK_S: Final = 0.7
"""How often progress is looked at, in seconds."""


def run_streams(settings: Settings, *, until_drained: bool, command: Sequence[str] = WORKER) -> None:
    """Run a supervised worker until a signal arrives or, if asked, until the raw topics are drained.

    The settings name a cluster (see :func:`orgpulse_platform.broker.connected`). Raises before the first
    event :class:`~orgpulse_platform.errors.KeyringError` and
    :class:`~orgpulse_platform.errors.BrokerUnavailableError`, later what
    :meth:`~orgpulse_streams.supervisor.Supervisor.run` raises, and :class:`StreamsStalledError`; and
    :class:`KeyboardInterrupt` when a signal came before the topics were drained.
    """
    open_keyring(settings)
    create_topics(settings.kafka)
    supervisor = Supervisor(settings, command)
    if not until_drained:
        people.print(f"Streams run; their log is {settings.folder.logs / 'streams.log'}. Stop with Ctrl-C.")
        supervisor.run()
        return
    with _progress() as progress:
        task = progress.add_task("Protecting events", total=None)
        look = _Look(settings)

        def finished() -> bool:
            drained = look.drained()
            if look.lag is not None:
                progress.update(task, completed=look.lag.done, total=look.lag.total)
            return drained

        if not supervisor.run(finished):
            raise KeyboardInterrupt


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("events"),
        TimeElapsedColumn(),
        console=people,
    )


class _Look:
    """Looks at the lag now and then; fails when it does not change for too long."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._watch = DrainWatch()
        self._next = 0.0
        self._progress_at = time.monotonic()
        self.lag: Lag | None = None

    def drained(self) -> bool:
        """Whether all is done; raises :class:`StreamsStalledError`."""
        now = time.monotonic()
        if now < self._next:
            return False
        lag = self._measured()
        self._next = time.monotonic() + LOOK_S
        if lag is not None and lag != self.lag:
            self.lag, self._progress_at = lag, now
        elif now - self._progress_at > self._settings.streams.stall_seconds:
            left = "the broker does not say how many" if lag is None else str(lag.left)
            since = int(now - self._progress_at)
            raise StreamsStalledError(f"events left: {left}; none done in the last {since} s")
        return lag is not None and self._watch.drained(lag)

    def _measured(self) -> Lag | None:
        try:
            return measure_lag(self._settings)
        except BrokerUnavailableError:
            return None  # the worker meets the same and is started again; only time decides
