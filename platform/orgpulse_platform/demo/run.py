"""Run the main job: a broker for its duration, then one command after the other."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from orgpulse_platform.broker import running_broker
from orgpulse_platform.cli.console import people
from orgpulse_platform.demo.steps import WHAT_NEXT, Step, main_job
from orgpulse_platform.errors import OrgPulseError
from orgpulse_platform.keyring.rotation import create_first
from orgpulse_platform.settings import Settings


@dataclass
class StepFailedError(OrgPulseError):
    """A step of the main job failed."""

    guidance = "Its own message stands above; mend the cause and run `make demo` again: nothing is doubled."


def run_demo(settings: Settings, *, seed: int, scale: float, json_file: Path | None) -> None:
    """Run every step; raises :class:`StepFailedError` at the first that fails."""
    began = time.monotonic()
    created = create_first(settings)
    if created is not None:
        people.print(f"Created a keyring for this demonstration: {created}")
    with running_broker(settings) as ready:
        environment = {
            **os.environ,
            "ORGPULSE_STATE": str(ready.folder.root),
            "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(ready.kafka.bootstrap_servers),
        }
        steps = main_job(seed, scale)
        for number, step in enumerate(steps, start=1):
            people.rule(f"[bold]{number} of {len(steps)}  {step.title}", align="left")
            _run(step, environment)
        if json_file is not None:
            _write_document(json_file, environment)
    people.rule()
    people.print(f"The published warehouse is {settings.folder.published}")
    people.print(f"The dashboard is {settings.folder.dashboard / 'index.html'}", soft_wrap=True)
    people.print(f"Done in {time.monotonic() - began:.0f} s.\n")
    people.print(WHAT_NEXT)


def _command(arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "orgpulse_platform.cli.main", *arguments]


def _run(step: Step, environment: dict[str, str]) -> None:
    finished = subprocess.run(_command(step.arguments), env=environment, check=False)  # noqa: S603
    if finished.returncode != 0:
        raise StepFailedError(step.title)


def _write_document(path: Path, environment: dict[str, str]) -> None:
    """Reconciliation and indicators as one JSON document, for scripts."""
    document: dict[str, Any] = {
        "reconciliation": _document(("reconcile", "--json"), environment),
        "indicators": _document(("scorecard", "--json"), environment),
    }
    path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    people.print(f"Wrote {path}")


def _document(arguments: tuple[str, ...], environment: dict[str, str]) -> Any:
    finished = subprocess.run(  # noqa: S603
        _command(arguments), env=environment, check=False, stdout=subprocess.PIPE
    )
    if finished.returncode != 0:
        raise StepFailedError(" ".join(arguments))
    return orjson.loads(finished.stdout)
