"""Whoever follows the guide to the letter has an indicator that works."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

import orgpulse_pipelines
from orgpulse_pipelines.frameworks.load import FRAMEWORKS, load_frameworks
from orgpulse_pipelines.indicators.definition import DEFINITIONS, load_definitions

TESTS: Final = Path(__file__).parents[3]
GUIDE: Final = TESTS.parent / "docs" / "guides" / "add-an-indicator.md"
FILE: Final = re.compile(
    r"^(?:.* )?`(?P<path>[^`\s]+\.yaml)`:\n\n```\w+\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL
)
LINE: Final = re.compile(r"^```yaml\n(?P<line>.*women_among_managers.*)\n```$", re.MULTILINE)
ID: Final = "women_among_managers"
DEFINITION: Final = f"pipelines/orgpulse_pipelines/indicators/definitions/{ID}.yaml"
CASE: Final = f"tests/indicators/{ID}/a_manager_leaves_in_may.yaml"
# What `orgpulse build` does from the marts on, with the rows of the case.
PUBLISH: Final = """
import sys
sys.path.insert(0, "tests/plugins")
import duckdb
import yaml
from small_warehouse import fill
from sql_cases import Case, given_of
from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.sources import tables_measured
from orgpulse_platform.settings import load_settings
case = Case.model_validate(yaml.safe_load(open(sys.argv[1])))
settings = load_settings()
settings.folder.publications.mkdir(parents=True)
with duckdb.connect() as connection:
    fill(connection, tables_measured(load_definitions()), given_of(case))
    build_indicators(connection, settings)
    connection.execute(f"attach '{settings.folder.published}' as published")
    connection.execute("create schema published.indicators")
    for table in ("definition", "value"):
        connection.execute(f"create table published.indicators.{table} as from indicators.{table}")
"""


def files_of_the_guide() -> dict[str, str]:
    found = FILE.finditer(GUIDE.read_text("utf-8"))
    return {match["path"]: match["content"] for match in found}


def lines_of_the_guide() -> Iterator[str]:
    yield from (match["line"] for match in LINE.finditer(GUIDE.read_text("utf-8")))


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    """A copy of the pipelines and of what their cases need, in which the guide's files were written."""
    package = Path(orgpulse_pipelines.__file__).parent
    shutil.copytree(
        package, tmp_path / "pipelines" / package.name, ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(TESTS / "plugins", tmp_path / "tests" / "plugins")
    (tmp_path / "tests" / "indicators").mkdir()
    shutil.copy(TESTS / "indicators" / "conftest.py", tmp_path / "tests" / "indicators")
    for path, content in files_of_the_guide().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, "utf-8")
    return tmp_path


def run(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(root / "pipelines"), *filter(None, sys.path)])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "ORGPULSE_STATE": str(root / "state"), **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def cases(root: Path) -> subprocess.CompletedProcess[str]:
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-c", os.devnull, "--rootdir", str(root))
    return run(root, "-m", "pytest", *options, "--import-mode=importlib", f"tests/indicators/{ID}")


def test_guide_writes_one_definition_and_one_case() -> None:
    assert list(files_of_the_guide()) == [DEFINITION, CASE]


def test_guide_does_not_describe_an_indicator_that_exists_already() -> None:
    assert not (DEFINITIONS / f"{ID}.yaml").exists()


def test_case_of_the_guide_passes_and_another_figure_would_fail(followed: Path) -> None:
    passed = cases(followed)
    assert passed.returncode == 0, passed.stdout
    case = followed / CASE
    case.write_text(case.read_text("utf-8").replace("value: 50}", "value: 51}", 1), "utf-8")
    failed = cases(followed)
    assert failed.returncode == 1
    assert "('2019-Q1', 'organisation', 'all') differ" in failed.stdout


def test_the_file_alone_makes_the_indicator_with_its_figures_and_target(followed: Path) -> None:
    for path in (followed / DEFINITION).parent.glob("*.yaml"):
        if path.stem != ID:
            path.unlink()  # the others would take their time
    target, _ = lines_of_the_guide()
    (followed / "targets.yaml").write_text(target, "utf-8")
    built = run(
        followed, "-c", PUBLISH, CASE,
        ORGPULSE_WAREHOUSE__TARGETS="targets.yaml", ORGPULSE_WAREHOUSE__INTERNAL_THRESHOLD="1",
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    command = ("-c", "from orgpulse_platform.cli.main import run; run()", "indicators", "show", ID)
    seen = run(followed, *command, "--json")
    assert seen.returncode == 0, seen.stderr
    shown = json.loads(seen.stdout)
    figures = {(one["period"], one["member"]): one for one in shown["values"]}
    assert shown["title"] == "Women among managers"
    assert (figures["2019-Q1", "all"]["value"], figures["2019-Q1", "all"]["status"]) == (50, "on_target")
    assert (figures["2019", "asia"]["value"], figures["2019", "asia"]["status"]) == (0, "off_target")


def test_line_of_the_guide_puts_the_indicator_into_the_framework(tmp_path: Path) -> None:
    (tmp_path / "definitions").mkdir()
    content = files_of_the_guide()[DEFINITION]
    (tmp_path / "definitions" / f"{ID}.yaml").write_text(content, "utf-8")
    _, line = lines_of_the_guide()
    framework: dict[str, Any] = yaml.safe_load((FRAMEWORKS / "un_swap.yaml").read_text("utf-8"))
    framework["items"][0]["indicators"] += yaml.safe_load(line)
    (tmp_path / "un_swap.yaml").write_text(yaml.safe_dump(framework), "utf-8")
    definitions = load_definitions() + load_definitions(tmp_path / "definitions")
    (loaded,) = load_frameworks(definitions, tmp_path)
    assert loaded.items[0].indicators[-1].indicator == ID
