"""``orgpulse scrub``: figures, and never a text."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from orgpulse_platform.errors import OrgPulseError
from orgpulse_streams.scrub.command import register

TEXT = "Ask Zaphira Quillfeather, or a@b.org"
SPANS = [
    {
        "entity_type": "PERSON",
        "entity_value": "Zaphira Quillfeather",
        "start_position": 4,
        "end_position": 24,
    },
    {"entity_type": "EMAIL", "start_position": 29, "end_position": 36, "score": 1},
]


def scrub(*arguments: str, given: str = "") -> Result:
    app = typer.Typer()
    register(app)
    app.callback()(lambda: None)
    return CliRunner().invoke(app, ["scrub", *arguments], input=given)


def written(folder: Path, content: Any) -> str:
    file = folder / "set.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    "options", [[], ["--json"], ["--by", "characters"], ["--by", "characters", "--json"]]
)
def test_no_text_is_shown(tmp_path: Path, options: list[str]) -> None:
    shown = scrub("evaluate", written(tmp_path, [{"full_text": TEXT, "spans": SPANS, "masked": 1}]), *options)
    assert shown.exit_code == 0
    assert "EMAIL_ADDRESS" in shown.output
    assert not [word for word in TEXT.split() if word in shown.output and len(word) > 3]


def test_document_has_the_figures_of_every_kind(tmp_path: Path) -> None:
    shown = scrub("evaluate", written(tmp_path, [{"full_text": TEXT, "spans": SPANS}]), "--json")
    document = json.loads(shown.stdout)
    kinds = {score["entity_type"]: score for score in document["entity_types"]}
    assert (kinds["EMAIL_ADDRESS"]["support"], kinds["EMAIL_ADDRESS"]["recall"]) == (1, 1.0)
    assert [score["support"] for score in document["totals"]] == [2, 2]


def test_names_of_the_hr_system_are_used(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Zaphira Quillfeather\n", encoding="utf-8")
    labelled = written(tmp_path, [{"full_text": TEXT, "spans": SPANS}])
    found = [
        json.loads(scrub("evaluate", labelled, "--json", *options).stdout)["totals"][0]["found"]
        for options in ([], ["--names", str(names)])
    ]
    assert found == [1, 2]


def test_text_is_scrubbed_from_input_to_output() -> None:
    assert scrub("text", given="Ask Amina Warsame.\n").stdout == "Ask [PERSON].\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "line 1: no JSON"),
        ('[{"full_text": "Zaphira"', "no JSON"),
        ("{}", "holds no list"),
        ("[]", "holds no list"),
        ("[" * 100_000, "nested too deeply"),
        ([["Zaphira"]], "text 1: no full_text"),
        ([{"full_text": TEXT}], "text 1: no list of spans"),
        (
            [{"full_text": TEXT, "spans": []}, {"full_text": TEXT, "spans": ["x"]}],
            "text 2, span 1: no object",
        ),
        ([{"full_text": TEXT, "spans": [{**SPANS[0], "entity_type": None}]}], "no entity_type"),
        ([{"full_text": TEXT, "spans": [{**SPANS[0], "end_position": "24"}]}], "whole numbers"),
        ([{"full_text": TEXT, "spans": [{**SPANS[0], "end_position": True}]}], "whole numbers"),
        ([{"full_text": TEXT, "spans": [{**SPANS[0], "end_position": 99}]}], "4 to 99 is no part"),
        ([{"full_text": TEXT, "spans": [{**SPANS[0], "end_position": 4}]}], "4 to 4 is no part"),
    ],
)
def test_broken_file_is_named_with_the_place_and_without_a_text(
    tmp_path: Path, content: Any, said: str
) -> None:
    error = scrub("evaluate", written(tmp_path, content)).exception
    assert isinstance(error, OrgPulseError)
    assert said in str(error)
    assert "Zaphira" not in str(error)


def test_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe\x00")
    for file, said in (
        (tmp_path / "none.json", "No such file"),
        (tmp_path, "Is a directory"),
        (binary, "UTF-8"),
    ):
        assert said in str(scrub("evaluate", str(file)).exception)
        assert said in str(scrub("text", "--names", str(file)).exception)
