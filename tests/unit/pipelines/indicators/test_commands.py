"""The commands on a small publication."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import typer
from typer.testing import CliRunner

from orgpulse_pipelines.errors import NothingPublishedError
from orgpulse_pipelines.indicators.commands import register
from orgpulse_pipelines.indicators.errors import UnknownIndicatorError, UnknownPeriodError
from orgpulse_pipelines.indicators.evidence import EXAMPLES
from orgpulse_platform.settings import Settings

pytestmark = pytest.mark.usefixtures("published")


def run(*arguments: str) -> str:
    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def run_json(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


def test_scorecard_shows_every_indicator_with_a_figure() -> None:
    text = run("scorecard")
    assert "Principled" in text
    assert "Staff in service" in text
    assert "23 people" in text


def test_scorecard_as_one_json_document() -> None:
    figures = {figure["id"]: figure for figure in run_json("scorecard")}
    assert figures["staff_at_year_end"]["value"] == 23
    assert figures["ethics_e_learning_coverage"]["value"] == pytest.approx(10 / 23 * 100, abs=1e-4)
    assert figures["ethics_e_learning_coverage"]["target"] == 95
    assert figures["ethics_e_learning_coverage"]["publication_id"] == "20200101T000000Z"


def test_scorecard_of_a_year_without_figures_is_an_empty_list() -> None:
    assert run_json("scorecard", "--period", "1999") == []


def test_list_names_what_the_publication_holds() -> None:
    listed = run_json("indicators", "list")
    assert {"id", "title", "pillar", "unit", "target"} <= listed[0].keys()
    assert "women_among_staff" in run("indicators", "list")


def test_show_has_definition_and_figures_with_small_regions_suppressed() -> None:
    shown = run_json("indicators", "show", "women_among_staff")
    members = {value["member"]: value for value in shown["values"] if value["period"] == "2019"}
    assert shown["formula"].endswith("× 100")
    assert members["europe"]["suppressed"]
    assert members["europe"]["value"] is None
    assert "suppressed (below 5, or protects such a one)" in run("indicators", "show", "women_among_staff")


def test_show_lists_years_without_offices_unless_all_is_asked_for() -> None:
    shown = ("indicators", "show", "staff_at_year_end")
    for left_out in ("2019-01", "U0002"):
        assert left_out not in run(*shown)
        assert left_out in run(*shown, "--all")
    assert "2019-01" in {value["period"] for value in run_json(*shown)["values"]}


def test_explain_leads_from_the_figure_to_topic_and_offset(event_id: Callable[[str], UUID]) -> None:
    explained = run_json("indicators", "explain", "ethics_e_learning_coverage", "--period", "2019")
    numerator, denominator = explained["measures"]
    assert (numerator["rows"], numerator["value"]) == (None, 10)
    assert (denominator["rows"], denominator["value"]) == (None, 23)
    contracts = {one["id"]: one["topic"] for one in numerator["contracts"]}
    assert contracts["training_completion_recorded_v1"] == "events.training"
    assert numerator["people"]
    assert 0 < len(numerator["sample"]) <= EXAMPLES
    row = numerator["sample"][0]
    number = next(one for one in range(10) if row["id"] == str(event_id(f"completion {one}")))
    assert (row["partition"], row["offset"]) == (2, 100 + number)
    assert row["origin"] == f"raw.training.pr-2/0/{number}@0"


def test_explained_parts_add_up_to_the_figure_in_every_region() -> None:
    for region in ("africa", "asia"):
        explained = run_json(
            "indicators", "explain", "staff_at_year_end", "--period", "2019", "--region", region
        )
        if not explained["suppressed"]:
            assert explained["measures"][0]["value"] == explained["value"]


def test_explain_limits_the_sample_not_the_counts() -> None:
    arguments = ("indicators", "explain", "ethics_e_learning_coverage", "--period", "2019")
    explained = run_json(*arguments, "--limit", "1")
    assert [measure["value"] for measure in explained["measures"]] == [10, 23]
    assert all(len(measure["sample"]) <= 1 for measure in explained["measures"])


def test_explain_in_words() -> None:
    text = run("indicators", "explain", "ethics_e_learning_coverage", "--period", "2019")
    assert "publication 20200101T000000Z" in text
    assert "version 1 of the definition" in text
    assert "training_completion_recorded_v1 on events.training" in text
    assert "Numerator: 10, from people" in text


def test_explain_shows_neither_rows_nor_counts_of_a_suppressed_figure() -> None:
    arguments = ("indicators", "explain", "women_among_staff", "--period", "2019", "--region", "europe")
    explained = run_json(*arguments)
    assert (explained["value"], explained["numerator"], explained["measures"]) == (None, None, [])
    assert "suppressed (below 5, or protects such a one)" in run(*arguments)


def test_unknown_indicator_and_period_say_what_to_do() -> None:
    with pytest.raises(UnknownIndicatorError, match="indicators list"):
        run("indicators", "explain", "nonsense", "--period", "2019")
    with pytest.raises(UnknownIndicatorError):
        run("indicators", "show", "nonsense")
    with pytest.raises(UnknownPeriodError, match="indicators show"):
        run("indicators", "explain", "women_among_staff", "--period", "1999")


def test_before_the_first_publication(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGPULSE_STATE", str(settings.state))
    with pytest.raises(NothingPublishedError):
        run("scorecard")
