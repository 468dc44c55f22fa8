"""Framework files that are not well formed, and those that ship."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from scored_figures import indicator, mapping

from orgpulse_pipelines.frameworks.errors import FrameworkDefinitionError
from orgpulse_pipelines.frameworks.load import FRAMEWORKS, load_frameworks
from orgpulse_pipelines.indicators.definition import load_definitions

INDICATORS = (
    indicator("coverage"),
    indicator("days", direction="lower"),
    indicator("intake", direction="neutral"),
    indicator("yearly", periods=["month"]),
    indicator("central", places=[]),
)


def write(folder: Path, name: str, *mappings: dict[str, Any]) -> None:
    """Write a framework whose one item has these mappings."""
    content = {
        "id": "ours", "title": "A framework", "edition": "Of a test",
        "limitations": "It is only a test of ours.",
        "items": [{"id": "item", "title": "An item", "indicators": list(mappings)}],
    }  # fmt: skip
    (folder / name).write_text(yaml.safe_dump(content), "utf-8")


def refused(folder: Path, name: str = "ours.yaml", **mapped: Any) -> str:
    """Why a framework with this mapping is refused."""
    write(folder, name, mapping() | mapped)
    with pytest.raises(FrameworkDefinitionError) as error:
        load_frameworks(INDICATORS, folder)
    return error.value.detail


@pytest.mark.parametrize(
    ("mapped", "message"),
    [
        ({"indicator": "nonsense"}, "ours.yaml, item: no indicator is called nonsense"),
        ({"indicator": "intake"}, "intake is better neither higher nor lower"),
        ({"indicator": "days"}, "lower is better for days: its scores must fall with the values"),
        ({"thresholds": [[10, 100], [30, 0]]}, "higher is better for coverage: its scores must rise"),
        ({"thresholds": [[60, 100], [50, 0]]}, "the values of the thresholds must rise"),
        ({"thresholds": [[50, 0], [50, 100]]}, "the values of the thresholds must rise"),
        ({"thresholds": [[40, 0], [50, 80], [60, 60]]}, "rise throughout, or fall throughout"),
        ({"thresholds": [[40, 50], [50, 50]]}, "rise throughout, or fall throughout"),
        ({"thresholds": [[40, 50]]}, "one threshold alone"),
        ({"thresholds": [[40, 0], [50, 101]]}, "items.0.indicators.0.thresholds.1.1"),
        ({"thresholds": []}, "a weight needs thresholds"),
        ({"weight": None}, "thresholds need a weight"),
        ({"weight": 0}, "items.0.indicators.0.weight"),
        ({"weight": -1}, "items.0.indicators.0.weight"),
        ({"indicator": "yearly"}, "yearly has no figures for quarter, year"),
        ({"indicator": "central", "roll_up": "offices_by_denominator"}, "no denominator by office"),
        ({"roll_up": "mean"}, "items.0.indicators.0.roll_up"),
        ({"wieght": 2}, "items.0.indicators.0.wieght"),
    ],
)
def test_mistake_is_named_with_its_file_and_place(
    tmp_path: Path, mapped: dict[str, Any], message: str
) -> None:
    assert message in refused(tmp_path, **mapped)


def test_neutral_indicator_can_be_shown_without_a_score(tmp_path: Path) -> None:
    write(tmp_path, "ours.yaml", {"indicator": "intake"})
    (loaded,) = load_frameworks(INDICATORS, tmp_path)
    assert not loaded.items[0].indicators[0].is_scored


def test_item_names_an_indicator_once(tmp_path: Path) -> None:
    write(tmp_path, "ours.yaml", {"indicator": "intake"}, {"indicator": "intake"})
    with pytest.raises(FrameworkDefinitionError, match="the indicator intake stands twice"):
        load_frameworks(INDICATORS, tmp_path)


def test_file_is_named_after_its_framework(tmp_path: Path) -> None:
    assert refused(tmp_path, name="theirs.yaml") == "theirs.yaml holds the framework ours"


def test_malformed_yaml_and_missing_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: [", "utf-8")
    with pytest.raises(FrameworkDefinitionError, match=r"broken\.yaml is not well-formed"):
        load_frameworks(INDICATORS, tmp_path)
    with pytest.raises(FrameworkDefinitionError, match="is no folder"):
        load_frameworks(INDICATORS, tmp_path / "none")


SHIPPED = load_frameworks(load_definitions())


def test_shipped_frameworks_are_those_that_the_organisation_reports_by() -> None:
    assert {one.id for one in SHIPPED} == {"pillars", "mopan", "un_swap", "un_sustainability", "iso_30414"}
    assert {path.stem for path in FRAMEWORKS.glob("*.yaml")} == {one.id for one in SHIPPED}


@pytest.mark.parametrize("framework", SHIPPED, ids=lambda one: one.id)
def test_shipped_framework_says_that_it_is_a_proposal(framework: Any) -> None:
    assert "propos" in framework.edition + framework.limitations


def test_every_pillar_is_scored_by_indicators_of_its_own() -> None:
    pillar_of = {one.id: one.pillar for one in load_definitions()}
    (pillars,) = (one for one in SHIPPED if one.id == "pillars")
    for item in pillars.items:
        assert {pillar_of[one.indicator] for one in item.indicators} == {item.id}
