"""A small warehouse that can be published: one model, lineage, indicators."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import duckdb
import pytest

from orgpulse_pipelines.frameworks.build import score
from orgpulse_pipelines.indicators.audiences import Audiences, Limits
from orgpulse_pipelines.indicators.build import compute
from orgpulse_pipelines.indicators.evidence import build_evidence
from orgpulse_pipelines.indicators.tables import DEFINITION, VALUE, replace_table
from orgpulse_pipelines.modelling import Model, load_model
from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.modelling.model import MODELS
from orgpulse_pipelines.publication.publish import Published, publish
from orgpulse_pipelines.publication.shelf import current, publications
from orgpulse_pipelines.staging import lineage
from orgpulse_pipelines.staging.lineage import create_lineage
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_pipelines.staging.versions import staged_contracts
from orgpulse_pipelines.warehouse.catalog import comment_on
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.settings import Settings

META = """
owner: Information management
description: Things as they were.
retention: ten years
columns: {id: Number of the thing.}
checks:
  - name: id_is_positive
    severity: fail
    description: Numbers begin at one.
    sql: select id from core.thing where id < 1
"""


CONTRACT = "training_completion_recorded_v1"
"""The contract whose events the tests count."""
STAGED = (CONTRACT, "reference_organisation_unit_registered_v1")
COUNTED = f"select completed_on as day, null as unit_id, 1 as value, event_id from staging.{CONTRACT}"


@dataclass
class SmallWarehouse:
    """A warehouse whose one model reads ``main.source``, and whose figures are stated by hand."""

    settings: Settings
    connection: duckdb.DuckDBPyConnection
    model: Model

    def build(self, ids: range) -> None:
        """Build the model with these numbers."""
        self.connection.execute(
            f"create or replace table main.source as from range({ids.start}, {ids.stop}) t(id)"
        )
        build_table(self.connection, self.model)

    def define(self, indicator_id: str, version: int = 1, **stated: Any) -> None:
        """State a definition, in the place of what was stated before."""
        row = dict.fromkeys(DEFINITION) | {
            "indicator_id": indicator_id,
            "version": version,
            "effective_from": date(2016, 1, 1),
            "pillar": "prepared",
            "system": "PR-2",
            "title": indicator_id.replace("_", " "),
            "numerator_counts": "flow",
            "numerator_aggregate": "sum",
            "numerator_sql": COUNTED,
            "unit": "courses",
            "decimals": 0,
            "protects": [],
            "tolerance": 0,
        }
        self._replace("definition", row | stated, ("indicator_id", "version"))

    def figure(self, indicator_id: str, value: Any, period: str = "2019", **stated: Any) -> None:
        """State a yearly figure, by default of the whole organisation, in the place of the one before."""
        suppressed = stated.get("status") == "suppressed"
        row = dict.fromkeys(VALUE) | {
            "indicator_id": indicator_id,
            "version": 1,
            "grain": "year",
            "period": period,
            "period_start": date(int(period), 1, 1),
            "period_end": date(int(period), 12, 31),
            "as_of": date(int(period), 12, 31),
            "dimension": "organisation",
            "member": "all",
            "numerator": value,
            "value": value,
            "unit": "courses",
            "status": "no_data" if value is None else "no_target",
            "suppressed": suppressed,
            "suppression": "suppressed" if suppressed else "none",
        }
        self._replace("value", row | stated, ("indicator_id", "period", "dimension", "member"))

    def event(self, word: str) -> UUID:
        """Stage an event."""
        id_ = uuid5(NAMESPACE_URL, word)
        self.connection.execute(
            f'insert into staging.{CONTRACT} (event_id, occurred_at, topic, "partition", "offset", origin) '
            "values (?, '2019-03-01', 'events.training', 0, 0, 'raw.training.pr-2/0/0@0')",
            [id_],
        )
        return id_

    def evidence(self, indicator_id: str, event_id: UUID, day: date) -> None:
        """Let an event stand behind the figures of an indicator about things, on a day."""
        self.connection.execute(
            "insert into indicators.evidence (indicator_id, version, side, people, first_day, after_day, "
            "event_id, value) values (?, 1, 'numerator', false, ?, ?::date + 1, ?, 1)",
            [indicator_id, day, day, event_id],
        )

    def publish(self) -> Published:
        return publish(self.connection, self.settings, (self.model,))

    def published_ids(self) -> list[int]:
        with duckdb.connect(str(self.settings.folder.published.resolve()), read_only=True) as reader:
            return [row[0] for row in reader.execute("select id from core.thing order by id").fetchall()]

    def current_id(self) -> str | None:
        """What readers open."""
        used = current(self.settings.folder)
        return used.id if used else None

    def kept_ids(self) -> list[str]:
        """The publications on the shelf, newest first."""
        return [one.id for one in publications(self.settings.folder)]

    def _replace(self, table: str, row: dict[str, Any], keys: tuple[str, ...]) -> None:
        same = " and ".join(f"{key} = ?" for key in keys)
        self.connection.execute(f"delete from indicators.{table} where {same}", [row[key] for key in keys])
        marks = ", ".join("?" for _ in row)
        self.connection.execute(
            f"insert into indicators.{table} ({', '.join(row)}) values ({marks})", list(row.values())
        )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of a warehouse without figures: made once."""
    state = tmp_path_factory.mktemp("prepared") / "state"
    with open_warehouse(Settings(state=state)) as connection:
        few = [about for about in staged_contracts() if about.name in STAGED]
        create_staging_tables(connection, few)
        connection.execute(
            "create table main.source (id bigint); create view staging.thing as from main.source"
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lineage, "staged_contracts", lambda: few)  # in a fraction of the time of all
            create_lineage(connection)
        create_indicator_tables(connection)
    return state


@pytest.fixture
def small(prepared: Path, settings: Settings, tmp_path: Path) -> Iterator[SmallWarehouse]:
    folder = tmp_path / "models" / "core" / "thing"
    folder.mkdir(parents=True)
    (folder / "query.sql").write_text("-- grain: one row per thing\nselect id from staging.thing\n")
    (folder / "meta.yaml").write_text(META)
    shutil.copytree(prepared, settings.state, dirs_exist_ok=True)
    with open_warehouse(settings) as connection:
        small = SmallWarehouse(settings, connection, load_model(folder))
        small.build(range(1, 4))
        small.define("courses_completed")
        small.figure("courses_completed", 9)
        yield small


def create_indicator_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables that the indicators' code makes, empty."""
    connection.execute("create schema indicators; create schema marts")
    connection.execute(
        "create table core.dim_period (grain varchar, period_start date, period_end date, label varchar)"
    )
    build_table(connection, load_model(MODELS / "core" / "dim_organisation_unit"))
    replace_table(connection, "indicators.definition", "Definitions.", DEFINITION, [])
    compute(connection, (), {}, Audiences(Limits(5), Limits(10)))
    build_evidence(connection)
    score(connection, (), ())
    connection.execute(
        "create table marts.workforce (period_start date, breakdown varchar, region varchar, "
        "member varchar, people bigint, suppression varchar, minimum_people int)"
    )
    names = [row[0] for row in connection.execute("describe marts.workforce").fetchall()]
    comment_on(connection, "marts.workforce", "Staff.", dict.fromkeys(names, "Meaning."))
