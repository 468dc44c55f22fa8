"""The commands about publications, as people run them."""

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from orgpulse_pipelines.commands import register

GUIDE = Path(__file__).parents[4] / "docs" / "guides" / "publications.md"


@pytest.fixture
def run(small, monkeypatch):
    """Runs a command on the small warehouse; what it said on standard output."""
    monkeypatch.setenv("ORGPULSE_STATE", str(small.settings.state))
    app = typer.Typer()
    register(app)

    def run(*arguments):
        answer = CliRunner().invoke(app, arguments, catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
        return answer

    return run


def ids(answer):
    return [one["id"] for one in json.loads(answer.stdout)]


def test_list_diff_rollback_release_and_history(small, run):
    first = small.publish().publication.id
    small.event("new")
    small.figure("courses_completed", 12)
    second = small.publish().publication.id
    assert ids(run("publications", "list", "--json")) == [second, first]

    document = json.loads(run("publications", "diff", "--json").stdout)
    assert [one["change"] for one in document["figures"]] == [3]
    assert "1 event new" in run("publications", "diff", first, second).stdout

    assert first in run("publications", "rollback", "--reason", "wrong load").stderr
    listed = run("publications", "list")
    assert "current" in listed.stdout
    assert "held at" in listed.stderr
    assert "(wrong load)" in " ".join(listed.stderr.split())
    assert "next build" in run("publications", "release").stderr

    history = json.loads(run("indicators", "history", "courses_completed", "--json").stdout)
    assert [(one["id"], one["value"]) for one in history["values"]] == [(first, 9), (second, 12)]
    assert "12 courses" in run("indicators", "history", "courses_completed", "--period", "2019").stdout


def test_a_part_or_everything(small, run):
    small.publish()
    small.figure("courses_completed", 4, dimension="region", member="africa")
    small.publish()
    assert "africa" in run("publications", "diff", "--part", "region=africa").stdout
    assert "africa" in run("publications", "diff", "--all").stdout
    with pytest.raises(AssertionError, match="not both"):
        run("publications", "diff", "--all", "--part", "region=africa")


def test_every_command_of_the_guide_runs_in_its_order(small, run):
    ids = [small.publish().publication.id]
    small.figure("courses_completed", 4, dimension="region", member="africa")
    small.event("new")
    small.figure("courses_completed", 12)
    ids.append(small.publish().publication.id)
    small.publish()
    commands = [
        line.partition("#")[0].replace("OLD", ids[0]).replace("NEW", ids[1])
        for block in re.findall(r"```sh\n(.*?)```", GUIDE.read_text(), flags=re.DOTALL)
        for line in block.splitlines()
    ]
    shown = [re.findall(r'"[^"]*"|\S+', line)[1:] for line in commands if line.startswith("orgpulse ")]
    assert {arguments[1] for arguments in shown} == {"list", "diff", "rollback", "release", "history"}
    for arguments in shown:
        run(*(argument.strip('"') for argument in arguments))
