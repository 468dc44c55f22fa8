"""From the rows of a measure to its value in every period and part of the organisation.

A row is placed by its month: into the region and offices to which its unit belonged at the end of that month,
and into every period that holds the month (a flow) or ends with it (a stock).
"""

from typing import Final

import duckdb

from orgpulse_pipelines.indicators.calendar import PERIOD_MONTH, PLACE, UNKNOWN
from orgpulse_pipelines.indicators.definition import PLACES, Definition, Measure
from orgpulse_pipelines.warehouse.catalog import identifier
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table
from orgpulse_pipelines.warehouse.failures import sql_errors

SIDE: Final = "measured.side"
"""Values of all measures: indicator_id, version, side, grain, label, dimension, member, value, counted
(how many rows it is made of). They stay for the next build."""
MEASURED: Final = "temp.measured"
"""The rows of the measure that was computed last: first_day, after_day, unit_id, value, event_id and more."""
PLACED: Final = "temp.placed"
"""The same by month: month_start, the places, the dimensions, value, key, counted; one row for many where
their values are added up."""
NUMBER: Final = "decimal(28, 6)"
_SIDE_COLUMNS: Final = (
    Column("indicator_id", "VARCHAR", "Identity of the indicator."),
    Column("version", "INTEGER", "Version of the definition."),
    Column("side", "VARCHAR", "numerator or denominator."),
    Column("grain", "VARCHAR", "Kind of period."),
    Column("label", "VARCHAR", "Name of the period."),
    Column("dimension", "VARCHAR", "What the organisation is divided by."),
    Column("member", "VARCHAR", "Part of the organisation."),
    Column("value", "DECIMAL(28,6)", "What the rows come to."),
    Column("counted", "BIGINT", "How many rows it is made of."),
)
ORGANISATION: Final = ("organisation", "all")
"""Dimension and member of the whole organisation."""
OFFICES: Final = ("regional_office", "office")
"""Levels that are broken down by quarter and year alone: by month they would be mostly empty or small."""
_DAYS: Final = {
    "flow": "measure.day as first_day, measure.day + 1 as after_day",
    "age": "measure.valid_from as first_day, measure.valid_to as after_day, measure.since",
}
_SPAN: Final = "measure.valid_from as first_day, measure.valid_to as after_day"
_AGGREGATES: Final = {
    "sum": "sum(value) as value, sum(counted) as counted",
    "distinct": "count(distinct key) as value, sum(counted) as counted",
    "median": "median(value) as value, sum(counted) as counted",
}


def create_sides(connection: duckdb.DuckDBPyConnection) -> None:
    """The table for the values of all measures, where it is missing."""
    ensure_table(connection, SIDE, _SIDE_COLUMNS, "Values of measures. Grain: one row per measure and cell.")


def measure_side(connection: duckdb.DuckDBPyConnection, definition: Definition, side: str) -> bool:
    """Compute one measure: its rows stay in ``MEASURED`` and ``PLACED``, its values are added to ``SIDE``.

    Returns whether it has any row. Raises :class:`ModelBuildError` if its SQL fails.
    """
    measure = definition.measures[side]
    with sql_errors(f"indicator {definition.id}, {side}"):
        found = connection.execute(_measured(measure, definition.dimensions)).fetchone()
        if found == (0,):
            return False
        connection.execute(_placed(measure, definition.dimensions))
        connection.execute(_values(definition, measure), [definition.id, definition.version, side])
    return True


def relation(sql: str) -> str:
    """The head of a query over a measure's rows, the relation ``measure``."""
    return f"with measure as (\n{sql.strip().rstrip(';')}\n)"


def _measured(measure: Measure, dimensions: tuple[str, ...]) -> str:
    value = "null" if measure.counts == "age" or measure.aggregate == "distinct" else "measure.value"
    key = "measure.key" if measure.aggregate in ("distinct", "concentration") else "null"
    return f"""
    create or replace temp table {MEASURED[5:]} as
    {relation(measure.sql)}
    select
      {_DAYS.get(measure.counts, _SPAN)}, measure.unit_id::varchar as unit_id, measure.event_id,
      {value}::{NUMBER} as value, {key}::varchar as key
      {"".join(f", {_member('measure', name)}" for name in dimensions)}
    from measure
    """  # noqa: S608 - definitions are the platform's own files


def _member(relation: str, name: str) -> str:
    """A column of a part of the organisation; one member holds what is unknown and what is named so."""
    return f"coalesce({relation}.{identifier(name)}::varchar, '{UNKNOWN}') as {identifier(name)}"


