"""Builds a model only if it would come out differently: its code or the content of its inputs changed."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.modelling.build import rows_of, write_table
from orgpulse_pipelines.modelling.checks import CheckOutcome, run_checks
from orgpulse_pipelines.modelling.incremental import replace_touched
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.warehouse.catalog import transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.versions import (
    built_from,
    create_version_tables,
    forget_built,
    is_current,
    record_built,
    settle,
    versions_of,
)


@dataclass(frozen=True, slots=True)
class UpToDate:
    """A model whose table is what its code makes of its inputs."""

    rows: int
    version: int
    """Version of its content: the same as before if it came out the same."""
    built: bool
    """Whether it had to be built."""
    in_parts: bool
    """Whether only those parts were built that its inputs' changes touch."""
    checks: tuple[CheckOutcome, ...]
    """The outcome of its checks, if it was built."""


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, model: Model) -> UpToDate:
    """Build the model and run its checks, unless it is as it would come out.

    A model whose blocking check fails does not count as built: the next build makes and checks it again.

    Raises :class:`ModelDefinitionError` or :class:`ModelBuildError`; the table before then stays.
    """
    with sql_errors(model.name):
        create_version_tables(connection)
        if not is_up_to_date(connection, model):
            return _build(connection, model)
        version = versions_of(connection, [model.name])[model.name]
        return UpToDate(rows_of(connection, model), version, built=False, in_parts=False, checks=())


def is_up_to_date(connection: duckdb.DuckDBPyConnection, model: Model) -> bool:
    """Whether the table is as it would come out, and no blocking check found anything in it."""
    return model.is_steady and is_current(connection, model.name, model.version, model.inputs)


def _build(connection: duckdb.DuckDBPyConnection, model: Model) -> UpToDate:
    with transaction(connection):
        inputs = versions_of(connection, model.inputs)
        before = built_from(connection, model.name, model.version)
        forget_built(connection, [model.name])
        replaced = replace_touched(connection, model, before, inputs) if before else None
        if replaced is None:
            write_table(connection, model)
        version = settle(connection, model.name) if replaced is None else replaced
    checks = run_checks(connection, model)
    if not any(outcome.blocks for outcome in checks):
        record_built(connection, model.name, model.version, inputs)
    return UpToDate(rows_of(connection, model), version, True, replaced is not None, checks)
