"""The staging tables, one an event whatever its version, and how far each contract has come."""

from collections.abc import Iterable

import duckdb

from orgpulse_pipelines.staging.versions import staged_contracts, staging_columns, staging_table, versions
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_contract_table, ensure_table
from orgpulse_pipelines.warehouse.versions import create_version_tables
from orgpulse_schemas.contract import About

PROGRESS = (
    Column("contract", "VARCHAR", "Name of the contract."),
    Column("last_batch_id", "BIGINT", "The newest load whose events are in staging."),
    Column("staged_in", "VARCHAR", "The table that holds them; a newer version of the contract has another."),
)


def create_staging_tables(
    connection: duckdb.DuckDBPyConnection, contracts: Iterable[About] | None = None
) -> None:
    """Create the staging tables of newest versions (of all if none are named) where they are missing.

    The table of a version that has become an older one is removed: its events are upgraded from landing.
    """
    create_version_tables(connection)
    ensure_table(connection, "staging.progress", PROGRESS, "How far staging has come through landing.")
    for about in staged_contracts() if contracts is None else contracts:
        columns = staging_columns(about)
        ensure_contract_table(connection, staging_table(about), columns, _comment(about), about)
        for older in versions(about)[:-1]:
            connection.execute(f"drop table if exists staging.{older.name}")


def _comment(about: About) -> str:
    meaning = (about.model.__doc__ or "").strip()
    return f"{meaning} Grain: one row per event. Owner: {about.owner}. Purpose: {about.purpose}"
