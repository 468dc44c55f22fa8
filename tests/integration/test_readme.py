"""What the README shows works as it is printed there."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from orgpulse_platform.cli.main import build_app
from orgpulse_platform.clients import consumer
from orgpulse_platform.settings import Settings

README = Path(__file__).parents[2] / "README.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(), flags=re.DOTALL)


@pytest.mark.kafka
def test_the_python_example_publishes_an_event(kafka: Any, clean_kafka: Settings, tmp_path: Path) -> None:
    (example,) = blocks("python")
    subprocess.run(
        [sys.executable, "-c", example],
        env=kafka.environment(tmp_path),
        check=True,
        timeout=60,
    )
    reader = consumer(clean_kafka.kafka, consumer_timeout_ms=4_000)
    reader.subscribe(["raw.training.pr-2"])
    assert [record.key for record in reader] == [b"P000042"]
    reader.close()


def test_every_orgpulse_command_shown_exists() -> None:
    known = typer.main.get_command(build_app())
    names = set(known.commands)  # type: ignore[attr-defined]
    shown = re.findall(r"^orgpulse ([a-z-]+)", "\n".join(blocks("sh")), flags=re.MULTILINE)
    assert shown
    assert set(shown) <= names


def test_every_make_target_shown_exists() -> None:
    makefile = (README.parent / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    shown = set(re.findall(r"`?make ([a-z]+)", README.read_text()))
    assert shown <= targets


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text())
    assert links
    assert [link for link in links if not (README.parent / link).exists()] == []
