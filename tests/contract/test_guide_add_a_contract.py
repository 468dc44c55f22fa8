"""Whoever follows the guide to the letter has a contract that works."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import orjson
import pytest

import orgpulse_schemas
from orgpulse_schemas.registry import all_contracts

TESTS: Final = Path(__file__).parent
GUIDE: Final = TESTS.parents[1] / "docs" / "guides" / "add-a-contract.md"
REFERENCE: Final = TESTS.parents[1] / "docs" / "reference"
COMMAND: Final = re.compile(r"^\.venv/bin/orgpulse (?P<arguments>[a-z ]+?) *(?:#.*)?$", re.M)
FILE: Final = re.compile(
    r"^(?:.* )?`(?P<path>[^`\s]+\.(?:py|json))`:\n\n```\w+\n(?P<content>.*?)^```$", re.M | re.S
)
TYPE: Final = "org.knowledge.newsletter.sent.v1"
LOOK: Final = """
import json
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.registry import all_contracts
about = all_contracts()["org.knowledge.newsletter.sent.v1"]
print(json.dumps({
    "contracts": len(all_contracts()),
    "raw_topic": about.raw_topic,
    "table": about.name,
    "owner": about.owner,
    "fields": {field.name: field.treatment.kind for field in protected_fields(about)},
}))
"""
ONE_AFTER_THE_OTHER: Final = """
import json, sys
from orgpulse_platform.cli.main import run
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["orgpulse", *arguments.split()]
    try:
        run()
    except SystemExit as ended:
        print(f"ended with {ended.code or 0}", flush=True)
"""
"""Commands in one process: what the reference is made of takes half a minute to find out."""


def files_of_the_guide() -> dict[str, str]:
    return {match["path"]: match["content"] for match in FILE.finditer(GUIDE.read_text())}


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    """A copy of the contracts and their tests in which the guide's files were written."""
    package = Path(orgpulse_schemas.__file__).parent
    shutil.copytree(
        package, tmp_path / "schemas" / package.name, ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "tests").mkdir()
    for name in ("test_statements.py", "test_examples.py", "test_snapshot.py", "contracts_snapshot.txt"):
        shutil.copy(TESTS / name, tmp_path / "tests" / name)
    shutil.copytree(REFERENCE, tmp_path / "docs" / "reference")
    for path, content in files_of_the_guide().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content)
    return tmp_path


def run(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(root / "schemas"), *filter(None, sys.path)])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, **variables},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


def contract_tests(root: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-c", os.devnull, "--rootdir", str(root))
    return run(root, "-m", "pytest", *options, "--import-mode=importlib", "tests", **variables)


def orgpulse(root: Path, *commands: str) -> list[tuple[str, str]]:
    """What each command said, and how it ended."""
    done = run(root, "-c", ONE_AFTER_THE_OTHER, json.dumps(commands))
    said = re.findall(r"(.*?)^ended with (\d+)\n", done.stdout, re.M | re.S)
    assert len(said) == len(commands), done.stdout + done.stderr
    return said


def test_guide_names_one_module_two_examples_that_pass_and_two_that_fail() -> None:
    kinds = [Path(path).name.split("_")[0].removesuffix(".py") for path in files_of_the_guide()]
    assert sorted(kinds) == ["fail", "fail", "newsletters", "pass", "pass"]


def test_guide_does_not_describe_a_contract_that_exists_already() -> None:
    assert TYPE not in all_contracts()


def test_class_alone_makes_the_contract_with_topic_table_and_treatments(followed: Path) -> None:
    seen = run(followed, "-c", LOOK)
    assert seen.returncode == 0, seen.stderr
    assert orjson.loads(seen.stdout) == {
        "contracts": len(all_contracts()) + 1,
        "raw_topic": "raw.knowledge.pu-3",
        "table": "knowledge_newsletter_sent_v1",
        "owner": "Migration Policy and Knowledge Hub",
        "fields": {
            "newsletter_id": "keep",
            "language": "keep",
            "editor_id": "pseudonymise",
            "recipients": "keep",
            "opened": "keep",
            "sent_on": "keep",
        },
    }


def test_command_of_the_guide_passes_and_writes_the_snapshot(followed: Path) -> None:
    before = contract_tests(followed, UPDATE_SNAPSHOTS="")
    assert before.returncode == 1
    assert "1 failed" in before.stdout
    assert f"+{TYPE}" in before.stdout

    after = contract_tests(followed, UPDATE_SNAPSHOTS="1")
    assert after.returncode == 0, after.stdout
    assert TYPE in (followed / "tests" / "contracts_snapshot.txt").read_text()


def test_command_finds_what_the_writer_forgot(followed: Path) -> None:
    module = followed / "schemas/orgpulse_schemas/families/knowledge/newsletters.py"
    module.write_text(module.read_text().replace('    data_subjects="personnel",\n', ""))
    found = contract_tests(followed, UPDATE_SNAPSHOTS="1")
    assert found.returncode == 1
    assert f"names_its_data_subjects[{TYPE}]" in found.stdout


def test_commands_of_the_guide_release_the_contract_and_write_its_page(followed: Path) -> None:
    commands = COMMAND.findall(GUIDE.read_text())
    assert commands == ["contracts release", "docs build"]
    (before, differs), *ended = orgpulse(followed, "docs check", *commands, "docs check", "contracts check")
    assert differs == "1"
    assert "contracts/knowledge.md" in before
    assert [code for _, code in ended] == ["0"] * 4, ended
    assert (followed / "schemas/orgpulse_schemas/released" / TYPE / "1.json").exists()
    page = (followed / "docs/reference/contracts/knowledge.md").read_text()
    section = page.split(f"\n## `{TYPE}`\n")[1].split("\n## ")[0]
    assert "released once" in section
    assert '"editor_id": "(pseudonym in the domain person)"' in section
