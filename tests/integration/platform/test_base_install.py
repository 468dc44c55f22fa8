"""A source system installs `orgpulse` and no extra: publishing works without Faust, Dagster and DuckDB."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import end_offsets

PROGRAM = Path(__file__).parent / "processes" / "base_install.py"
GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "publish-from-python.md"
FIRST, SPOOLING, _ = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), flags=re.DOTALL)
IMPORT_ALL = """
import importlib, pkgutil
import orgpulse_platform, orgpulse_schemas
for package in (orgpulse_schemas, orgpulse_platform):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            print(module.name, error.name)
"""


def base_install(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROGRAM), *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", "ORGPULSE_STATE": str(folder / "state"), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_only_the_intake_lacks_something(tmp_path: Path) -> None:
    done = base_install("-c", IMPORT_ALL, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    lacking = [line.split() for line in done.stdout.splitlines()]
    assert {name.rpartition(".")[0] for name, _ in lacking} == {"orgpulse_platform.intake"}
    assert {missing.partition(".")[0] for _, missing in lacking} <= {"starlette", "uvicorn", "h11"}


@pytest.mark.kafka
@pytest.mark.parametrize(("example", "events"), [(FIRST, 1), (SPOOLING, 2)], ids=["first event", "spool"])
def test_the_examples_of_the_guide_publish(
    example: str, events: int, clean_kafka: Settings, tmp_path: Path
) -> None:
    bootstrap = str(clean_kafka.kafka.bootstrap_servers)
    done = base_install("-c", example, folder=tmp_path, ORGPULSE_KAFKA__BOOTSTRAP_SERVERS=bootstrap)
    assert done.returncode == 0, done.stderr
    assert sum(end_offsets(clean_kafka.kafka, ["raw.training.pr-2"]).values()) == events


@pytest.mark.parametrize("words", ["validate", "inbox run"])
def test_its_commands_are_there(words: str, tmp_path: Path) -> None:
    done = base_install(*words.split(), "--help", folder=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("words", "extra"), [("intake run", "intake"), ("trace PE-3 1", "pipelines")])
def test_a_command_of_an_extra_says_how_to_have_it(words: str, extra: str, tmp_path: Path) -> None:
    done = base_install(*words.split(), folder=tmp_path)
    assert done.returncode == 1
    assert f"'orgpulse[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr
