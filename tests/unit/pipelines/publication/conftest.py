"""A small warehouse that can be published: one model, lineage, indicators."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pytest

from orgpulse_pipelines.modelling import Model, load_model
from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.publication.publish import Published, publish
from orgpulse_pipelines.staging.lineage import create_lineage
from orgpulse_pipelines.staging.tables import create_staging_tables
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


OWN = (*(f"indicators.{table}" for table in ("definition", "value", "source", "evidence")), "marts.workforce")
"""Tables that the platform's own code makes; here by hand."""


@dataclass
class SmallWarehouse:
    """A warehouse whose one model reads ``main.source``."""

    settings: Settings
    connection: duckdb.DuckDBPyConnection
    model: Model

    def build(self, ids: range) -> None:
        """Build the model with these numbers."""
        self.connection.execute(
            f"create or replace table main.source as from range({ids.start}, {ids.stop}) t(id)"
        )
        build_table(self.connection, self.model)

    def publish(self) -> Published:
        return publish(self.connection, self.settings, (self.model,))

    def published_ids(self) -> list[int]:
        with duckdb.connect(str(self.settings.folder.published.resolve()), read_only=True) as reader:
            return [row[0] for row in reader.execute("select id from core.thing order by id").fetchall()]


@pytest.fixture
def small(settings: Settings, tmp_path) -> Iterator[SmallWarehouse]:
    folder = tmp_path / "models" / "core" / "thing"
    folder.mkdir(parents=True)
    (folder / "query.sql").write_text("-- grain: one row per thing\nselect id from staging.thing\n")
    (folder / "meta.yaml").write_text(META)
    with open_warehouse(settings) as connection:
        create_staging_tables(connection)
        connection.execute(
            "create table main.source (id bigint); create view staging.thing as from main.source"
        )
        create_lineage(connection)
        connection.execute(
            """
            create schema indicators;
            create table indicators.definition (
                indicator_id varchar, version int, protects varchar[], minimum_people int);
            create table indicators.value (
                indicator_id varchar, version int, period varchar, dimension varchar, member varchar,
                numerator decimal, denominator decimal, value decimal, suppressed boolean,
                publication_id varchar, period_start date);
            create table indicators.source (
                indicator_id varchar, version int, period_start date, side varchar, region varchar,
                people boolean);
            create table indicators.evidence (
                indicator_id varchar, version int, period_start date, side varchar, region varchar,
                event_id uuid);
            create schema marts;
            create table marts.workforce (
                period_start date, breakdown varchar, region varchar, member varchar, people bigint,
                suppression varchar, minimum_people int);
            insert into indicators.value
            values ('one', 1, '2019', 'organisation', 'all', 9, 9, 1, false, null, null);
            """
        )
        for name in OWN:
            connection.execute(f"comment on table {name} is 'Figures.'")
            for column, *_ in connection.execute(f"describe {name}").fetchall():
                connection.execute(f"comment on column {name}.{column} is 'Meaning.'")
        small = SmallWarehouse(settings, connection, load_model(folder))
        small.build(range(1, 4))
        yield small
