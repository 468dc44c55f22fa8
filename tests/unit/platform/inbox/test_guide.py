"""The guide to publishing from files says what is so."""

import re
from pathlib import Path

import pytest
import typer.main

from orgpulse_platform.cli.main import build_app
from orgpulse_platform.mapping.check import contract_of
from orgpulse_platform.mapping.load import parse_mapping
from orgpulse_platform.mapping.model import FieldRule, Format, Mapping, TimeRule

GUIDE = (Path(__file__).parents[4] / "docs" / "guides" / "publish-from-files.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)


@pytest.mark.parametrize("text", blocks("yaml"))
def test_mapping_of_the_guide_fits_its_contract(text: str) -> None:
    contract_of(parse_mapping(text, "guide"))


@pytest.mark.parametrize("part", [Mapping, Format, TimeRule, FieldRule])
def test_every_key_of_a_mapping_is_explained(part: type[Mapping | Format | TimeRule | FieldRule]) -> None:
    assert [key for key in part.model_fields if not re.search(rf"\b{key}\b", GUIDE)] == []


def test_every_command_of_the_guide_exists_with_its_options() -> None:
    known = typer.main.get_command(build_app())
    lines = re.findall(r"^orgpulse (.+?)(?:  +#.*)?$", "\n".join(blocks("sh")), flags=re.MULTILINE)
    assert lines
    for line in lines:
        command, words = known, line.split()
        while hasattr(command, "commands"):
            command = command.commands[words.pop(0)]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options
