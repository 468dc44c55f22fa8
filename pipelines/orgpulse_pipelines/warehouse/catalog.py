"""Small steps on DuckDB's catalog that every layer takes: quoting, comments, transactions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

import duckdb


def identifier(name: str) -> str:
    """A name quoted as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text quoted as an SQL literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def comment_on(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    comment: str,
    columns: Mapping[str, str],
    *,
    kind: Literal["table", "view"] = "table",
) -> None:
    """Comment a table or view (``schema.table``) and its columns."""
    statements = [f"comment on {kind} {table} is {literal(' '.join(comment.split()))}"]
    for name, meaning in columns.items():
        text = literal(" ".join(meaning.split()))
        statements.append(f"comment on column {table}.{identifier(name)} is {text}")
    connection.execute(";\n".join(statements))


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of the statements inside, or none of them."""
    connection.begin()
    try:
        yield
    except BaseException:
        _roll_back(connection)
        raise
    connection.commit()


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.rollback()
    except duckdb.Error:
        return  # DuckDB has rolled back by itself: a failed commit or a fatal error left nothing open
