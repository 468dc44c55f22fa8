"""The periods, and the organisation in each month: temporary tables that every indicator is computed with."""

from collections import defaultdict
from datetime import date
from typing import Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.indicators.definition import Definition, effective_on

PERIOD: Final = "temp.period"
"""Reporting periods: grain, period_start, period_end, label, as_of (the last day that is covered: of a period
in progress the end of the newest month with activity), (year, number) within it,
and an ordinal that grows by one from period to period and by per_year from year to year."""
PERIOD_MONTH: Final = "temp.period_month"
"""Which months of a measure's rows count in which period: counts, grain, label, month_start, weight."""
PLACE: Final = "temp.place"
"""Where each unit stood at the end of each month: month_start, unit_id, region, regional_office, office."""
IN_FORCE: Final = "temp.in_force"
"""Which version of an indicator measures which period: indicator_id, version, grain, label."""
UNKNOWN: Final = "unknown"
"""Member for rows of a unit that is not registered, or without the dimension."""

_PERIOD: Final = f"""
    create or replace temp table {PERIOD[5:]} as
    with counted as (
      select
        grain, period_start, period_end, label, year(period_end) as year,
        least(period_end, max(period_end) filter (where grain = 'month') over ()) as as_of,
        case grain
          when 'quarter' then quarter(period_end) when 'year' then 1 else month(period_end)
        end as number,
        case grain when 'quarter' then 4 when 'year' then 1 else 12 end as per_year
      from core.dim_period
    )
    select *, year * per_year + number as ordinal from counted
"""  # noqa: S608 - made of constants
# A stock of the month before the first one is needed for averages.
_MONTH: Final = f"""
    create or replace temp table month as
    select period_start as month_start from {PERIOD} where grain = 'month'
    union all
    select (min(period_start) - interval 1 month)::date from {PERIOD} having count(*) > 0
"""  # noqa: S608 - made of constants
_PERIOD_MONTH: Final = f"""
    create or replace temp table {PERIOD_MONTH[5:]} as
    with within as (
      select period.grain, period.label, period.period_start, period.as_of, month.month_start
      from {PERIOD} as period
      join temp.month as month
        on month.month_start between period.period_start - interval 1 month and period.as_of
    )
    select 'flow' as counts, grain, label, month_start, 1.0 as weight
    from within
    where month_start >= period_start
    union all
    select unnest(['stock', 'age']), grain, label, month_start, 1.0
    from within
    where last_day(month_start) = as_of
    union all
    select 'average', grain, label, month_start, 0.5
    from within
    where last_day(month_start) in (as_of, period_start - 1)
"""  # noqa: S608 - made of constants
_PLACE: Final = f"""
    create or replace temp table {PLACE[5:]} as
    select
      month.month_start, unit.unit_id, unit.region,
      coalesce(unit.regional_office_id, unit.mission_id) as regional_office, unit.mission_id as office
    from temp.month as month
    join core.dim_organisation_unit as unit
      on unit.valid_from <= last_day(month.month_start) and last_day(month.month_start) < unit.valid_to
"""  # noqa: S608 - made of constants
_IN_FORCE: Final = f"""
    create or replace temp table {IN_FORCE[5:]} (
      indicator_id varchar, version integer, grain varchar, label varchar
    )
"""
_ROWS: Final = pa.schema(
    {"indicator_id": pa.string(), "version": pa.int32(), "grain": pa.string(), "label": pa.string()}
)


def prepare(connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...]) -> None:
    """Make the temporary tables anew from core.dim_period and core.dim_organisation_unit."""
    for statement in (_PERIOD, _MONTH, _PERIOD_MONTH, _PLACE, _IN_FORCE):
        connection.execute(statement)
    periods = _periods(connection)
    in_force = {end: _in_force(definitions, end) for end in {end for _, _, end in periods}}
    rows = [
        (definition.id, definition.version, grain, label)
        for grain, label, end in periods
        for definition in in_force[end]
        if grain in definition.periods
    ]
    names = ("indicator_id", "version", "grain", "label")
    # A registered table: thousands of values in a statement's parameters would take a minute to bind.
    table = pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)}, schema=_ROWS)
    connection.register("versions_in_force", table)
    connection.execute(f"insert into {IN_FORCE} from versions_in_force")
    connection.unregister("versions_in_force")


def _periods(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, date]]:
    return connection.execute(f"select grain, label, period_end from {PERIOD} order by all").fetchall()  # noqa: S608


def _in_force(definitions: tuple[Definition, ...], day: date) -> list[Definition]:
    """The version of every indicator that measures a period that ends on this day."""
    versions: dict[str, list[Definition]] = defaultdict(list)
    for definition in definitions:
        versions[definition.id].append(definition)
    held = (effective_on(tuple(of_one), indicator_id, day) for indicator_id, of_one in versions.items())
    return [definition for definition in held if definition is not None]
