"""The audit before a publication: whatever a blocking check guards is as it was when it was checked."""

from collections.abc import Iterable

import duckdb

from orgpulse_pipelines.errors import CheckFailedError, PublicationError
from orgpulse_pipelines.frameworks.checks import CHECKS as FRAMEWORKS
from orgpulse_pipelines.indicators.checks import CHECKS as INDICATORS
from orgpulse_pipelines.modelling.checks import CheckOutcome, run_checks, run_rule
from orgpulse_pipelines.modelling.currency import is_up_to_date
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.warehouse.versions import create_version_tables


def audit(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> None:
    """Check every model, the indicators and their scores, whichever run built them.

    A model that is up to date was checked when it was built, and nothing that its checks read has changed.

    Raises :class:`PublicationError` if one was never built, :class:`CheckFailedError` if a blocking check
    fails.
    """
    failed: list[str] = []
    create_version_tables(connection)
    built = _tables(connection)
    for model in models:
        if model.name not in built:
            raise PublicationError(f"{model.name} was never built")
        if not is_up_to_date(connection, model):
            failed += _failures(model.name, run_checks(connection, model))
    for table, checks in (*INDICATORS.items(), *FRAMEWORKS.items()):
        failed += _failures(table, [run_rule(connection, table, check) for check in checks])
    if failed:
        raise CheckFailedError("; ".join(failed))


def _failures(table: str, outcomes: Iterable[CheckOutcome]) -> list[str]:
    return [f"{table}, {one.check.name}: {one.violations} rows" for one in outcomes if one.blocks]


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where database_name = current_database()"
    ).fetchall()
    return {row[0] for row in rows}
