"""What an indicator is computed from: tables, whose queries may have changed, and contracts behind them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import duckdb

from orgpulse_pipelines.indicators.sources import tables_of
from orgpulse_pipelines.publication.comparison import NEWER, OLDER
from orgpulse_pipelines.publication.computation import MODELS
from orgpulse_pipelines.staging.lineage import LINEAGE
from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_schemas.registry import all_contracts

CALENDAR: Final = "core.dim_period"
"""Reads most contracts, to know which periods there are: nothing that would explain a figure."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """What stands behind indicators of the newer publication."""

    tables: Mapping[str, frozenset[str]]
    """Every table that an indicator is computed from, directly or not."""
    changed: frozenset[str]
    """Modelled tables whose query is not the same in both publications."""

    def contracts(self, indicator_id: str) -> frozenset[str]:
        """The contracts whose events stand in these tables, in every version."""
        tables = self.tables.get(indicator_id, frozenset())
        if LINEAGE in tables:
            return frozenset(_staged())
        return frozenset(name for name, table in _staged().items() if table in tables)


def read_upstream(
    connection: duckdb.DuckDBPyConnection,
    definitions: Mapping[tuple[str, int], Mapping[str, Any]],
    indicators: Collection[str],
) -> Upstream:
    """What the publications say of the queries behind indicators; earlier versions of the platform less."""
    old, new = _models(connection, OLDER), _models(connection, NEWER)
    depends_on = {name: frozenset(tables) for name, (_, tables) in new.items()}
    tables = dict.fromkeys(indicators, frozenset[str]())
    for (indicator_id, _), stated in definitions.items():
        if indicator_id in tables:
            tables[indicator_id] |= _upstream(_read(indicator_id, stated), depends_on)
    changed = (name for name in old.keys() & new.keys() if old[name][0] != new[name][0])
    return Upstream(tables, frozenset(changed))


def _read(indicator_id: str, stated: Mapping[str, Any]) -> frozenset[str]:
    sides = (stated["numerator_sql"], stated["denominator_sql"])
    return frozenset(table for sql in sides if sql for table in tables_of(sql, indicator_id))


def _upstream(tables: Iterable[str], depends_on: Mapping[str, frozenset[str]]) -> frozenset[str]:
    waiting = set(tables)
    found = set[str]()
    while waiting:
        table = waiting.pop()
        if table not in found and table != CALENDAR:
            found.add(table)
            waiting |= depends_on.get(table, frozenset())
    return frozenset(found)


def _models(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, tuple[str, list[str]]]:
    known = connection.execute(
        "select 1 from duckdb_tables() where database_name = ? and schema_name || '.' || table_name = ?",
        [catalog, MODELS],
    ).fetchone()
    if not known:
        return {}
    rows = connection.execute(f"select name, query, depends_on from {catalog}.{MODELS}").fetchall()  # noqa: S608
    return {name: (query, depends_on) for name, query, depends_on in rows}


@cache
def _staged() -> dict[str, str]:
    """The staging table of every contract."""
    return {about.name: staging_table(about) for about in all_contracts().values()}
