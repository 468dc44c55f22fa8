"""Evaluates definitions on core and marts: sums of numerators and denominators by period and region."""

from collections.abc import Iterator
from decimal import Decimal

import duckdb

from orgpulse_pipelines.indicators.cell import Cell, Period
from orgpulse_pipelines.indicators.definition import Definition, Measure, effective_on
from orgpulse_pipelines.warehouse.failures import sql_errors

UNKNOWN_REGION = "unknown"
"""Member for rows of an office that is not registered."""
TOTAL = ("organisation", "all")

Sums = dict[tuple[Period, str, str], Decimal | None]
"""Sums by period, dimension and member; without a value where all rows were empty."""


def relation(sql: str) -> str:
    """The head of a query over a measure's rows: the relations ``periods`` and ``measure``."""
    return f"""
    with periods as (select period_start, period_end, label from core.dim_period),
    measure as (
    {sql.strip().rstrip(";")}
    )
    """  # noqa: S608


def periods(connection: duckdb.DuckDBPyConnection) -> list[Period]:
    """The reporting periods of the warehouse, oldest first."""
    rows = connection.execute("select period_start, period_end, label from core.dim_period order by all")
    return [Period(*row) for row in rows.fetchall()]


def evaluate(
    connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...], indicator_id: str
) -> list[Cell]:
    """The cells of an indicator in all periods, each measured by the version that holds at its end.

    An indicator begins with the first period in which anything is found for it. Raises
    :class:`ModelBuildError` if the SQL of a measure fails.
    """
    cells: list[Cell] = []
    sums: dict[int, tuple[Sums, Sums]] = {}
    for period in periods(connection):
        definition = effective_on(definitions, indicator_id, period.end)
        if definition is None:
            continue
        if definition.version not in sums:
            sums[definition.version] = _both(connection, definition)
        numerators, denominators = sums[definition.version]
        begun = bool(cells) or any(key[0] == period for key in (*numerators, *denominators))
        if begun:
            cells.extend(_cells(definition, period, numerators, denominators))
    return cells


def _both(connection: duckdb.DuckDBPyConnection, definition: Definition) -> tuple[Sums, Sums]:
    numerators = _sums(connection, definition, definition.numerator)
    if definition.denominator is None:
        return numerators, {}
    return numerators, _sums(connection, definition, definition.denominator)


def _sums(connection: duckdb.DuckDBPyConnection, definition: Definition, measure: Measure) -> Sums:
    query = f"""
    {relation(measure.sql)}
    select
      periods.period_start, periods.period_end, periods.label,
      grouping(unit.region) = 1 as is_total,
      unit.region,
      sum(measure.value::decimal(28, 6)) as value
    from measure
    join periods using (period_start)
    left join (
      select period_start, unit_id, region from core.unit_year_end
    ) as unit on unit.unit_id = measure.unit_id and unit.period_start = measure.period_start
    group by grouping sets (
      (periods.period_start, periods.period_end, periods.label),
      (periods.period_start, periods.period_end, periods.label, unit.region)
    )
    """  # noqa: S608
    with sql_errors(f"indicator {definition.id}"):
        rows = connection.execute(query).fetchall()
    found: Sums = {}
    for start, end, label, is_total, region, value in rows:
        dimension, member = TOTAL if is_total else ("region", region or UNKNOWN_REGION)
        found[Period(start, end, label), dimension, member] = value
    return found


def _cells(definition: Definition, period: Period, numerators: Sums, denominators: Sums) -> Iterator[Cell]:
    keys = {TOTAL}
    if "region" in definition.dimensions:
        # Members of any period: one for which nothing is found in this one counts nothing, and says so.
        keys |= {key[1:] for key in (*numerators, *denominators)}
    for dimension, member in sorted(keys):
        key = (period, dimension, member)
        numerator = numerators.get(key)
        if numerator is None and definition.empty_numerator == "zero":
            numerator = Decimal(0)
        yield Cell(definition, period, dimension, member, numerator, denominators.get(key))
