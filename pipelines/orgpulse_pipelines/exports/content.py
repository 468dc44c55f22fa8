"""What an export holds, as relations on a publication: figures, the workforce, and tables about nobody."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.exports.definition import ExportDefinition, Figures, TableContent
from orgpulse_pipelines.exports.errors import ExportRefusedError
from orgpulse_pipelines.exports.shown_figures import UNKNOWN
from orgpulse_pipelines.exports.stricter import WITHHELD, withhold
from orgpulse_pipelines.exports.sum_by_sum import suppressed_parts
from orgpulse_pipelines.indicators.workforce import OF_THE_SAME_STAFF, WORKFORCE
from orgpulse_pipelines.warehouse.catalog import identifier

Content = tuple[str, duckdb.DuckDBPyRelation]
"""What a file holds, and its rows."""
FIGURES: Final = "figures"
_SHOWN: Final = "temp.workforce_shown"
_DEFINED: Final = ("title", "pillar", "definition")
_WITHHELD: Final = {
    "numerator": "null",
    "denominator": "null",
    "value": "null",
    "status": "'suppressed'",
    "suppression": "withheld.reason",
}
"""What stands in a column of a figure that the publication shows and the export withholds."""
_STAFF: Final = f"select period_start, breakdown, region, member, people from {WORKFORCE}"  # noqa: S608
_ALL: Final = "all"
_WORKFORCE_SCOPE: Final = frozenset(product(["year"], ["organisation", "region", "gender", "grade_group"]))
"""The figures whose people ``marts.workforce`` counts, too."""


def contents(
    connection: duckdb.DuckDBPyConnection, export: ExportDefinition, exports: Iterable[ExportDefinition]
) -> Iterator[Content]:
    """Every part of an export, so that it gives nothing back together with the other ``exports``.

    Raises :class:`ExportRefusedError` if the publication does not hold it.
    """
    try:
        withhold(connection, _leaving([export, *exports]), export.threshold)
        if export.figures is not None:
            yield FIGURES, _figures(connection, export.figures)
        for content in export.tables:
            yield content.table, _table(connection, content, export.threshold)
    except (duckdb.BinderException, duckdb.CatalogException):
        raise ExportRefusedError(
            f"{export.id} names a table or column that the publication does not hold"
        ) from None


def _leaving(exports: Iterable[ExportDefinition]) -> dict[str, frozenset[tuple[str, str]]]:
    """What leaves of each indicator by any of the exports: kinds of period and dimensions."""
    found: dict[str, frozenset[tuple[str, str]]] = defaultdict(frozenset)
    for export in exports:
        if export.figures is not None:
            scope = frozenset(product(export.figures.periods, export.figures.dimensions))
            for indicator in export.figures.indicators:
                found[indicator] |= scope
        if any(content.table == WORKFORCE for content in export.tables):
            for indicator in OF_THE_SAME_STAFF:
                found[indicator] |= _WORKFORCE_SCOPE
    return found


def _figures(connection: duckdb.DuckDBPyConnection, figures: Figures) -> duckdb.DuckDBPyRelation:
    columns = ", ".join(map(_column, figures.columns))
    rows = connection.execute(
        f"""
        select {columns}
        from indicators.value as value
        join indicators.definition as definition using (indicator_id, version)
        left join {WITHHELD} as withheld using (indicator_id, version, period, dimension, member)
        where list_contains($indicators, value.indicator_id) and list_contains($periods, value.grain)
          and list_contains($dimensions, value.dimension) and year(value.period_end) >= $since
        order by value.indicator_id, value.period_end, value.grain, value.dimension, value.member
        """,  # noqa: S608 - columns are checked by the definition
        {
            "indicators": list(figures.indicators),
            "periods": list(figures.periods),
            "dimensions": list(figures.dimensions),
            "since": figures.since or 0,
        },
    ).to_arrow_table()
    return connection.from_arrow(rows)


def _column(name: str) -> str:
    published = f"definition.{name}" if name in _DEFINED else f"value.{name}"
    if name not in _WITHHELD:
        return f"{published} as {name}"
    return f"if(withheld.reason is null, {published}, {_WITHHELD[name]}) as {name}"


def _table(
    connection: duckdb.DuckDBPyConnection, content: TableContent, threshold: int
) -> duckdb.DuckDBPyRelation:
    columns = ", ".join(map(identifier, content.columns))
    if content.table != WORKFORCE:
        return connection.sql(f"select {columns} from {content.table} order by all")  # noqa: S608
    _suppress_workforce(connection, threshold)
    return connection.sql(f"select {columns} from {_SHOWN} order by all")  # noqa: S608


def _suppress_workforce(connection: duckdb.DuckDBPyConnection, threshold: int) -> None:
    """``marts.workforce`` with what counts fewer people hidden, region by region, as where it is built."""
    hidden = _hidden_elsewhere(connection)
    counts: dict[tuple[date, str], dict[str, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for period_start, breakdown, region, member, people in connection.execute(_STAFF).fetchall():
        counts[period_start, breakdown][region][member] = people
    withheld = list[tuple[date, str, str, str | None, str]]()
    for (period_start, breakdown), table in counts.items():
        totals = {member: _people([people]) for member, people in table.pop(_ALL, {}).items()}
        elsewhere = hidden[period_start]
        members = suppressed_parts(
            totals, threshold, total_is_shown=True, hidden_elsewhere=elsewhere[breakdown]
        )
        regions = {region: _people([*people.values()]) for region, people in table.items()}
        whole = suppressed_parts(
            regions, threshold, total_is_shown=True, hidden_elsewhere=elsewhere["region"]
        )
        withheld += [(period_start, breakdown, _ALL, member, reason) for member, reason in members.items()]
        withheld += [(period_start, breakdown, region, None, reason) for region, reason in whole.items()]
    names = ("period_start", "breakdown", "region", "member", "reason")
    schema = pa.schema([(name, pa.date32() if name == "period_start" else pa.string()) for name in names])
    rows = pa.table({name: [row[i] for row in withheld] for i, name in enumerate(names)}, schema=schema)
    connection.register("withheld_staff", rows)
    connection.execute(
        f"""
        create or replace temp table {_SHOWN[5:]} as
        select workforce.* replace (
          if(withheld.reason is null, people, null) as people,
          if(suppression = 'none', coalesce(withheld.reason, 'none'), suppression) as suppression,
          greatest(minimum_people, $threshold) as minimum_people
        )
        from {WORKFORCE} as workforce
        left join withheld_staff as withheld
          on withheld.period_start = workforce.period_start and withheld.breakdown = workforce.breakdown
          and withheld.region = workforce.region
          and coalesce(withheld.member, workforce.member) = workforce.member
        """,  # noqa: S608 - a constant
        {"threshold": threshold},
    )
    connection.unregister("withheld_staff")


def _people(counted: list[int | None]) -> tuple[Decimal, ...]:
    """How many people each member counts, and all of them together; hardly anybody where it is hidden."""
    if None in counted:
        return (UNKNOWN,) * (len(counted) + 1)
    known = [Decimal(people or 0) for people in counted]
    return (*known, sum(known, Decimal(0)))


def _hidden_elsewhere(connection: duckdb.DuckDBPyConnection) -> dict[date, dict[str, set[str]]]:
    """Members that the figures of the same staff hide in this export or the publication, by year."""
    rows = connection.execute(
        f"""
        select value.period_start, value.dimension, value.member
        from indicators.value as value
        left join {WITHHELD} as withheld using (indicator_id, version, period, dimension, member)
        where value.grain = 'year' and list_contains(?, value.indicator_id)
          and (value.suppressed or withheld.reason is not null)
        """,  # noqa: S608 - a constant
        [list(OF_THE_SAME_STAFF)],
    ).fetchall()
    hidden: dict[date, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for period_start, dimension, member in rows:
        hidden[period_start][dimension].add(member)
    return hidden
