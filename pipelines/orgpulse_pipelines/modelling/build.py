"""Builds a model's table: replaces it, comments it from its metadata, and checks it."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.errors import CheckFailedError, ModelDefinitionError
from orgpulse_pipelines.modelling.checks import CheckOutcome, run_checks
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.warehouse.catalog import comment_on, transaction
from orgpulse_pipelines.warehouse.failures import sql_errors


@dataclass(frozen=True, slots=True)
class BuiltModel:
    """What became of a model."""

    model: Model
    rows: int
    checks: tuple[CheckOutcome, ...]


def build_model(connection: duckdb.DuckDBPyConnection, model: Model) -> BuiltModel:
    """Replace the model's table and run its checks.

    Raises :class:`ModelDefinitionError` if its columns and its documentation differ,
    :class:`ModelBuildError` if its query fails, :class:`CheckFailedError` if a blocking check fails.
    """
    rows = build_table(connection, model)
    checks = run_checks(connection, model)
    failed = [outcome for outcome in checks if outcome.blocks]
    if failed:
        raise CheckFailedError(
            "; ".join(f"{model.name}, {one.check.name}: {one.violations} rows" for one in failed)
        )
    return BuiltModel(model, rows, checks)


def build_table(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    """Replace the model's table in one transaction and comment it; the number of its rows."""
    with sql_errors(model.name), transaction(connection):
        write_table(connection, model)
        return rows_of(connection, model)


def write_table(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Replace the model's table and comment it; belongs into a transaction."""
    columns = [row[0] for row in connection.execute(f"describe {model.sql}").fetchall()]
    _require_documented(model, columns)
    connection.execute(f"create schema if not exists {model.schema}")
    connection.execute(f"create or replace table {model.name} as {model.sql}")
    comment_on(connection, model.name, _table_comment(model), model.metadata.columns)


def rows_of(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    """The number of rows of the model's table."""
    row = connection.execute(f"select count(*) from {model.name}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _table_comment(model: Model) -> str:
    description = model.metadata.description.strip()
    return f"{description} Grain: {model.grain}. Owner: {model.metadata.owner}."


def _require_documented(model: Model, columns: list[str]) -> None:
    undocumented = [name for name in columns if name not in model.metadata.columns]
    missing = [name for name in model.metadata.columns if name not in columns]
    if undocumented:
        raise ModelDefinitionError(f"{model.name}: meta.yaml does not document {', '.join(undocumented)}")
    if missing:
        raise ModelDefinitionError(
            f"{model.name}: meta.yaml documents {', '.join(missing)}, not in the query"
        )
