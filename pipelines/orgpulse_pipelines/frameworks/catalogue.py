"""Reads from a publication which frameworks there are, and which of their items an indicator serves."""

from typing import Any, Final

import duckdb

from orgpulse_pipelines.frameworks.errors import UnknownFrameworkError
from orgpulse_pipelines.frameworks.tables import FRAMEWORK, FRAMEWORK_ITEM

Document = dict[str, Any]
"""A JSON object."""
_FRAMEWORKS: Final = f"""
    select
      framework_id as id, title, edition, limitations,
      count(distinct item_id) as items, count(distinct indicator_id) as indicators
    from {FRAMEWORK}
    join {FRAMEWORK_ITEM} using (framework_id)
    group by all
    order by framework_id
"""  # noqa: S608 - made of constants
_SERVED: Final = f"""
    select
      framework_id || '/' || item_id as id, framework_id as framework, title as framework_title,
      item_id as item, item_number, item_title, weight is not null as scored
    from {FRAMEWORK}
    join {FRAMEWORK_ITEM} using (framework_id)
    where indicator_id = ?
    order by framework_id, item_position
"""  # noqa: S608 - made of constants


def frameworks(connection: duckdb.DuckDBPyConnection) -> list[Document]:
    """Every framework, with how many items and indicators it has; none in an older publication."""
    return read(connection, _FRAMEWORKS, []) if _holds_frameworks(connection) else []


def framework(connection: duckdb.DuckDBPyConnection, framework_id: str) -> Document:
    """One of them; raises :class:`UnknownFrameworkError`."""
    for one in frameworks(connection):
        if one["id"] == framework_id:
            return one
    raise UnknownFrameworkError(framework_id)


def items_served(connection: duckdb.DuckDBPyConnection, indicator_id: str) -> list[Document]:
    """The items that an indicator serves, by framework; none in an older publication."""
    return read(connection, _SERVED, [indicator_id]) if _holds_frameworks(connection) else []


def read(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any] | Document
) -> list[Document]:
    """The rows of a query as JSON objects."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _holds_frameworks(connection: duckdb.DuckDBPyConnection) -> bool:
    row = connection.execute(
        "select count(*) from duckdb_tables() where schema_name || '.' || table_name = ?", [FRAMEWORK_ITEM]
    ).fetchone()
    return bool(row and row[0])
