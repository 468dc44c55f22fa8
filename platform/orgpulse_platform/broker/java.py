"""Finding a Java runtime that can run Apache Kafka."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from orgpulse_platform.broker.errors import JavaMissingError

OLDEST_JAVA: Final = 17
_VERSION: Final = re.compile(r'version "(?:1\.)?(\d+)')


def find_java() -> str:
    """Path of a ``java`` of a sufficient version; raises :class:`JavaMissingError` saying what was found."""
    java = _candidate()
    if java is None:
        raise JavaMissingError("no `java` on the PATH")
    version = _version(java)
    if version is None:
        raise JavaMissingError(f"{java} does not say its version")
    if version < OLDEST_JAVA:
        raise JavaMissingError(f"{java} is version {version}")
    return java


def _candidate() -> str | None:
    home = os.environ.get("JAVA_HOME")
    if home:
        java = Path(home) / "bin" / "java"
        if os.access(java, os.X_OK):
            return str(java)
    return shutil.which("java")


def _version(java: str) -> int | None:
    try:
        answer = subprocess.run(  # noqa: S603 - the runtime that the user's own PATH names
            [java, "-version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = _VERSION.search(answer.stderr + answer.stdout)
    return int(match[1]) if match else None
