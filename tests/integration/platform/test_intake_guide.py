"""What the guide to publishing over HTTP shows works as it is printed there."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from intake_harness import IntakeClient, running_intake

from orgpulse_platform.clients import consumer
from orgpulse_platform.intake.limits import BODY_S, MOST_BATCH_BYTES, MOST_BATCH_EVENTS, MOST_EVENT_BYTES
from orgpulse_platform.intake.problems import Problem
from orgpulse_platform.keyring import create_keyring
from orgpulse_platform.settings import IntakeSettings, Settings
from orgpulse_schemas.cloudevents import parse

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "publish-over-http.md").read_text()
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", GUIDE, flags=re.MULTILINE | re.DOTALL))
BLOCK = re.compile(r"```(sh|json)\n(.*?)```", flags=re.DOTALL)
VARYING = {"partition", "offset", "received_at", "correlation_id"}


class Reader:
    """Somebody who types what the guide shows, in one folder, with an intake at another port."""

    def __init__(self, intake: IntakeClient, folder: Path) -> None:
        self._intake = intake
        self._folder = folder

    def run(self, script: str) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script.replace(":8080/", f":{self._intake.port}/")],
            cwd=self._folder,
            env={
                **os.environ,
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "ORGPULSE_STATE": str(self._intake.settings.state),
                "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(self._intake.settings.kafka.bootstrap_servers),
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def follow(self, section: str) -> list[tuple[Any, Any]]:
        """Run a section; what was answered and what the guide says is answered."""
        pairs = []
        answered = ""
        for language, text in BLOCK.findall(SECTIONS[section]):
            if language == "sh":
                answered = self.run(text)
            else:
                pairs.append((alike(json.loads(answered)), alike(json.loads(text))))
        return pairs


def alike(document: Any) -> Any:
    """A document without what differs from time to time, but for its type."""
    if isinstance(document, dict):
        return {name: type(value) if name in VARYING else alike(value) for name, value in document.items()}
    return [alike(one) for one in document] if isinstance(document, list) else document


@pytest.fixture
def reader(clean_kafka: Settings, tmp_path: Path) -> Iterator[Reader]:
    create_keyring(clean_kafka.folder.keyring)
    settings = clean_kafka.model_copy(update={"intake": IntakeSettings(acknowledge_ms=20_000)})
    with running_intake(settings) as intake:
        yield Reader(intake, tmp_path)


def arrived(settings: Settings) -> list[str]:
    reader = consumer(settings.kafka, consumer_timeout_ms=4_000)
    reader.subscribe(["raw.training.pr-2"])
    ids = sorted(parse(record.value).id for record in reader)
    reader.close()
    return ids


@pytest.mark.kafka
def test_whoever_follows_the_guide_gets_the_answers_that_it_shows(
    reader: Reader, clean_kafka: Settings, tmp_path: Path
) -> None:
    token, run = (text for _, text in BLOCK.findall(SECTIONS["A token and the intake"]))
    reader.run(token)
    assert (tmp_path / "authorization").stat().st_mode & 0o077 == 0
    assert reader.run(run.split("#")[0] + "--help")
    for section, answers in {"The first event": 2, "A batch": 1, "Binary mode": 0}.items():
        pairs = reader.follow(section)
        assert len(pairs) == answers
        for answered, shown in pairs:
            assert answered == shown
    assert arrived(clean_kafka) == ["completion-8431", "completion-8432", "completion-8434"]
    (outside,) = (text for _, text in BLOCK.findall(SECTIONS["Look at it from outside"]))
    said = reader.run(outside)
    assert '{"status":"live"}{"status":"ready"}' in said
    assert "received   raw.training.pr-2" in said
    assert json.loads((tmp_path / "openapi.json").read_text())["openapi"] == "3.1.0"


def test_every_answer_stands_in_the_guide_beside_its_status() -> None:
    rows = re.findall(r"^\| ([\d, ]+) \| (.*?) \|", SECTIONS["Answers"], flags=re.MULTILINE)
    shown = {
        code: {int(status) for status in statuses.split(",")}
        for statuses, codes in rows
        for code in re.findall(r"`(\w+)`", codes)
    }
    assert shown.keys() == {problem.code for problem in Problem}
    assert [problem.code for problem in Problem if problem.status not in shown[problem.code]] == []


def test_the_limits_in_the_guide_are_those_of_the_intake() -> None:
    defaults = IntakeSettings()
    sizes = [MOST_EVENT_BYTES, MOST_BATCH_BYTES, MOST_BATCH_EVENTS]
    limits = [*sizes, int(defaults.events_per_second), defaults.burst]
    assert [limit for limit in limits if f"{limit:,}" not in GUIDE] == []
    assert f"within {BODY_S:.0f} seconds" in GUIDE
