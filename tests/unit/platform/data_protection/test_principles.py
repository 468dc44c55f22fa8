"""The thirteen principles: each is kept by a control with tests that exist, or by people, and it says why."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from pydantic import ValidationError

from orgpulse_platform.data_protection.principles import Control, Principle, load_principles
from orgpulse_platform.reference_pages.platform_pages.principles import principles_page

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
OFF = re.compile(r"mark\.(skip|xfail)\b")
ROOT = Path(__file__).parents[4]
ADOPTED = (
    "Lawful and fair collection",
    "Specified and legitimate purpose",
    "Data quality",
    "Consent",
    "Transfer to third parties",
    "Confidentiality",
    "Access and transparency",
    "Data security",
    "Retention of personal data",
    "Application of the principles",
    "Ownership of personal data",
    "Oversight, compliance and internal remedies",
    "Exceptions",
)
CONTROLS = [(principle.title, one) for principle in load_principles() for one in principle.controls]


@cache
def defined(path: Path) -> dict[str, list[str]]:
    """What a module defines at its top and in its test classes, as pytest names it, with its decorators."""
    found = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, DEFINITIONS):
            found[node.name] = [ast.unparse(one) for one in node.decorator_list]
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, DEFINITIONS):
                    marks = [ast.unparse(one) for one in inner.decorator_list]
                    found[f"{node.name}::{inner.name}"] = found[node.name] + marks
    return found


def missing_tests(control: Control, root: Path = ROOT) -> list[str]:
    """The tests that pytest would not run: not there, or switched off where they are defined."""
    missing = []
    for test in control.tests:
        path, _, name = test.partition("::")
        known = defined(root / path) if (root / path).is_file() else {}
        if name not in known or any(OFF.search(mark) for mark in known[name]):
            missing.append(test)
    return missing


def test_all_thirteen_principles_stand_in_the_organisations_order():
    assert tuple(principle.title for principle in load_principles()) == ADOPTED


def test_a_principle_that_nothing_and_nobody_keeps_is_refused():
    with pytest.raises(ValidationError, match="neither a control nor a written reason"):
        Principle(title="Data quality", asks="Data is right, complete and current.")


def test_a_control_without_code_or_without_tests_is_refused():
    stated = {"what": "It does something that protects.", "code": ["platform/x.py"], "tests": []}
    with pytest.raises(ValidationError, match="tests"):
        Control.model_validate(stated)
    with pytest.raises(ValidationError, match="code"):
        Control.model_validate(stated | {"code": [], "tests": ["tests/unit/test_x.py::test_y"]})


@pytest.mark.parametrize(("title", "control"), CONTROLS, ids=lambda one: getattr(one, "what", one)[:40])
def test_every_test_that_a_control_names_exists(title, control):
    assert missing_tests(control) == []


@pytest.mark.parametrize(("title", "control"), CONTROLS, ids=lambda one: getattr(one, "what", one)[:40])
def test_every_place_in_the_code_that_a_control_names_exists(title, control):
    for place in control.code:
        path, _, name = place.partition("::")
        assert (ROOT / path).exists(), place
        assert not name or name in defined(ROOT / path), place


def test_a_test_that_was_renamed_removed_or_switched_off_is_noticed(tmp_path):
    (tmp_path / "tests" / "unit").mkdir(parents=True)
    (tmp_path / "tests" / "unit" / "test_x.py").write_text(
        "import pytest\ndef test_kept(): ...\n@pytest.mark.skip\ndef test_off(): ...\n"
    )
    names = (
        "tests/unit/test_x.py::test_kept",
        "tests/unit/test_x.py::test_off",
        "tests/unit/test_x.py::test_gone",
    )
    control = Control(what="It does something that protects.", code=("platform/x.py",), tests=names)
    assert missing_tests(control, tmp_path) == list(names[1:])


def test_the_page_names_every_control_and_every_test():
    said = principles_page().content.decode()
    for principle in load_principles():
        assert f"## {principle.title}" in said
        for control in principle.controls:
            assert all(f"`{place}`" in said for place in (*control.code, *control.tests))
