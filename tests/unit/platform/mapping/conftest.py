"""A small file and a small mapping, changed by each test in the one thing it is about."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from orgpulse_platform.mapping.events import Event
from orgpulse_platform.mapping.load import LoadedMapping, parse_mapping
from orgpulse_platform.mapping.refusal import Refusal
from orgpulse_platform.mapping.run import events_of

ROOT = Path(__file__).parents[4]
APPRAISALS: dict[str, Any] = {
    "name": "appraisals",
    "description": "Appraisals of a year.",
    "contract": "org.hr.appraisal.completed.v1",
    "time": {"column": "done"},
    "identity": ["person", "cycle"],
    "fields": {
        "personnel_id": "person",
        "cycle": "cycle",
        "due_on": "due",
        "completed_on": "done",
        "multi_rater": {"column": "raters", "map": {"yes": True, "no": False}},
        "aligned_to_corporate_goal": {"constant": True},
        "comments": {"column": "comments", "empty": None},
    },
}
INVENTORIES: dict[str, Any] = {
    "name": "inventories",
    "description": "Inventories of facilities.",
    "contract": "org.environment.facility_inventory.reported.v1",
    "time": {"template": "2019-12-31"},
    "identity": ["site"],
    "fields": {"facility_id": "site", "year": {"constant": 2019}},
}

Outcomes = list[Event | Refusal]


@pytest.fixture
def appraisals() -> dict[str, Any]:
    """A mapping with people, dates and truth values."""
    return {**APPRAISALS, "fields": dict(APPRAISALS["fields"])}


@pytest.fixture
def inventories() -> Callable[..., dict[str, Any]]:
    """A mapping with figures: `inventories(electricity={...})` adds fields."""

    def make(format: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
        found = {**INVENTORIES, "fields": {**INVENTORIES["fields"], **fields}}
        return {**found, "format": format} if format else found

    return make


@pytest.fixture
def load() -> Callable[[dict[str, Any]], LoadedMapping]:
    """Read a mapping as if it stood in a file."""

    def make(mapping: dict[str, Any]) -> LoadedMapping:
        return parse_mapping(yaml.safe_dump(mapping, sort_keys=False), "test.yaml")

    return make


@pytest.fixture
def outcomes(tmp_path: Path, load: Callable[[dict[str, Any]], LoadedMapping]) -> Callable[..., Outcomes]:
    """What becomes of the rows of a file."""

    def make(mapping: dict[str, Any], content: str | bytes, name: str = "export.csv") -> Outcomes:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(events_of(path, load(mapping)))

    return make


@pytest.fixture
def payloads(outcomes: Callable[..., Outcomes]) -> Callable[..., list[dict[str, Any]]]:
    """The payloads of a file of which every row fits."""

    def make(*arguments: Any, **options: Any) -> list[dict[str, Any]]:
        found = outcomes(*arguments, **options)
        assert [outcome for outcome in found if isinstance(outcome, Refusal)] == []
        return [orjson.loads(event.value)["data"] for event in found if isinstance(event, Event)]

    return make


@pytest.fixture
def refusals(outcomes: Callable[..., Outcomes]) -> Callable[..., list[tuple[int, str, str]]]:
    """Line, field and reason of everything that is refused."""

    def make(*arguments: Any, **options: Any) -> list[tuple[int, str, str]]:
        return [
            (outcome.line, problem.field, problem.reason.value)
            for outcome in outcomes(*arguments, **options)
            if isinstance(outcome, Refusal)
            for problem in outcome.problems
        ]

    return make


@pytest.fixture
def shared_data() -> Path:
    """The folder of the published figures."""
    folder = Path(os.environ.get("ORGPULSE_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the folder with the published figures is not here; ORGPULSE_SHARED_DATA names it")
    return folder