def _placed(measure: Measure, dimensions: tuple[str, ...]) -> str:
    """A row a month: the one of a flow's day, or all those at whose end a stock holds."""
    if measure.counts == "flow":
        months = "[date_trunc('month', first_day)]"
    else:
        months = """range(
          greatest(date_trunc('month', first_day), bounds.first_month)::timestamp,
          least(date_trunc('month', after_day), bounds.last_month + interval 1 month)::timestamp,
          interval 1 month
        )"""
    value = "date_diff('day', since, last_day(month_start))" if measure.counts == "age" else "value"
    named = "".join(f"{identifier(name)}, " for name in dimensions)
    # Rows are added up before they are spread over months and places: people are many, offices few.
    if measure.aggregate == "median":
        rows = f"select *, 1 as counted from {MEASURED}"  # noqa: S608
        added_up = f"select month_start, unit_id, {named}key, {value} as value, counted from monthly"  # noqa: S608
    else:
        since = ", since" if measure.counts == "age" else ""
        rows = f"""
          select
            date_trunc('month', first_day) as first_day, date_trunc('month', after_day) as after_day{since},
            unit_id, {named}key, sum(value) as value, count(*) as counted
          from {MEASURED}
          group by all
        """  # noqa: S608
        if measure.counts == "age":
            value += " * counted"
        added_up = f"""
          select month_start, unit_id, {named}key, sum({value}) as value, sum(counted) as counted
          from monthly
          group by all
        """  # noqa: S608
    return f"""
    create or replace temp table {PLACED[5:]} as
    with bounds as (
      select min(month_start) as first_month, max(month_start) as last_month from temp.month
    ),
    measured as (
      {rows}
    ),
    monthly as (
      select measured.*, unnest({months})::date as month_start
      from measured, bounds
    ),
    counted as (
      {added_up}
    )
    select
      counted.* exclude (unit_id) replace (counted.value::{NUMBER} as value),
      {", ".join(_member("place", name) for name in PLACES if name not in dimensions)}
    from counted
    left join {PLACE} as place using (month_start, unit_id)
    """  # noqa: S608 - definitions are the platform's own files


def _values(definition: Definition, measure: Measure) -> str:
    parts = (*definition.places, *definition.dimensions)
    kept = f"not (dimension in {OFFICES} and grain in ('month', 'year_to_date'))"
    if definition.small_number is not None:
        kept += f" and not (dimension in {OFFICES} and grain = 'quarter')"
    concentrated = measure.aggregate == "concentration"
    # What adds up, and what is counted in one month of a period, is taken together by month: months are few.
    monthly = measure.aggregate == "sum" or measure.counts in ("stock", "age")
    time = ("month_start",) if monthly else ("grain", "label")
    grouped = _concentration(parts, time) if concentrated else _grouped(parts, time, measure.aggregate)
    joined = "join period using (month_start)"
    grains = ", ".join(f"'{grain}'" for grain in definition.periods)
    return f"""
    insert into {SIDE}
    with period as (
      select grain, label, month_start, weight
      from {PERIOD_MONTH}
      where counts = '{measure.counts}' and grain in ({grains})
    ),
    spread as (
      from {PLACED} {"" if monthly else joined}
    ),
    grouped as (
      {grouped}
    )
    select
      ?, ?, ?, grain, label, dimension, member,
      {f"sum(value::{NUMBER} * weight)" if monthly else "any_value(value)"}::{NUMBER}, sum(counted)
    from grouped {joined if monthly else ""}
    where {kept}
    group by grain, label, dimension, member
    """  # noqa: S608


def _grouped(parts: tuple[str, ...], time: tuple[str, ...], aggregate: str) -> str:
    return f"""
      select {", ".join(time)}, {_named(parts)}, {_AGGREGATES[aggregate]}
      from spread
      group by grouping sets ({_sets(parts, time)})
    """  # noqa: S608


def _concentration(parts: tuple[str, ...], time: tuple[str, ...]) -> str:
    return f"""
      select
        {", ".join(time)}, dimension, member,
        sum(total * total) / nullif(sum(total) * sum(total), 0) as value, sum(counted) as counted
      from (
        select {", ".join(time)}, {_named(parts)}, sum(value)::double as total, sum(counted) as counted
        from spread
        group by grouping sets ({_sets(parts, (*time, "key"))})
      )
      group by all
    """  # noqa: S608


def _sets(parts: tuple[str, ...], always: tuple[str, ...]) -> str:
    common = ", ".join(always)
    return ", ".join([f"({common})", *(f"({common}, {identifier(part)})" for part in parts)])


def _named(parts: tuple[str, ...]) -> str:
    """Dimension and member of a row of the grouping sets."""
    dimension, total = ORGANISATION
    dimensions = "".join(f" when grouping({identifier(part)}) = 0 then '{part}'" for part in parts)
    members = "".join(f" when grouping({identifier(part)}) = 0 then {identifier(part)}" for part in parts)
    if not parts:
        return f"'{dimension}' as dimension, '{total}' as member"
    return f"case{dimensions} else '{dimension}' end as dimension, case{members} else '{total}' end as member"
