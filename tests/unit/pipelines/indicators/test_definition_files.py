"""Definition and target files that are not well formed, and versions over time."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from orgpulse_pipelines.indicators.definition import DEFINITIONS, Definition, effective_on, load_definitions
from orgpulse_pipelines.indicators.errors import IndicatorDefinitionError, TargetsError
from orgpulse_pipelines.indicators.targets import load_targets

SHIPPED = DEFINITIONS / "women_among_staff.yaml"


def write(folder: Path, name: str, **changes: object) -> None:
    content = yaml.safe_load(SHIPPED.read_text("utf-8")) | changes
    (folder / name).write_text(yaml.safe_dump(content), "utf-8")


def test_unknown_field_is_refused_with_file_and_field(tmp_path: Path) -> None:
    write(tmp_path, "women_among_staff.yaml", tagret=50)
    with pytest.raises(IndicatorDefinitionError, match=r"women_among_staff\.yaml, tagret"):
        load_definitions(tmp_path)


def test_protected_denominator_must_exist(tmp_path: Path) -> None:
    write(tmp_path, "women_among_staff.yaml", denominator=None)
    with pytest.raises(IndicatorDefinitionError, match="protects a denominator"):
        load_definitions(tmp_path)


def test_file_must_be_named_after_its_indicator(tmp_path: Path) -> None:
    write(tmp_path, "men_among_staff.yaml")
    with pytest.raises(IndicatorDefinitionError, match="holds the indicator women_among_staff"):
        load_definitions(tmp_path)


def test_a_version_stands_once(tmp_path: Path) -> None:
    write(tmp_path, "women_among_staff.yaml")
    write(tmp_path, "women_among_staff@1.yaml")
    with pytest.raises(IndicatorDefinitionError, match="version 1 stands twice"):
        load_definitions(tmp_path)


def test_malformed_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: [", "utf-8")
    with pytest.raises(IndicatorDefinitionError, match=r"broken\.yaml is not well-formed"):
        load_definitions(tmp_path)


def test_a_period_is_measured_by_the_version_of_its_last_day(tmp_path: Path) -> None:
    write(tmp_path, "women_among_staff@1.yaml", effective_from=date(2016, 1, 1))
    write(tmp_path, "women_among_staff.yaml", version=2, effective_from=date(2018, 7, 1))
    definitions = load_definitions(tmp_path)

    def version(day: date) -> int | None:
        found = effective_on(definitions, "women_among_staff", day)
        return found.version if found else None

    assert version(date(2015, 12, 31)) is None
    assert version(date(2017, 12, 31)) == 1
    assert version(date(2018, 12, 31)) == 2


def test_formula_reads_as_words() -> None:
    definition = Definition.model_validate(yaml.safe_load(SHIPPED.read_text("utf-8")))
    assert definition.formula == (
        "Women among staff in service on the last day of the period"
        " / Staff in service on the last day of the period × 100"
    )


def test_targets_of_the_organisation_replace_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("women_among_staff: {target: 45.5, source: our board}", "utf-8")
    targets = load_targets(path)
    assert list(targets) == ["women_among_staff"]
    assert str(targets["women_among_staff"].target) == "45.5"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "not well-formed"),
        ("a: {target: many, source: a board}", "a.target"),
        ("a: {source: a board, baseline: 1, baseline_period: '2016'}", "not both"),
    ],
)
def test_malformed_targets_are_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(TargetsError, match=message):
        load_targets(path)


def test_missing_targets_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TargetsError, match=r"none\.yaml"):
        load_targets(tmp_path / "none.yaml")
