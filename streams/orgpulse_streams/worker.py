"""One stream worker: a process that ends with a code that says why, never acknowledging what is not sent."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from orgpulse_platform.broker import connected
from orgpulse_platform.errors import BrokerUnavailableError, OrgPulseError
from orgpulse_platform.keyring import open_keyring
from orgpulse_platform.settings import Settings, load_settings
from orgpulse_streams.agent import BatchAgent, Transform
from orgpulse_streams.alarm import RejectionAlarm
from orgpulse_streams.errors import ExitCode, RunawayRejectionsError
from orgpulse_streams.logs import configure, describe, event
from orgpulse_streams.protect.transform import Protection, known_names
from orgpulse_streams.tally import Tally

GRACE_S: Final = 15.0
"""How long each step of an orderly stop may take, in seconds: the batch under way, Faust, the producer."""
FAILED_GRACE_S: Final = 3.0
"""The same after a failure: what cannot be committed then is done again."""

MakeTransform = Callable[[Settings], Transform]


def protection(settings: Settings) -> Transform:
    """The transform of the platform.

    Raises :class:`~orgpulse_platform.errors.KeyringError` and, where a contract keeps free text,
    :class:`~orgpulse_streams.scrub.known_names.KnownNamesError`.
    """
    keyring = open_keyring(settings)
    return Protection(keyring, known_names=known_names(settings.folder.known_names, keyring))


def main(make_transform: MakeTransform = protection) -> ExitCode:
    """Run a worker until it is told to stop or fails; returns why it ended."""
    arguments = argparse.ArgumentParser(prog="orgpulse_streams.worker")
    arguments.add_argument("--supervised", action="store_true", help="stop when the parent process is gone")
    supervised = arguments.parse_args().supervised
    configure("info")
    try:
        settings = connected(load_settings())
        configure(settings.log_level)
        transform = make_transform(settings)
    except BrokerUnavailableError as error:
        return _failed(error, ExitCode.UNAVAILABLE)
    except OrgPulseError as error:
        return _failed(error, ExitCode.CONFIGURATION)
    with suppress(ImportError):
        import mode.loop  # noqa: PLC0415 - must come before Faust is imported anywhere

        mode.loop.use("uvloop")
    # Not asyncio.run: it would wait for every task that Faust leaves behind when Kafka is gone.
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop.run_until_complete(_run(settings, transform, supervised=supervised))


async def _run(settings: Settings, transform: Transform, *, supervised: bool) -> ExitCode:
    from orgpulse_streams.app import build_app  # noqa: PLC0415 - imports Faust, see main
    from orgpulse_streams.output import Output  # noqa: PLC0415

    asyncio.get_running_loop().set_exception_handler(_unhandled)
    told = _stop_event(supervised=supervised)
    tally = Tally()
    output = Output(settings)
    streams = settings.streams
    alarm = RejectionAlarm(streams.max_rejected_ratio, streams.rejected_window)
    agent = BatchAgent(transform, output, alarm, tally, streams.batch_size)
    app = build_app(settings, agent.run)
    try:
        await output.start()
        event(logging.INFO, "worker started", pid=os.getpid(), group=streams.group)
        await _until_told(told, agent, app)
        code = ExitCode.STOPPED
    except RunawayRejectionsError as error:
        code = _failed(error, ExitCode.RUNAWAY_REJECTIONS)
    except BrokerUnavailableError as error:
        code = _failed(error, ExitCode.UNAVAILABLE)
    except Exception as error:
        event(logging.ERROR, "the worker failed", exception=describe(error))
        code = ExitCode.CRASHED
    await _stop(agent, app, output, GRACE_S if code is ExitCode.STOPPED else FAILED_GRACE_S)
    tally.report("worker stopped")
    return code


def _stop_event(*, supervised: bool) -> asyncio.Event:
    """Set when the worker is told to stop: by a signal, or by the end of its supervisor."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    if supervised:
        parent = os.getppid()

        def watch() -> None:
            if os.getppid() != parent:
                told.set()
            loop.call_later(1.0, watch)

        watch()
    return told


async def _until_told(told: asyncio.Event, agent: BatchAgent, app: Any) -> None:
    """Run Faust until the worker is told to stop; raises what stopped it otherwise."""
    waiting = asyncio.create_task(told.wait())
    running = asyncio.create_task(_serve(app))
    ends: set[asyncio.Future[Any]] = {waiting, running, agent.failure}
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if agent.failure.done():
        agent.failure.result()
    if running.done():
        running.result()
    waiting.cancel()


async def _serve(app: Any) -> None:
    """Start Faust, which then goes on in the background; raises when it stops by itself.

    After a crash of a part of it Faust would go on without committing: any crash is the end of the worker.
    """
    from aiokafka.errors import KafkaError  # noqa: PLC0415

    try:
        await app.start()
        await app.wait_until_stopped()
    except KafkaError as error:
        raise BrokerUnavailableError(type(error).__name__) from None
    reason = app.crash_reason
    if isinstance(reason, KafkaError):
        raise BrokerUnavailableError(type(reason).__name__)
    raise RuntimeError("Faust stopped by itself") from reason


async def _stop(agent: BatchAgent, app: Any, output: Any, grace_s: float) -> None:
    """Let the batch under way finish, commit what is acknowledged, leave the group. Never fails."""
    for step in (agent.finish(), app.stop(), output.stop()):
        try:
            await asyncio.wait_for(step, grace_s)
        except Exception as error:
            event(logging.WARNING, "stopping was cut short", exception=describe(error))


def _unhandled(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what a task left unhandled, without its message."""
    event(logging.WARNING, "a task failed unnoticed", exception=describe(context.get("exception")))


def _failed(error: OrgPulseError, code: ExitCode) -> ExitCode:
    event(logging.ERROR, error.message, guidance=error.guidance, exit_code=int(code))
    return code


def leave(code: ExitCode) -> None:
    """End the process at once: after a crash Faust's threads would keep it alive, silent and idle."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main())
