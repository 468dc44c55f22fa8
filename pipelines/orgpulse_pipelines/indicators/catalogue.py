"""Reads the definitions that a publication holds."""

from typing import Any, Final

import duckdb

from orgpulse_pipelines.indicators.errors import UnknownIndicatorError
from orgpulse_pipelines.indicators.figures import number

_QUERY: Final = """
    select
      indicator_id as id, version, effective_from::varchar as effective_from, pillar, system, title,
      definition, formula, unit, decimals, direction, periods, places, dimensions, owner, standard, events,
      protects, minimum_people, limitations, target, tolerance, target_source
    from indicators.definition
"""
_NEWEST: Final = (
    "qualify row_number() over (partition by indicator_id order by effective_from desc, version desc) = 1"
)


def definitions(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The newest version of every indicator, by pillar and system, as JSON objects."""
    return _read(
        connection,
        f"{_QUERY} {_NEWEST} order by "
        "list_position(['principled', 'purposeful', 'prepared'], pillar), system, indicator_id",
        [],
    )


def definition(connection: duckdb.DuckDBPyConnection, indicator_id: str) -> dict[str, Any]:
    """The newest version of an indicator as a JSON object; raises :class:`UnknownIndicatorError`."""
    found = _read(connection, f"{_QUERY} where indicator_id = ? {_NEWEST}", [indicator_id])
    if not found:
        raise UnknownIndicatorError(indicator_id)
    return found[0]


def _read(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any]) -> list[dict[str, Any]]:
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row | {"target": number(row["target"]), "tolerance": number(row["tolerance"])} for row in rows]
