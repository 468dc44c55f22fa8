"""Which tables a query reads: the SQL itself is the only place that says so."""

from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from orgpulse_pipelines.errors import ModelDefinitionError

READABLE: Final = ("staging", "core", "marts")
"""Schemas that a model may read: what was landed is read through staging only."""


def tables_read(sql: str, name: str) -> frozenset[str]:
    """The tables that the query of the model ``name`` reads, as ``schema.table``.

    Raises :class:`ModelDefinitionError` if the query cannot be parsed, is not one select, or reads a table
    without naming its schema.
    """
    try:
        statements = sqlglot.parse(sql, read="duckdb")
    except SqlglotError:
        raise ModelDefinitionError(f"{name}: query.sql cannot be parsed as DuckDB SQL") from None
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise ModelDefinitionError(f"{name}: query.sql must hold one select")
    return frozenset(_tables(statements[0], name)) - {name}


def _tables(query: exp.Query, name: str) -> set[str]:
    ctes = {cte.alias_or_name for cte in query.find_all(exp.CTE)}
    found = set[str]()
    for table in query.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            continue  # a table function, such as range()
        if not table.db:
            if table.name not in ctes:
                raise ModelDefinitionError(f"{name}: {table.name} is read without its schema")
            continue
        if table.db not in READABLE:
            raise ModelDefinitionError(
                f"{name}: reads {table.db}.{table.name}; allowed: {', '.join(READABLE)}"
            )
        found.add(f"{table.db}.{table.name}")
    return found
