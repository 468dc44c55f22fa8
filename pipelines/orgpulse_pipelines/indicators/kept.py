"""Which measures need not be computed again: nothing that they are computed from changed.

The values of a measure and what stands behind them stay in the warehouse. They hold as long as the tables
that it reads, the periods, the organisation, its definition and the code of this package are the same.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.sources import Side, tables_measured
from orgpulse_pipelines.warehouse.versions import (
    BUILT_FROM,
    create_version_tables,
    inputs_of,
    record_built,
    versions_of,
)

_PREFIX: Final = "measure "
_FIGURES: Final = f"{_PREFIX}all"


@dataclass(frozen=True, slots=True)
class Computed:
    """Something that is computed from tables, and what it has to be computed from again if it changes."""

    name: str
    code: str
    tables: frozenset[str]


def sides_computed(
    definitions: tuple[Definition, ...], about_people: frozenset[Side]
) -> dict[Side, Computed]:
    """The values of each measure and the rows that stand behind them."""
    found: dict[Side, Computed] = {}
    for one in definitions:
        # Another version of the indicator may change for which periods this one holds.
        versions = [other.model_dump_json() for other in definitions if other.id == one.id]
        for name in one.measures:
            side = (one.id, one.version, name)
            code = _digest(*versions, str(side in about_people))
            found[side] = Computed(f"{_PREFIX}{' '.join(map(str, side))}", code, tables_measured((one,)))
    return found


def figures_computed(definitions: tuple[Definition, ...], *settings: str) -> Computed:
    """All figures, judged and suppressed by these settings."""
    code = _digest(*(one.model_dump_json() for one in definitions), *settings)
    return Computed(_FIGURES, code, tables_measured(definitions))


def holds(connection: duckdb.DuckDBPyConnection, computed: Computed) -> bool:
    """Whether it is in the warehouse as it would come out; never if it is not known what a table holds."""
    now = versions_of(connection, computed.tables)
    return all(now.values()) and inputs_of(connection, computed.name, computed.code) == now


def keep(connection: duckdb.DuckDBPyConnection, computed: Iterable[Computed]) -> None:
    """Remember what it was computed from; belongs into the transaction that stores it."""
    for one in computed:
        record_built(connection, one.name, one.code, versions_of(connection, one.tables))


def forget_measures(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the next build compute every measure and figure."""
    create_version_tables(connection)
    connection.execute(f"delete from {BUILT_FROM} where starts_with(table_name, '{_PREFIX}')")  # noqa: S608


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join([_code(), *parts]).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """Digest of the code of this package: a change to it may change every figure."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
