"""Which tables a query reads: the SQL itself is the only place that says so."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from orgpulse_pipelines.errors import ModelDefinitionError

READABLE: Final = ("staging", "core", "marts")
"""Schemas that a model may read: what was landed is read through staging only."""
_NAMED: Final = re.compile(rf"\b(?:{'|'.join(READABLE)})\.\w+")
_CHANGING: Final = (
    exp.CurrentDate,
    exp.CurrentDatetime,
    exp.CurrentTime,
    exp.CurrentTimestamp,
    exp.Localtime,
    exp.Localtimestamp,
    exp.Rand,
    exp.Uuid,
)
_CHANGING_NAMES: Final = frozenset(
    {"age", "currval", "current_localtime", "get_current_timestamp", "nextval", "now"}
    | {"transaction_timestamp", "txid_current", "uuidv4", "uuidv7"}
)
"""Functions of DuckDB that the parser knows by name only."""


def tables_read(sql: str, name: str) -> frozenset[str]:
    """The tables that the query of the model ``name`` reads, as ``schema.table``.

    Raises :class:`ModelDefinitionError` if the query cannot be parsed, is not one select, or reads a table
    without naming its schema.
    """
    return frozenset(_tables(parsed(sql, name), name)) - {name}


def tables_named(sql: str) -> frozenset[str]:
    """The tables whose names stand in a query: a quick look that may find more than it reads, never less."""
    return frozenset(_NAMED.findall(sql))


def is_steady(sql: str, name: str) -> bool:
    """Whether a query gives the same rows whenever it runs: it asks neither the clock nor for chance."""
    for function in parsed(sql, name).find_all(exp.Func):
        if isinstance(function, _CHANGING):
            return False
        if isinstance(function, exp.Anonymous) and function.name.lower() in _CHANGING_NAMES:
            return False
    return True


def read_from(sql: str, places: Mapping[str, str]) -> str:
    """The query with other places to read tables from, by ``schema.table``; all else as it is written."""
    tokens = sqlglot.tokenize(sql, read="duckdb")
    made, end = [], 0
    for schema, dot, table in zip(tokens, tokens[1:], tokens[2:], strict=False):
        place = places.get(f"{schema.text}.{table.text}")
        if place and dot.token_type is sqlglot.TokenType.DOT:
            made += [sql[end : schema.start], place]
            end = table.end + 1
    return "".join([*made, sql[end:]])


@lru_cache(maxsize=1024)
def parsed(sql: str, name: str) -> exp.Query:
    """The one select of a query, for reading only; raises as :func:`tables_read` does."""
    try:
        statements = sqlglot.parse(sql, read="duckdb")
    except SqlglotError:
        raise ModelDefinitionError(f"{name}: query.sql cannot be parsed as DuckDB SQL") from None
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise ModelDefinitionError(f"{name}: query.sql must hold one select")
    return statements[0]


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
