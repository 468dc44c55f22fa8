"""The jars of Apache Kafka: resolved once by Maven into a cache outside of the project."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from orgpulse_platform.broker.errors import KafkaFilesMissingError
from orgpulse_platform.cli.console import people

KAFKA_VERSION: Final = "4.3.1"
MAVEN_TIMEOUT_S: Final = 600
PACKAGE_DATA: Final = files("orgpulse_platform.broker") / "kafka"


def kafka_jars(cache: Path, log: Path) -> Path:
    """Folder of Kafka's jars, fetched on first use; raises :class:`KafkaFilesMissingError`.

    ``log`` is where Maven's own words go if it fails.
    """
    target = cache / _folder_name()
    if target.is_dir():
        return target
    maven = shutil.which("mvn")
    if maven is None:
        raise KafkaFilesMissingError("no `mvn` on the PATH")
    people.print(
        f"Fetching Apache Kafka {KAFKA_VERSION} with Maven, once, into {target} (about 45 MB) …",
        soft_wrap=True,
        markup=False,
    )
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=".fetching-") as draft:
            _resolve(maven, Path(draft), log)
            _move_into_place(Path(draft) / "jars", target)
    except OSError as error:
        raise KafkaFilesMissingError(f"{cache}: {error.strerror}") from None
    return target


def _folder_name() -> str:
    """Another pom is another folder, so that a changed dependency is never taken from an old cache."""
    pom = (PACKAGE_DATA / "pom.xml").read_bytes()
    return f"kafka-{KAFKA_VERSION}-{hashlib.sha256(pom).hexdigest()[:8]}"


def _resolve(maven: str, draft: Path, log: Path) -> None:
    with as_file(PACKAGE_DATA / "pom.xml") as pom:
        shutil.copyfile(pom, draft / "pom.xml")
    command = [
        maven,
        "--quiet",
        "--batch-mode",
        "--strict-checksums",
        "dependency:copy-dependencies",
        f"-DoutputDirectory={draft / 'jars'}",
    ]
    try:
        answer = subprocess.run(  # noqa: S603 - fixed arguments; the pom pins what is fetched
            command,
            cwd=draft,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=MAVEN_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise KafkaFilesMissingError(f"Maven did not finish in {MAVEN_TIMEOUT_S} s") from None
    if answer.returncode != 0:
        log.write_bytes(answer.stdout)
        raise KafkaFilesMissingError(f"Maven failed, see {log}")


def _move_into_place(jars: Path, target: Path) -> None:
    """Rename, so that a folder of that name is always whole; another process may have been quicker."""
    try:
        os.rename(jars, target)  # noqa: PTH104 - Path.rename would do the same
    except OSError:
        if not target.is_dir():
            raise
