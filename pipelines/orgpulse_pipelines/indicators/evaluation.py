"""Evaluates definitions on core and marts: sums of numerators and denominators by period and region."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.cell import Cell, Period
from orgpulse_pipelines.indicators.definition import Definition, Measure, effective_on
from orgpulse_pipelines.warehouse.failures import sql_errors

UNKNOWN_REGION = "unknown"
"""Member for rows of an office that is not registered."""
TOTAL = ("organisation", "all")

MEASURED: Final = "temp.measured"
"""The rows of all measures while a connection evaluates indicators: the only place that has all of them."""
_CREATE_MEASURED: Final = f"""
    create temp table if not exists {MEASURED} (
      indicator_id varchar, version integer, side varchar, period_start date, region varchar,
      value decimal(28, 6), event_id uuid
    )
"""
_SUMS: Final = f"""
    select
      periods.period_start, periods.period_end, periods.label,
      grouping(measured.region) = 1 as is_total, measured.region, sum(measured.value)
    from {MEASURED} as measured
    join core.dim_period as periods using (period_start)
    where (indicator_id, version, side) = (?, ?, ?)
    group by grouping sets (
      (periods.period_start, periods.period_end, periods.label),
      (periods.period_start, periods.period_end, periods.label, measured.region)
    )
"""  # noqa: S608

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
    connection.execute(_CREATE_MEASURED)
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
    numerators = _sums(connection, definition, "numerator", definition.numerator)
    if definition.denominator is None:
        return numerators, {}
    return numerators, _sums(connection, definition, "denominator", definition.denominator)


def _sums(connection: duckdb.DuckDBPyConnection, definition: Definition, side: str, measure: Measure) -> Sums:
    place = [definition.id, definition.version, side]
    with sql_errors(f"indicator {definition.id}"):
        connection.execute(f"delete from {MEASURED} where (indicator_id, version, side) = (?, ?, ?)", place)  # noqa: S608
        connection.execute(_keep(measure), place)
        rows = connection.execute(_SUMS, place).fetchall()
    found: Sums = {}
    for start, end, label, is_total, region, value in rows:
        dimension, member = TOTAL if is_total else ("region", region)
        found[Period(start, end, label), dimension, member] = value
    return found


def _keep(measure: Measure) -> str:
    """Keeps the rows of a measure with their region: they are added up now and explained later."""
    return f"""
    insert into {MEASURED}
    {relation(measure.sql)}
    select
      ?, ?, ?, measure.period_start, coalesce(unit.region, '{UNKNOWN_REGION}'),
      measure.value::decimal(28, 6), measure.event_id
    from measure
    join periods using (period_start)
    left join core.unit_year_end as unit
      on unit.unit_id = measure.unit_id and unit.period_start = measure.period_start
    """  # noqa: S608


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
