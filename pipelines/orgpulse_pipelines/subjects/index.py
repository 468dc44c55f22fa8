"""Which column of which table holds an identifier: from the contracts, and followed through the models."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.landing.pseudonyms import pseudonym_columns
from orgpulse_pipelines.modelling.column_lineage import column_lineage
from orgpulse_pipelines.modelling.model import Model, load_models
from orgpulse_pipelines.warehouse.changes import changes_of


@dataclass(frozen=True, slots=True, order=True)
class IdentifierColumn:
    """A column that holds pseudonyms of people."""

    table: str
    """``schema.table``"""
    column: str


def event_columns() -> tuple[IdentifierColumn, ...]:
    """The columns of landing and staging, from the contracts alone."""
    return tuple(IdentifierColumn(one.table, one.name) for one in pseudonym_columns())


def identifier_columns(
    connection: duckdb.DuckDBPyConnection, models: Iterable[Model] | None = None
) -> tuple[IdentifierColumn, ...]:
    """The columns of all tables that exist; a model's column is one if it is made of one.

    What changed in a table with its newest version is kept in a table with the same columns.
    """
    existing = set(_tables(connection))
    found = {one for one in event_columns() if one.table in existing}
    for model in load_models() if models is None else models:
        if model.name not in existing or not model.depends_on <= existing | _views(connection):
            continue
        for column, origins in column_lineage(connection, model).deps_by_column.items():
            read = (IdentifierColumn(".".join(one.asset_key.path), one.column_name) for one in origins)
            if any(one in found for one in read):
                found.add(IdentifierColumn(model.name, column))
    found |= {IdentifierColumn(changes_of(one.table), one.column) for one in found}
    types = _types(connection)
    return tuple(sorted(one for one in found if types.get((one.table, one.column)) in _TEXTS))


_TEXTS = frozenset({"VARCHAR"})
"""A count of people is made of a pseudonym as well, and holds none."""


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where database_name = current_database() and not temporary"
    ).fetchall()
    return [name for (name,) in rows]


def _views(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute(
        "select schema_name || '.' || view_name from duckdb_views() "
        "where database_name = current_database() and not internal"
    ).fetchall()
    return {name for (name,) in rows}


def _types(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    rows = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "where database_name = current_database()"
    ).fetchall()
    return {(table, column): type_ for table, column, type_ in rows}
