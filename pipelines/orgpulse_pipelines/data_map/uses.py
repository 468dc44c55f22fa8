"""Which figures are computed from which columns: those that their SQL names, also in a condition."""

from functools import cache

from sqlglot import exp

from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.measuring import relation
from orgpulse_pipelines.indicators.sources import tables_of
from orgpulse_pipelines.indicators.workforce import STAFF, WORKFORCE
from orgpulse_pipelines.modelling.dependencies import parsed, tables_read

Columns = frozenset[tuple[str, str]]
"""Tables and columns."""
_Read = tuple[frozenset[str], frozenset[str]]
"""The tables that a query reads, and the columns that it names."""


@cache
def _measured() -> dict[str, tuple[_Read, ...]]:
    """What the measures of each indicator read, in any version."""
    found: dict[str, tuple[_Read, ...]] = {}
    for definition in load_definitions():
        reads = tuple(
            (
                tables_of(measure.sql, definition.id),
                _columns(f"{relation(measure.sql)} select * from measure", definition.id),  # noqa: S608
            )
            for measure in definition.measures.values()
        )
        found[definition.id] = found.get(definition.id, ()) + reads
    return found


def _columns(sql: str, name: str) -> frozenset[str]:
    return frozenset(column.name for column in parsed(sql, name).find_all(exp.Column))


def indicators_of(columns: Columns) -> list[str]:
    """The indicators that are computed from any of the columns."""
    return sorted(
        indicator for indicator, reads in _measured().items() if any(_names(one, columns) for one in reads)
    )


@cache
def _staff() -> _Read:
    return tables_read(STAFF, WORKFORCE), _columns(STAFF, WORKFORCE)


def counts_staff(columns: Columns) -> bool:
    """Whether the published table of staff is made of any of the columns."""
    return _names(_staff(), columns)


def _names(read: _Read, columns: Columns) -> bool:
    tables, names = read
    return any(table in tables and column in names for table, column in columns)
