"""The commands of the guide for the data-protection officer are commands, and its links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from orgpulse_pipelines.commands import register
from orgpulse_pipelines.exports.load import find, load_exports
from orgpulse_platform.settings import WarehouseSettings

GUIDE = Path(__file__).parents[4] / "docs" / "guides" / "protect-data.md"
SAID = GUIDE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^orgpulse (.+?)(?: +#.*)?$", SAID, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_command_of_the_guide_takes_these_arguments(command):
    app = typer.Typer()
    register(app)
    arguments = shlex.split(command)
    answer = CliRunner().invoke(app, [*arguments, "--help"])
    assert answer.exit_code == 0
    if arguments[0] == "export" and len(arguments) > 2:
        assert find(load_exports(WarehouseSettings()), arguments[2])


def test_there_are_commands_and_the_test_that_is_named_exists():
    assert len(COMMANDS) >= 8
    path, _, name = re.search(r"pytest (tests/\S+)", SAID)[1].partition("::")
    assert f"def {name}(" in (GUIDE.parents[2] / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)", SAID))
def test_links_of_the_guide_lead_somewhere(target):
    assert (GUIDE.parent / target).is_file()
