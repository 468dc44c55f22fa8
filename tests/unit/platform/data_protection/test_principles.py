"""The thirteen principles: each is kept by a control with tests that exist, or by people, and it says why."""

import ast
from functools import cache
from pathlib import Path

import pytest
from pydantic import ValidationError

from orgpulse_platform.data_protection.principles import Control, Principle, load_principles
from orgpulse_platform.reference_pages.platform_pages.principles import principles_page

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
def defined(path: Path) -> frozenset[str]:
    """The functions and classes that a module defines at its top, as pytest and other modules find them."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


def skipped(path: Path, name: str) -> bool:
    """Whether a test is switched off where it is defined."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            marks = [ast.unparse(decorator) for decorator in node.decorator_list]
            return any(mark.startswith(("pytest.mark.skip", "pytest.mark.xfail")) for mark in marks)
    return False


def missing_tests(control: Control, root: Path = ROOT) -> list[str]:
    found = []
    for test in control.tests:
        path, _, name = test.partition("::")
        if not (root / path).is_file() or name not in defined(root / path) or skipped(root / path, name):
            found.append(test)
    return found


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
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "unit").mkdir()
    (tmp_path / "tests" / "unit" / "test_x.py").write_text(
        "import pytest\ndef test_kept(): ...\n@pytest.mark.skip\ndef test_off(): ...\n"
    )
    names = ("tests/unit/test_x.py::test_kept", "tests/unit/test_x.py::test_off", "tests/unit/test_x.py::test_gone")
    control = Control(what="It does something that protects.", code=("platform/x.py",), tests=names)
    assert missing_tests(control, tmp_path) == list(names[1:])


def test_the_page_names_every_control_and_every_test():
    said = principles_page().content.decode()
    for principle in load_principles():
        assert f"## {principle.title}" in said
        for control in principle.controls:
            assert all(f"`{place}`" in said for place in (*control.code, *control.tests))
