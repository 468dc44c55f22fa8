"""The tables of a publication with types and meanings: those of one that is made without any events."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb

from orgpulse_pipelines.data_map.read import data_map_rows
from orgpulse_pipelines.frameworks.build import build_frameworks
from orgpulse_pipelines.indicators.audiences import Audiences
from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_pipelines.indicators.workforce import build_workforce
from orgpulse_pipelines.landing.tables import create_landing_tables
from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.publication.publish import publish
from orgpulse_pipelines.publication.read import open_published
from orgpulse_pipelines.reconciliation.rejected_events import create_rejected_events
from orgpulse_pipelines.reconciliation.store import reconcile
from orgpulse_pipelines.staging.code_lists import create_code_tables
from orgpulse_pipelines.staging.contract_fields import create_contract_fields
from orgpulse_pipelines.staging.lineage import create_lineage
from orgpulse_pipelines.staging.repeated_events import create_repeated_events
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_platform.settings import KafkaSettings, Settings, WarehouseSettings
from orgpulse_schemas.registry import all_families

_COLUMNS: Final = """
    select "schema" || '.' || "table", table_comment, "column", type, comment
    from meta.columns
"""


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """A published table."""

    name: str
    """``schema.table``"""
    comment: str
    columns: tuple[tuple[str, str, str], ...]
    """Name, DuckDB type and meaning of each."""


def published_dictionary() -> tuple[DescribedTable, ...]:
    """Every published table, by schema and name; takes some seconds once a process."""
    tables, _ = _read()
    return tables


def data_map() -> tuple[dict[str, Any], ...]:
    """The rows of the data map, by contract; takes some seconds once a process."""
    _, rows = _read()
    return rows


@cache
def _read() -> tuple[tuple[DescribedTable, ...], tuple[dict[str, Any], ...]]:
    with _empty_publication() as connection:
        rows = connection.execute(_COLUMNS).fetchall()
        mapped = tuple(data_map_rows(connection))
    tables = (
        DescribedTable(name, comment, tuple((column, type_, said) for *_, column, type_, said in group))
        for (name, comment), group in groupby(rows, lambda row: (row[0], row[1]))
    )
    return tuple(sorted(tables, key=lambda table: table.name)), mapped


@contextmanager
def _empty_publication() -> Iterator[duckdb.DuckDBPyConnection]:
    """The publication of a warehouse to which nothing was ever sent, by the shipped settings."""
    with TemporaryDirectory() as folder:
        settings = Settings(state=Path(folder), kafka=KafkaSettings(), warehouse=WarehouseSettings())
        with duckdb.connect() as warehouse:
            build_tables(warehouse, settings)
            publish(warehouse, settings, load_models())
        with open_published(settings) as connection:
            yield connection


def build_tables(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """What a build does after landing and staging, in its order."""
    for family in all_families():
        create_landing_tables(connection, family)
    create_staging_tables(connection)
    create_lineage(connection)
    create_rejected_events(connection)
    create_repeated_events(connection)
    create_contract_fields(connection)
    create_code_tables(connection)
    for model in load_models():
        build_table(connection, model)
    build_indicators(connection, settings)
    build_workforce(connection, Audiences.of(settings.warehouse))
    build_frameworks(connection, settings)
    reconcile(connection, settings)
