"""Totals of money that tell what a single person gave: the p%-rule.

Whoever gave the second most knows their own gift, and what remains of a total after the two greatest ones is
all that keeps them from knowing the greatest. It must be at least so many percent of that one.
"""

from collections import defaultdict
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.adding_up import Counted, Place
from orgpulse_pipelines.indicators.calendar import PERIOD_MONTH, UNKNOWN
from orgpulse_pipelines.indicators.definition import Definition, Dominance
from orgpulse_pipelines.indicators.measuring import ORGANISATION, relation
from orgpulse_pipelines.warehouse.catalog import identifier
from orgpulse_pipelines.warehouse.failures import sql_errors

_TWO: Final = 2
"""Givers of whom one may estimate the other."""


def given_amounts(
    connection: duckdb.DuckDBPyConnection, definition: Definition, rule: Dominance, percent: float
) -> Counted:
    """What people gave in every cell of an indicator, and how far each must stay unknown.

    Givers without a name may be known to everybody: they neither need protection nor give any. Raises
    :class:`ModelBuildError` if the measure's SQL fails.
    """
    shown: dict[Place, dict[str, tuple[float, ...]]] = defaultdict(dict)
    widths: dict[tuple[Place, str], float] = {}
    with sql_errors(f"indicator {definition.id}, dominance"):
        rows = connection.execute(_given(definition, rule.giver)).fetchall()
    for label, dimension, member, total, greatest in rows:
        place = (dimension, member)
        shown[place][label] = (float(total or 0),)
        first = float(greatest[0]) if greatest else 0.0
        if first and float(total) - sum(map(float, greatest[:_TWO])) < first * percent / 100:
            widths[place, label] = first * percent / 100
    return Counted(
        id=f"{definition.id} {definition.version}",
        flows=True,
        split=False,
        minimum=0,
        shown=shown,
        small=frozenset(widths),
        widths=widths,
    )


def _given(definition: Definition, giver: str) -> str:
    members = "".join(
        f", coalesce(measure.{identifier(name)}::varchar, '{UNKNOWN}') as {identifier(name)}"
        for name in definition.dimensions
    )
    dimension, whole = ORGANISATION
    places = [f"{{'dimension': '{dimension}', 'member': '{whole}'}}"]
    places += [f"{{'dimension': '{name}', 'member': {identifier(name)}}}" for name in definition.dimensions]
    return f"""
    {relation(definition.numerator.sql)},
    gift as (
      select
        date_trunc('month', measure.day)::date as month_start, measure.{identifier(giver)} as giver,
        measure.value{members}
      from measure
    ),
    placed as (
      select period.label, gift.giver, gift.value, unnest([{", ".join(places)}]) as place
      from gift
      join {PERIOD_MONTH} as period on period.counts = 'flow' and period.month_start = gift.month_start
      where period.grain in ({", ".join(f"'{grain}'" for grain in definition.periods)})
    ),
    given as (
      select label, place, giver, sum(value) as value
      from placed
      group by all
    )
    select
      label, place.dimension, place.member,
      sum(value) filter (where giver is not null),
      max(value, {_TWO}) filter (where giver is not null)
    from given
    group by all
    """  # noqa: S608 - definitions are the platform's own files
