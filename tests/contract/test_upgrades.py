"""Older versions become the newest one: on payloads, and in the same way on protected rows."""

from typing import Any, get_args

import orjson
import pytest

from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.example_files import Example, examples_of
from orgpulse_schemas.families.hr.appraisals import AppraisalCompletedV2
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.registry import all_contracts, versions_of
from orgpulse_schemas.upgrade import Constant, Translate, Upgrade
from orgpulse_schemas.validation import validate_data

UPGRADED = [about for about in all_contracts().values() if about.upgrades]
each_upgraded = pytest.mark.parametrize("about", UPGRADED, ids=lambda about: about.event_type)
OLDER_EXAMPLES = [
    (about, example)
    for about in UPGRADED
    if about.upgrades
    for example in examples_of(about.upgrades.from_type)
    if example.violation is None
]


def upgrade_of(about: About) -> Upgrade:
    assert about.upgrades is not None
    return about.upgrades


def older(about: About) -> About:
    return all_contracts()[upgrade_of(about).from_type]


def field(about: About, name: str) -> ContractField:
    return next(field for field in about.fields if field.name == name)


def values_of(annotation: Any) -> set[Any]:
    """What a translated field can hold: both truths, or the codes of a list."""
    return {True, False} if annotation is bool else set(get_args(annotation)) - {type(None)}


def test_one_contract_has_a_second_version_beside_the_first() -> None:
    assert [about.event_type for about in UPGRADED] == ["org.hr.appraisal.completed.v2"]


@pytest.mark.parametrize("about", all_contracts().values(), ids=lambda about: about.event_type)
def test_every_later_version_says_how_the_version_before_becomes_it(about: About) -> None:
    assert (about.upgrades is None) == (about.major == 1)
    assert [version.major for version in versions_of(about)] == list(range(1, len(versions_of(about)) + 1))


@pytest.mark.parametrize(("about", "example"), OLDER_EXAMPLES, ids=lambda case: getattr(case, "name", None))
def test_every_older_example_is_valid_once_upgraded(about: About, example: Example) -> None:
    upgraded = upgrade_of(about).upgrade(orjson.loads(example.value)["data"])
    assert type(validate_data(about, orjson.dumps(upgraded))) is about.model


@each_upgraded
def test_no_field_that_leaves_protection_is_lost(about: About) -> None:
    upgrade = upgrade_of(about)
    read = {upgrade.source_of(name) for name in upgrade.rules}
    assert {old.name for old in protected_fields(older(about))} <= read


@each_upgraded
def test_field_is_protected_as_the_one_it_comes_from(about: About) -> None:
    upgrade = upgrade_of(about)
    for new in about.fields:
        source = upgrade.source_of(new.name)
        if source is not None:
            assert new.treatment == field(older(about), source).treatment, new.name


@each_upgraded
def test_field_that_is_not_translated_keeps_its_type_and_digits(about: About) -> None:
    upgrade = upgrade_of(about)
    before = {old.name: old for old in protected_fields(older(about))}
    for new in protected_fields(about):
        source = upgrade.source_of(new.name)
        if source is not None and not isinstance(upgrade.rules[new.name], Translate):
            old = before[source]
            assert (new.type, new.precision, new.scale) == (old.type, old.precision, old.scale), new.name


@each_upgraded
def test_required_field_is_filled_for_every_older_event(about: About) -> None:
    upgrade = upgrade_of(about)
    for new in about.fields:
        rule, source = upgrade.rules[new.name], upgrade.source_of(new.name)
        if new.required:
            assert rule.value is not None if isinstance(rule, Constant) else source, new.name
            assert source is None or field(older(about), source).required, new.name


@each_upgraded
def test_translation_knows_every_value_of_the_older_field(about: About) -> None:
    for name, rule in upgrade_of(about).rules.items():
        if isinstance(rule, Translate):
            assert set(rule.values) == values_of(field(older(about), rule.source).annotation), name
            assert set(rule.values.values()) <= values_of(field(about, name).annotation), name


@pytest.mark.parametrize(("aligned", "goal"), [(True, "not_named"), (False, "none")])
def test_upgraded_appraisal_names_no_goal_and_counts_no_raters(aligned: bool, goal: str) -> None:
    """The first version says whether there was a goal, not which; and whether raters were several."""
    first = {
        "personnel_id": "P001093",
        "cycle": 2018,
        "due_on": "2019-03-31",
        "completed_on": "2019-03-20",
        "multi_rater": True,
        "aligned_to_corporate_goal": aligned,
    }
    upgraded = upgrade_of(AppraisalCompletedV2.about).upgrade(first)
    assert (upgraded["corporate_goal"], upgraded["raters"], upgraded["multi_rater"]) == (goal, None, True)
