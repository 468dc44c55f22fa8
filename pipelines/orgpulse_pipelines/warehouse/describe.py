"""The columns of a table as Dagster shows them."""

from collections.abc import Mapping

import dagster as dg
import duckdb

from orgpulse_pipelines.warehouse.contract_tables import Column


def column_schema(connection: duckdb.DuckDBPyConnection, name: str) -> dg.TableSchema:
    """The columns of a table (``schema.table``) with their types and comments."""
    schema, _, table = name.partition(".")
    rows = connection.execute(
        "select column_name, data_type, coalesce(comment, '') from duckdb_columns() "
        "where database_name = current_database() and schema_name = ? and table_name = ? "
        "order by column_index",
        [schema, table],
    ).fetchall()
    return table_schema(tuple(Column(*row) for row in rows))


def documented_schema(
    connection: duckdb.DuckDBPyConnection, name: str, meanings: Mapping[str, str]
) -> dg.TableSchema:
    """The columns of a table whose meanings are known: DuckDB's catalog of all comments is slow to read."""
    rows = connection.execute(f"describe {name}").fetchall()
    return table_schema(tuple(Column(column, type_, meanings[column]) for column, type_, *_ in rows))


def table_schema(columns: tuple[Column, ...]) -> dg.TableSchema:
    """Columns that are known before the table exists."""
    return dg.TableSchema(
        [dg.TableColumn(column.name, type=column.type, description=column.comment) for column in columns]
    )
