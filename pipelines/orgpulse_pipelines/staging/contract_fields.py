"""What the contracts say about every field: the data map, as a table beside the events."""

from typing import Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.warehouse.catalog import comment_on, transaction
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.registry import all_contracts

CONTRACT_FIELDS: Final = "core.dim_contract_field"
COLUMNS: Final = {
    "contract": "Name of the contract, as in core.event_lineage.",
    "event_type": "CloudEvents type.",
    "family": "Family of events.",
    "system": "Source system that publishes it.",
    "owner": "Unit of the organisation that answers for the data.",
    "purpose": "Why the event is processed.",
    "legal_basis": "On what ground.",
    "data_subjects": "Whose data it holds; none where it holds nobody's.",
    "retention_days": "How long the protected event is kept. Unit: days.",
    "field": "Name of the field.",
    "meaning": "What it says.",
    "unit": "Unit of a number; empty without one.",
    "personal_data": "How it relates to a person: none, identifier, attribute or free_text.",
    "treatment": "What protection does with it: keep, drop, pseudonymise or generalise.",
    "treatment_detail": "Domain of the pseudonym or rule of the generalisation; empty for others.",
}
COMMENT: Final = (
    "Fields of the contracts, what they say about people and what protection does with them. "
    "Grain: one row per contract and field. Owner: Information management."
)


def create_contract_fields(connection: duckdb.DuckDBPyConnection) -> None:
    """Replace the table by what the contracts of this version state."""
    rows = [_row(about, field) for about in all_contracts().values() for field in about.fields]
    stated = pa.table(dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))
    with sql_errors(CONTRACT_FIELDS), transaction(connection):
        connection.execute("create schema if not exists core")
        connection.register("stated", stated)
        connection.execute(
            f"create or replace table {CONTRACT_FIELDS} as "  # noqa: S608
            "select * replace (retention_days::integer as retention_days) from stated"
        )
        connection.unregister("stated")
        comment_on(connection, CONTRACT_FIELDS, COMMENT, COLUMNS)


def _row(about: About, field: ContractField) -> tuple[str | int | None, ...]:
    return (
        about.name,
        about.event_type,
        about.family,
        about.system.id,
        about.owner,
        about.purpose,
        about.legal_basis,
        about.data_subjects,
        about.retention_days,
        field.name,
        field.meaning,
        field.unit,
        field.personal_data.value,
        field.treatment.kind.value,
        field.treatment.detail or None,
    )
