"""A small publication with a region that is too small to be shown."""

import sys
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import small_warehouse
from small_warehouse import Given, event
from sql_cases import all_models

from orgpulse_pipelines.indicators.audiences import Audiences
from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.history import create_history
from orgpulse_pipelines.indicators.sources import tables_measured
from orgpulse_pipelines.indicators.workforce import build_workforce
from orgpulse_pipelines.modelling.model import GENERATED
from orgpulse_pipelines.publication.contents import published_tables
from orgpulse_pipelines.publication.shelf import Publication
from orgpulse_pipelines.publication.write import write
from orgpulse_pipelines.staging.lineage import LINEAGE, create_lineage
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_platform.settings import Settings

AFRICA, ASIA, EUROPE = "U0002", "U0003", "U0004"
STAFF = {AFRICA: 12, ASIA: 8, EUROPE: 3}
WOMEN = {AFRICA: 6, ASIA: 0, EUROPE: 1}
COMPLETED = 10
"""So many people in Africa completed the ethics course."""


def organisation() -> Given:
    """Three offices with their staff; ten of Africa's completed the ethics course in 2019; three lessons."""
    regions = {AFRICA: "africa", ASIA: "asia", EUROPE: "europe"}
    people = [(unit, number) for unit, staff in STAFF.items() for number in range(staff)]
    return {
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
        "staging.evaluation_lesson_recorded_v1": [
            {
                "event_id": f"lesson {number}",
                "lesson_id": f"L{number}",
                "evaluation_id": "E1",
                "recorded_on": f"2019-01-1{number}",
                "topic": "events.evaluation",
                "partition": 0,
                "offset": number,
                "origin": f"raw.evaluation.pu-2/0/{number}@0",
            }
            for number in range(3)
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
    }


def fill(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    events: Given | None = None,
    tables: Iterable[str] = (),
) -> None:
    """Put the organisation, or other events, into an empty warehouse and compute every indicator.

    The tables are built besides those that indicators measure.
    """
    nothing = [*map(staging_table, staged_contracts()), *(GENERATED - {LINEAGE})]
    given = {table: [] for table in nothing} | (events or organisation())
    small_warehouse.fill(connection, {*tables_measured(load_definitions()), *tables}, given)
    connection.execute("drop table core.event_lineage")
    create_lineage(connection)
    build_indicators(connection, settings, publication_id="20200101T000000Z")
    build_workforce(connection, Audiences.of(settings.warehouse))


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of the publication."""
    state = tmp_path_factory.mktemp("state")
    settings = Settings(state=state)
    settings.folder.publications.mkdir()
    with duckdb.connect() as connection:
        fill(connection, settings)
        connection.execute(f"attach '{settings.folder.published}' as published")
        for table in published_tables(connection, all_models()):
            connection.execute(f"create schema if not exists published.{table.schema}")
            connection.execute(f"create table published.{table.name} as from {table.name}")
    return state


@pytest.fixture(scope="session")
def analysts_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication as a build writes it, with money and emissions besides."""
    folder = tmp_path_factory.mktemp("analysts")
    path = folder / "current.duckdb"
    publication = Publication("20200101T000000000000Z", path)
    spent = {"project_id": "PX.0001", "unit_id": AFRICA, "posted_on": "2018-01-02"}
    emitted = {"facility_id": "F1001", "year": 2018}
    events = organisation() | {
        "staging.reference_project_registered_v1": [
            {"project_id": "PX.0001", "unit_id": AFRICA, "sector": "30", "start_date": "2018-01-01"}
        ],
        "staging.finance_expenditure_posted_v1": [
            spent | {"posting_id": "L1", "amount_usd": 1000},
            spent | {"posting_id": "L2", "amount_usd": -200},
        ],
        "staging.reference_facility_registered_v1": [
            {"facility_id": "F1001", "unit_id": AFRICA, "in_use_from": "2010-01-01"}
        ],
        "staging.environment_emission_reported_v1": [
            emitted | {"scope": "1", "source": "vehicles", "greenhouse_gas": 6},
            emitted | {"scope": "3", "source": "air_travel", "greenhouse_gas": 14},
        ],
    }
    with duckdb.connect() as connection:
        fill(connection, Settings(state=folder), events, (model.name for model in all_models()))
        create_history(connection)
        tables = published_tables(connection, all_models())
        write(connection, path, publication, tables, all_models())
    return path


@pytest.fixture
def published(publication: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of the publication, also for commands."""
    monkeypatch.setenv("ORGPULSE_STATE", str(publication))
    return Settings(state=publication)


@pytest.fixture
def event_id() -> object:
    """The identity that stands for a word."""
    return event
