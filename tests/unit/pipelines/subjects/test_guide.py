"""The guide to requests of people says what is so."""

import re
from pathlib import Path

import typer.main

from orgpulse_platform.cli.main import build_app

GUIDE = (Path(__file__).parents[4] / "docs" / "guides" / "subject-requests.md").read_text(encoding="utf-8")


def test_every_command_of_the_guide_exists_with_its_options() -> None:
    known = typer.main.get_command(build_app())
    lines = re.findall(r"^orgpulse (.+)$", "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)), re.M)
    assert len(lines) >= 8
    for line in lines:
        command, words = known, line.split()
        while hasattr(command, "commands"):
            command = command.commands[words.pop(0)]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options


def test_guide_never_puts_an_identifier_into_an_argument() -> None:
    assert not re.search(r"orgpulse subject .*\b[PAQK][0-9]{6}", GUIDE)
