"""A small publication with a region that is too small to be shown."""

import sys
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "plugins"))
sys.path.insert(0, str(Path(__file__).parent))

from sql_cases import Case, all_models, closure, empty_warehouse, event, measured, prepare

from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.workforce import build_workforce
from orgpulse_pipelines.publication.contents import published_tables
from orgpulse_pipelines.staging.lineage import create_lineage
from orgpulse_platform.settings import Settings

AFRICA, ASIA, EUROPE = "U0002", "U0003", "U0004"
STAFF = {AFRICA: 12, ASIA: 8, EUROPE: 3}
WOMEN = {AFRICA: 6, ASIA: 0, EUROPE: 1}
COMPLETED = 10
"""So many people in Africa completed the ethics course."""


def organisation() -> Case:
    """Three offices with their staff; ten of Africa's completed the ethics course in 2019."""
    regions = {AFRICA: "africa", ASIA: "asia", EUROPE: "europe"}
    people = [(unit, number) for unit, staff in STAFF.items() for number in range(staff)]
    return Case.model_validate(
        {
            "description": "Three offices.",
            "given": {
                "staging.reference_organisation_unit_registered_v1": [
                    {
                        "unit_id": unit,
                        "unit_type": "country_office",
                        "region": region,
                        "country": "KEN",
                        "high_risk": False,
                        "valid_from": "2000-01-01",
                    }
                    for unit, region in regions.items()
                ],
                "staging.reference_course_registered_v1": [
                    {
                        "course_id": "C001",
                        "subject": "ethics_values",
                        "modality": "e_learning",
                        "validity": 24,
                    }
                ],
                "staging.hr_appointment_made_v1": [
                    {
                        "event_id": f"appointment {unit} {number}",
                        "personnel_id": f"{unit}-{number}",
                        "gender": "female" if number < WOMEN[unit] else "male",
                        "nationality": "KEN",
                        "contract_type": "staff",
                        "grade": "P3",
                        "unit_id": unit,
                        "manager": False,
                        "appointed_on": "2016-01-01",
                        "topic": "events.hr",
                        "partition": 1,
                        "offset": number,
                        "origin": f"raw.hr.pe-3/0/{number}@0",
                    }
                    for unit, number in people
                ],
                "staging.training_completion_recorded_v1": [
                    {
                        "event_id": f"completion {number}",
                        "personnel_id": f"{AFRICA}-{number}",
                        "course_id": "C001",
                        "completed_on": "2019-01-10",
                        "language": "EN",
                        "topic": "events.training",
                        "partition": 2,
                        "offset": 100 + number,
                        "origin": f"raw.training.pr-2/0/{number}@0",
                    }
                    for number in range(COMPLETED)
                ],
            },
            "expect": [],
        }
    )


def fill(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Put the organisation into an empty warehouse and compute every indicator."""
    wanted = {name for one in load_definitions() for name in measured(one.id)} | {"core.unit_year_end"}
    prepare(connection, closure(wanted, all_models()), organisation())
    create_lineage(connection)
    build_indicators(connection, settings, publication_id="20200101T000000Z")
    build_workforce(connection, settings.warehouse.internal_threshold)


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of the publication."""
    state = tmp_path_factory.mktemp("state")
    settings = Settings(state=state)
    settings.folder.publications.mkdir()
    with empty_warehouse() as connection:
        fill(connection, settings)
        connection.execute(f"attach '{settings.folder.published}' as published")
        for table in published_tables(connection, all_models()):
            connection.execute(f"create schema if not exists published.{table.schema}")
            connection.execute(f"create table published.{table.name} as from {table.name}")
    return state


@pytest.fixture
def published(publication: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of the publication, also for commands."""
    monkeypatch.setenv("ORGPULSE_STATE", str(publication))
    return Settings(state=publication)


@pytest.fixture
def event_id() -> object:
    """The identity that stands for a word."""
    return event
