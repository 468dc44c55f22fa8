"""The staging tables, one a contract, and how far each has come through landing."""

from collections.abc import Iterable

import duckdb

from orgpulse_pipelines.warehouse.contract_tables import Column, contract_columns, ensure_table
from orgpulse_schemas.contract import About
from orgpulse_schemas.registry import all_contracts

PROGRESS = (
    Column("contract", "VARCHAR", "Name of the contract."),
    Column("last_batch_id", "BIGINT", "The newest load whose events are in staging."),
)


def create_staging_tables(
    connection: duckdb.DuckDBPyConnection, contracts: Iterable[About] | None = None
) -> None:
    """Create the staging tables of contracts (of all contracts if none are named) where they are missing."""
    ensure_table(connection, "staging.progress", PROGRESS, "How far staging has come through landing.")
    for about in all_contracts().values() if contracts is None else contracts:
        ensure_table(connection, f"staging.{about.name}", contract_columns(about), _comment(about))


def _comment(about: About) -> str:
    meaning = (about.model.__doc__ or "").strip()
    return f"{meaning} Grain: one row per event. Owner: {about.owner}. Purpose: {about.purpose}"
