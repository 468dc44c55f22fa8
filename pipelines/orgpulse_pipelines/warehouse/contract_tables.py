"""The table of a contract, derived from its protected fields: the same columns in landing and staging."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import duckdb

from orgpulse_pipelines.errors import WarehouseVersionError
from orgpulse_pipelines.warehouse.catalog import comment_on, identifier
from orgpulse_schemas.contract import About
from orgpulse_schemas.protected import LogicalType, ProtectedField, dropped, protected_fields


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, DuckDB type and meaning."""

    name: str
    type: str
    comment: str


ENVELOPE: Final = (
    Column("event_id", "UUID", "Identity of the event, the same for the same source and id."),
    Column("occurred_at", "TIMESTAMP", "When it happened, in UTC."),
    Column("recorded_at", "TIMESTAMP", "When it was protected, in UTC."),
    Column("arrived_at", "TIMESTAMP", "When Kafka received the protected event, in UTC."),
    Column("origin", "VARCHAR", "Where the original stood: topic/partition/offset@arrival in ms since 1970."),
    Column("topic", "VARCHAR", "Kafka topic of the protected event."),
    Column("partition", "INTEGER", "Kafka partition of the protected event."),
    Column("offset", "BIGINT", "Kafka offset of the protected event in its partition."),
    Column("batch_id", "BIGINT", "The load that landed it; grows with every load."),
)
"""Columns that stand before the fields of every contract."""

_SQL_TYPES: Final = {
    LogicalType.TEXT: "VARCHAR",
    LogicalType.INTEGER: "BIGINT",
    LogicalType.BOOLEAN: "BOOLEAN",
    LogicalType.DATE: "DATE",
    LogicalType.TIMESTAMP: "TIMESTAMP",
}


def sql_type(field: ProtectedField) -> str:
    """The DuckDB type of a protected field."""
    if field.type is LogicalType.DECIMAL:
        return f"DECIMAL({field.precision},{field.scale})"
    return _SQL_TYPES[field.type]


@cache
def contract_columns(about: About) -> tuple[Column, ...]:
    """Every column of a contract's tables, the envelope first."""
    return ENVELOPE + tuple(_column(field) for field in protected_fields(about))


def _column(field: ProtectedField) -> Column:
    unit = f" Unit: {field.unit}." if field.unit else ""
    return Column(field.name, sql_type(field), field.meaning + unit)


def ensure_table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: tuple[Column, ...], comment: str
) -> None:
    """Create a table (``schema.table``) that does not exist, and add columns that a newer contract has.

    Raises :class:`WarehouseVersionError` if a column has another type than the table that exists.
    """
    schema, _, _ = name.partition(".")
    connection.execute(f"create schema if not exists {schema}")
    existing = _existing(connection, name)
    if existing == {column.name: column.type for column in columns}:
        return
    if not existing:
        listed = ", ".join(f"{identifier(column.name)} {column.type}" for column in columns)
        connection.execute(f"create table {name} ({listed})")
    for column in columns if existing else ():
        if column.name not in existing:
            connection.execute(f"alter table {name} add column {identifier(column.name)} {column.type}")
        elif existing[column.name] != column.type:
            raise WarehouseVersionError(f"{name}.{column.name} is {existing[column.name]}, not {column.type}")
    comment_on(connection, name, comment, {column.name: column.comment for column in columns})


def ensure_contract_table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: tuple[Column, ...], comment: str, about: About
) -> None:
    """As :func:`ensure_table`; columns of fields that no longer pass are removed with their values."""
    for field in dropped(about) & _existing(connection, name).keys():
        connection.execute(f"alter table {name} drop column {identifier(field)}")
    ensure_table(connection, name, columns, comment)


def _existing(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    """Type by column, empty if there is no such table; DuckDB's catalog views would read every table."""
    try:
        rows = connection.execute(f"describe {name}").fetchall()
    except duckdb.CatalogException:
        return {}
    return {column: type_ for column, type_, *_ in rows}
