"""What may be skipped on somebody's machine fails in CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"
TESTS = """
import pytest

@pytest.fixture
def broker():
    pytest.skip("no broker")

def test_with_a_fixture(broker): ...

@pytest.mark.skipif(True, reason="no root")
def test_with_a_mark(): ...

def test_by_itself():
    pytest.skip("no file system")

def test_that_runs(): ...
"""


@pytest.mark.parametrize(
    ("ci", "outcome"), [("true", "1 passed, 1 failed, 2 errors"), ("", "1 passed, 3 skipped")]
)
def test_nothing_is_skipped_in_ci_by_whatever_means(tmp_path: Path, ci: str, outcome: str) -> None:
    (tmp_path / "test_some.py").write_text(TESTS)
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(PLUGINS)}
    command = [sys.executable, "-m", "pytest", "-p", "no_skips", "-p", "no:cacheprovider", "-q", "-ra", "."]
    finished = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    counted = {part.strip() for part in finished.stdout.splitlines()[-1].partition(" in ")[0].split(",")}
    assert counted == set(outcome.split(", "))
    assert all(reason in finished.stdout for reason in ("no broker", "no root", "no file system"))
