"""The guide to scrubbing says what is so."""

import json
import re
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from orgpulse_platform.cli.main import build_app
from orgpulse_schemas.privacy import TreatmentKind
from orgpulse_schemas.registry import all_contracts

GUIDE = (Path(__file__).parents[4] / "docs" / "guides" / "scrub-free-text.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)


def test_text_of_the_guide_is_scrubbed_as_it_says() -> None:
    (given,) = re.findall(r'^echo "(.*)" \|', GUIDE, flags=re.MULTILINE)
    shown = CliRunner().invoke(build_app(), ["scrub", "text"], input=f"{given}\n")
    assert shown.stdout == blocks("text")[0]


def test_commands_of_the_guide_work_on_its_set(tmp_path: Path) -> None:
    (tmp_path / "texts.json").write_text(blocks("json")[0], encoding="utf-8")
    (tmp_path / "names.txt").write_text("Amina Warsame\n", encoding="utf-8")
    commands = re.findall(
        r"^orgpulse (scrub evaluate .*?)(?:  +#.*)?$", "\n".join(blocks("sh")), flags=re.MULTILINE
    )
    assert len(commands) == 4
    for command in commands:
        words = [str(tmp_path / word) if "." in word else word for word in command.split()]
        shown = CliRunner().invoke(build_app(), words)
        assert shown.exit_code == 0, command
        if "--json" in words:
            assert json.loads(shown.stdout)["totals"][0]["recall"] == 1


def test_field_type_of_the_guide_can_be_made() -> None:
    made: dict[str, Any] = {}
    exec(blocks("python")[0], made)
    assert made["Proposal"].__metadata__[1].treatment.kind is TreatmentKind.SCRUB


def test_no_contract_keeps_a_text_as_the_guide_says() -> None:
    kinds = {field.treatment.kind for about in all_contracts().values() for field in about.fields}
    assert TreatmentKind.SCRUB not in kinds
