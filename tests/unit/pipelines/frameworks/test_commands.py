"""The commands on a small publication of the shipped frameworks."""

import json
from typing import Any

import duckdb
import pytest
import typer
from typer.testing import CliRunner

from orgpulse_pipelines.frameworks.commands import register
from orgpulse_pipelines.frameworks.errors import NoScoresError, UnknownFrameworkError
from orgpulse_pipelines.indicators.commands import register as register_indicators
from orgpulse_platform.settings import Settings

pytestmark = pytest.mark.usefixtures("published")


def run(*arguments: str) -> str:
    app = typer.Typer()
    register(app)
    register_indicators(app)
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def run_json(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


def item(document: Any, name: str) -> Any:
    (found,) = (one for one in document["items"] if one["id"] == name)
    return found


def test_list_names_the_frameworks_with_their_editions() -> None:
    listed = {one["id"]: one for one in run_json("frameworks", "list")}
    assert listed["un_swap"]["items"] == 2
    assert "2018" in listed["iso_30414"]["edition"]
    assert "mopan" in run("frameworks", "list")


def test_show_gives_the_newest_year_with_the_indicators_behind_each_score() -> None:
    shown = run_json("frameworks", "show", "un_swap")
    assert (shown["period"], shown["dimension"], shown["member"]) == ("2019", "organisation", "all")
    parity = item(shown, "representation")
    # 47 % of staff earn 80; 35 % in senior grades 60 of the 80 points between 20 % and 45 %: 48
    assert parity["score"] == 64
    assert [(one["id"], one["value"], one["score"]) for one in parity["indicators"]] == [
        ("women_among_staff", 47, 80),
        ("women_in_senior_grades", 35, 48),
        ("staff_appointed", 120, None),
    ]
    assert parity["indicators"][2]["status"] == "shown"
    text = run("frameworks", "show", "un_swap")
    assert "12 Women in equal numbers at every level (2 of 2 indicators scored)" in text
    assert "Limitations" in text


def test_item_without_data_is_not_scored() -> None:
    culture = item(run_json("frameworks", "show", "un_swap", "--period", "2019"), "culture")
    assert (culture["score"], culture["status"]) == (None, "not_scored")


def test_region_is_scored_without_what_is_suppressed_in_it() -> None:
    parity = item(run_json("frameworks", "show", "un_swap", "--region", "africa"), "representation")
    assert (parity["score"], parity["indicators_scored"], parity["indicators_suppressed"]) == (40, 1, 1)
    assert [one["status"] for one in parity["indicators"]] == ["scored", "suppressed", "shown"]
    assert parity["indicators"][1]["value"] is None


def test_unknown_framework_period_and_region_are_named() -> None:
    with pytest.raises(UnknownFrameworkError, match="nonsense"):
        run("frameworks", "show", "nonsense")
    with pytest.raises(NoScoresError, match="un_swap, 1999, the whole organisation"):
        run("frameworks", "show", "un_swap", "--period", "1999")
    with pytest.raises(NoScoresError, match="un_swap, any year, atlantis"):
        run("frameworks", "show", "un_swap", "--region", "atlantis")


def test_indicator_names_the_items_that_it_serves() -> None:
    served = run_json("indicators", "show", "women_in_senior_grades")["frameworks"]
    assert [one["id"] for one in served] == [
        "iso_30414/diversity",
        "pillars/prepared",
        "un_swap/representation",
    ]
    assert all(one["scored"] for one in served)
    assert "UN-SWAP on gender equality: 12 Women in equal numbers" in " ".join(
        run("indicators", "show", "women_in_senior_grades").split()
    )
    assert run_json("indicators", "show", "hr_milestones_on_time")["frameworks"] == []


def test_publication_from_before_the_frameworks_holds_none(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(state=tmp_path)
    settings.folder.publications.mkdir()
    duckdb.connect(str(settings.folder.published)).close()
    monkeypatch.setenv("ORGPULSE_STATE", str(tmp_path))
    assert run_json("frameworks", "list") == []
    with pytest.raises(UnknownFrameworkError):
        run("frameworks", "show", "un_swap")
