"""Evaluates definitions on core and marts: numerators and denominators by period and part."""

from typing import Final

import duckdb

from orgpulse_pipelines.indicators import calendar
from orgpulse_pipelines.indicators.calendar import IN_FORCE, PERIOD
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.evidence import CANDIDATE, EVIDENCE, collect_evidence, create_evidence
from orgpulse_pipelines.indicators.measuring import NUMBER, OFFICES, SIDE, create_sides, measure_side
from orgpulse_pipelines.indicators.sources import Side

CELL: Final = "temp.cell"
"""One row a figure: indicator_id, version, grain, label, period_start, period_end, as_of, dimension, member,
numerator, denominator, the number of rows of each, suppression, shown_to_public."""

_OUT_OF_FORCE: Final = f"""
    delete from {SIDE}
    where (indicator_id, version, grain, label) not in (
      select (indicator_id, version, grain, label) from {IN_FORCE}
    )
"""  # noqa: S608 - made of constants
# Places and members of any period have a figure in every period since the indicator began: one for which
# nothing is found counts nothing, and says so. Offices are too many for that.
_CELLS: Final = f"""
    create or replace temp table {CELL[5:]} as
    with numerator as (select * from {SIDE} where side = 'numerator'),
    denominator as (select * from {SIDE} where side = 'denominator'),
    begun as (
      select indicator_id, min(period_end) as begins_on
      from {SIDE}
      join {PERIOD} using (grain, label)
      group by all
    ),
    lasting as (
      select distinct indicator_id, dimension, member from {SIDE} where dimension not in {OFFICES}
    ),
    place as (
      select indicator_id, version, grain, label, dimension, member
      from {IN_FORCE}
      join {PERIOD} using (grain, label)
      join begun using (indicator_id)
      join lasting using (indicator_id)
      where begins_on <= period_end
      union
      select indicator_id, version, grain, label, dimension, member from {SIDE}
    )
    select
      row_number() over (order by indicator_id, version, period_end, grain, dimension, member) as cell_id,
      indicator_id, version, grain, label, period_start, period_end, as_of, dimension, member,
      coalesce(numerator.value, if(empty.is_zero, 0, null))::{NUMBER} as numerator,
      denominator.value as denominator,
      coalesce(numerator.counted, 0) as numerator_rows, coalesce(denominator.counted, 0) as denominator_rows,
      'none' as suppression, true as shown_to_public
    from place
    join {PERIOD} using (grain, label)
    join temp.empty using (indicator_id, version)
    left join numerator using (indicator_id, version, grain, label, dimension, member)
    left join denominator using (indicator_id, version, grain, label, dimension, member)
"""  # noqa: S608 - made of constants


def evaluate(
    connection: duckdb.DuckDBPyConnection,
    definitions: tuple[Definition, ...],
    about_people: frozenset[Side] = frozenset(),
    kept: frozenset[Side] = frozenset(),
) -> None:
    """Fill ``CELL`` with the figures of all indicators, by the version in force at each period's end.

    ``about_people`` names the sides whose rows are about single people: examples stand for their evidence.
    ``kept`` names those whose values are there as they would come out. An indicator begins with the first
    period in which anything is found for it. Raises :class:`ModelBuildError` if the SQL of a measure fails.
    """
    calendar.prepare(connection, definitions)
    create_sides(connection)
    create_evidence(connection)
    _forget_all_but(connection, kept)
    connection.execute(
        "create or replace temp table empty (indicator_id varchar, version integer, is_zero boolean)"
    )
    for definition in definitions:
        zero = definition.empty_numerator == "zero"
        connection.execute(
            "insert into temp.empty values (?, ?, ?)", [definition.id, definition.version, zero]
        )
        for side in definition.measures:
            one = (definition.id, definition.version, side)
            if one not in kept and measure_side(connection, definition, side):
                people = definition.small_number is not None or one in about_people
                collect_evidence(connection, definition, side, people=people)
    connection.execute(_OUT_OF_FORCE)
    connection.execute(_CELLS)


def _forget_all_but(connection: duckdb.DuckDBPyConnection, kept: frozenset[Side]) -> None:
    """Remove the values of all other measures, and what stands behind them."""
    connection.execute(
        "create or replace temp table kept_side (indicator_id varchar, version integer, side varchar)"
    )
    columns = [list(column) for column in zip(*kept, strict=True)] or [[], [], []]
    connection.execute(
        "insert into temp.kept_side select unnest(?::varchar[]), unnest(?::integer[]), unnest(?::varchar[])",
        columns,
    )
    for table in (SIDE, EVIDENCE, CANDIDATE):
        connection.execute(
            f"delete from {table} where (indicator_id, version, side) not in (from temp.kept_side)"  # noqa: S608
        )
