"""What a publication holds: an allow-list.

Landing, staging, rows about single people and numbers of people of single events are never in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import duckdb

from orgpulse_pipelines.data_map.record import DATA_MAP
from orgpulse_pipelines.exports.tables import EXPORTED
from orgpulse_pipelines.frameworks.tables import TABLES as FRAMEWORKS
from orgpulse_pipelines.indicators.workforce import WORKFORCE
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.reconciliation.rejected_events import REJECTED_EVENTS
from orgpulse_pipelines.staging.code_lists import CODE_TABLES
from orgpulse_pipelines.staging.contract_fields import CONTRACT_FIELDS
from orgpulse_pipelines.staging.lineage import LINEAGE
from orgpulse_pipelines.staging.repeated_events import REPEATED_EVENTS

SCHEMAS: Final = ("core", "marts", "indicators", "meta")
_OWN_TABLES: Final = (
    LINEAGE,
    REJECTED_EVENTS,
    REPEATED_EVENTS,
    CONTRACT_FIELDS,
    *(table.name for table in CODE_TABLES),
    WORKFORCE,
    *FRAMEWORKS,
    EXPORTED,
    DATA_MAP,
    "meta.reconciliation",
    "meta.rejections",
)
_INDICATORS: Final = tuple(f"indicators.{table}" for table in ("definition", "value", "evidence"))


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table or view of the warehouse that is published as a table."""

    schema: str
    table: str
    comment: str
    columns: dict[str, str]
    """Comment by column that is published, in the table's order."""

    @property
    def name(self) -> str:
        """``schema.table``"""
        return f"{self.schema}.{self.table}"


def published_tables(
    connection: duckdb.DuckDBPyConnection, models: Iterable[Model]
) -> tuple[PublishedTable, ...]:
    """The tables to publish, as far as they exist: models about nobody, indicators, lineage, accounts."""
    about_nobody = {model.name: model.metadata.withheld for model in models if not model.metadata.people}
    allowed = [*about_nobody, *_INDICATORS, *_OWN_TABLES]
    rows = connection.execute(
        """
        with relations as (
            select schema_name, table_name, comment from duckdb_tables()
            where database_name = current_database() and not temporary
            union all
            select schema_name, view_name, comment from duckdb_views()
            where database_name = current_database() and not internal
        )
        select schema_name, table_name, coalesce(comment, '')
        from relations
        where list_contains(?, schema_name || '.' || table_name)
        order by all
        """,
        [allowed],
    ).fetchall()
    columns = _columns(connection)
    return tuple(
        PublishedTable(
            schema,
            table,
            comment,
            {
                column: meaning
                for column, meaning in columns[schema, table].items()
                if column not in about_nobody.get(f"{schema}.{table}", ())
            },
        )
        for schema, table, comment in rows
    )


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], dict[str, str]]:
    """Comment by column, by schema and table; DuckDB reads all of them even for one table."""
    rows = connection.execute(
        "select schema_name, table_name, column_name, coalesce(comment, '') from duckdb_columns() "
        "where database_name = current_database() order by schema_name, table_name, column_index"
    ).fetchall()
    found: dict[tuple[str, str], dict[str, str]] = {}
    for schema, table, column, comment in rows:
        found.setdefault((schema, table), {})[column] = comment
    return found
