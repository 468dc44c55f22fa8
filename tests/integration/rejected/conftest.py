"""Commands in processes of their own, today and on the day when one more contract exists."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orgpulse_platform.keyring import create_keyring
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_scan import scan

LATE = Path(__file__).parent / "processes" / "late_contract.py"
TODAY = ("-m", "orgpulse_platform.cli.main")


@dataclass
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Platform:
    """The platform of one test."""

    settings: Settings

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "ORGPULSE_STATE": str(self.settings.folder.root),
            "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": self.settings.kafka.bootstrap_servers or "",
            "ORGPULSE_STREAMS__GROUP": self.settings.streams.group,
            "ORGPULSE_STREAMS__MAX_REJECTED_RATIO": "1",
            "ORGPULSE_LOG_LEVEL": "debug",
            "COLUMNS": "250",
        }

    def orgpulse(self, *arguments: str, late: bool = False, **environment: str) -> Said:
        """Run a command to its end."""
        program = [str(LATE)] if late else TODAY
        done = subprocess.run(
            [sys.executable, *program, *arguments],
            env=self.environment() | environment,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def drain(self, *, late: bool = False) -> None:
        """Run the streams until every raw event there is has been processed."""
        said = self.orgpulse("streams", "run", "--until-drained", late=late)
        assert said.code == 0, said.err[-3000:]


@pytest.fixture
def platform(clean_kafka: Settings) -> Platform:
    """A platform with empty topics and a keyring."""
    create_keyring(clean_kafka.folder.keyring)
    return Platform(clean_kafka)


Read = Callable[[str], list[Any]]


@pytest.fixture
def records(clean_kafka: Settings) -> Read:
    """Reads what topics hold."""

    def read(*topics: str) -> list[Any]:
        return list(scan(clean_kafka, topics, lambda read, total: None))

    return read
