"""Builds the tables of the frameworks from their files and the figures of the indicators."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.frameworks.definition import Framework
from orgpulse_pipelines.frameworks.load import load_frameworks, newest
from orgpulse_pipelines.frameworks.scoring import ITEM_SCORES
from orgpulse_pipelines.frameworks.tables import (
    FRAMEWORK,
    FRAMEWORK_COLUMNS,
    FRAMEWORK_COMMENT,
    FRAMEWORK_ITEM,
    FRAMEWORK_SCORE,
    ITEM_COLUMNS,
    ITEM_COMMENT,
    SCORE_COLUMNS,
    SCORE_COMMENT,
    framework_row,
    item_rows,
)
from orgpulse_pipelines.indicators.definition import Definition, load_definitions
from orgpulse_pipelines.indicators.tables import replace_table
from orgpulse_pipelines.warehouse.catalog import comment_on, transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_platform.settings import Settings


@dataclass(frozen=True, slots=True)
class BuiltFrameworks:
    """What became of the frameworks."""

    frameworks: int
    mappings: int
    """Rows that say which indicator serves which item."""
    scores: int
    statuses: dict[str, int]
    """Yearly scores of the whole organisation by status."""


def build_frameworks(connection: duckdb.DuckDBPyConnection, settings: Settings) -> BuiltFrameworks:
    """Replace the frameworks' tables, all or none, once the indicators are built.

    Raises :class:`FrameworkDefinitionError` for a file that is not well formed, :class:`ModelBuildError` if
    the scores cannot be computed.
    """
    definitions = load_definitions()
    frameworks = load_frameworks(definitions, settings.warehouse.frameworks)
    with sql_errors("frameworks"), transaction(connection):
        return score(connection, frameworks, definitions)


def score(
    connection: duckdb.DuckDBPyConnection, frameworks: Iterable[Framework], definitions: Iterable[Definition]
) -> BuiltFrameworks:
    """Replace the tables by these frameworks and their scores."""
    indicators = newest(definitions)
    listed = tuple(frameworks)
    count = replace_table(
        connection, FRAMEWORK, FRAMEWORK_COMMENT, FRAMEWORK_COLUMNS, map(framework_row, listed)
    )
    rows = (row for one in listed for row in item_rows(one, indicators))
    mappings = replace_table(connection, FRAMEWORK_ITEM, ITEM_COMMENT, ITEM_COLUMNS, rows)
    connection.execute(
        f"create or replace table {FRAMEWORK_SCORE} as {ITEM_SCORES} "
        "order by framework_id, item_id, period_end, grain, dimension, member"
    )
    comment_on(connection, FRAMEWORK_SCORE, SCORE_COMMENT, SCORE_COLUMNS)
    return BuiltFrameworks(count, mappings, _count(connection), _statuses(connection))


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(f"select count(*) from {FRAMEWORK_SCORE}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _statuses(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    rows = connection.execute(
        f"select status, count(*) from {FRAMEWORK_SCORE} "  # noqa: S608
        "where dimension = 'organisation' and grain = 'year' group by all"
    ).fetchall()
    return dict(rows)
