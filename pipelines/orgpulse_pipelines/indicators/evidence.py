"""What stands behind the figures, in a form that may be published: ``indicators.evidence``.

Rows about things lead to all of their events. Rows about people lead to a few examples, each event an example
for one figure only: an event that stood behind several figures would tell of one person what they count, and
counting such people would give suppressed figures back.
"""

from typing import Final

import duckdb

from orgpulse_pipelines.indicators.calendar import IN_FORCE, PERIOD, PLACE, UNKNOWN
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.measuring import MEASURED
from orgpulse_pipelines.warehouse.catalog import identifier
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table

EXAMPLES: Final = 5
"""Most events that are shown of a numerator or denominator that counts people, in each region and year."""
CANDIDATES: Final = 8 * EXAMPLES
"""Events that are drawn for these, before each is left to one figure."""
EVIDENCE: Final = "indicators.evidence"
EVIDENCE_COMMENT: Final = (
    "Events behind the shown figures. Rows about things are all here, with the days on which they count; of "
    "rows about people there are a few examples for each year and region, each event for one figure only. "
    "Grain: one row per row of a measure, or per example."
)
EVIDENCE_COLUMNS: Final = {
    "indicator_id": "Identity of the indicator.",
    "version": "Version of the definition.",
    "side": "numerator or denominator.",
    "people": "Whether the rows are about people: these are examples.",
    "period": "Name of the year for whose figure the row is an example; empty for rows about things.",
    "region": "Region for whose figure the row is an example; empty if for the whole organisation alone.",
    "first_day": "First day on which the row counts; empty for examples.",
    "after_day": "First day on which the row no longer counts; empty for examples.",
    "unit_id": "Unit for which the row counts; empty for examples and rows that count for no single unit.",
    "event_id": "Identity of the event; core.event_lineage says where it stands in Kafka.",
    "part": "Members of the indicator's dimensions to which the row belongs; empty for examples.",
    "value": "What the row adds; empty for examples, and where rows are counted or dated.",
}
_TYPES: Final = (
    "VARCHAR", "INTEGER", "VARCHAR", "BOOLEAN", "VARCHAR", "VARCHAR",
    "DATE", "DATE", "VARCHAR", "UUID", "MAP(VARCHAR, VARCHAR)", "DECIMAL(28,6)",
)  # fmt: skip
CANDIDATE: Final = "measured.candidate"
"""Rows about people from which the examples are chosen. They stay for the next build."""
_CANDIDATE_COMMENT: Final = "Rows about people from which examples are chosen. Grain: one row per draw."
_PEOPLE: Final = f"""
    insert into {CANDIDATE}
    with year as (
      select label, period_start, as_of
      from {PERIOD}
      join {IN_FORCE} using (grain, label)
      where grain = 'year' and indicator_id = $id and version = $version
    ),
    dated as (
      select
        year.label, measured.event_id, measured.unit_id,
        date_trunc('month', if($counts = 'flow', measured.first_day, year.as_of))::date as month_start
      from {MEASURED} as measured
      join year
        on if($counts = 'flow', year.period_start, year.as_of) < measured.after_day
        and measured.first_day <= year.as_of
      where measured.event_id is not null
    ),
    drawn as (
      select
        dated.label, coalesce(place.region, '{UNKNOWN}') as region,
        min_by(dated.event_id, hash(dated.event_id, $id, $side), {CANDIDATES}) as events
      from dated
      left join {PLACE} as place using (month_start, unit_id)
      group by all
    )
    select
      $id, $version, $side, true, label, region, null, null, null,
      listed.event_id, null, null
    from drawn, unnest(drawn.events) as listed (event_id)
"""  # noqa: S608
_EXAMPLES: Final = f"""
    insert into {EVIDENCE}
    with shown as (
      select indicator_id, version, period, dimension, member
      from indicators.value
      where grain = 'year' and dimension in ('organisation', 'region') and not suppressed
    ),
    candidate as (
      select
        evidence.* replace (part.member as region),
        hash(evidence.event_id, evidence.indicator_id, evidence.side, evidence.period) as draw
      from {CANDIDATE} as evidence
      left join shown as part
        on (part.indicator_id, part.version, part.period, part.dimension, part.member)
        = (evidence.indicator_id, evidence.version, evidence.period, 'region', evidence.region)
      left join shown as total
        on (total.indicator_id, total.version, total.period, total.dimension)
        = (evidence.indicator_id, evidence.version, evidence.period, 'organisation')
      where (part.member is not null or total.member is not null)
      qualify row_number() over (partition by evidence.event_id order by draw) = 1
    ),
    example as (
      select * exclude (draw)
      from candidate
      qualify row_number() over (
        partition by indicator_id, version, side, period, region order by draw
      ) <= {EXAMPLES}
    )
    from example
    order by all
"""  # noqa: S608


def counts_in(counts: str, period_start: str, as_of: str) -> str:
    """An SQL condition: whether a row of the relation ``evidence`` about things counts in a period.

    ``counts`` is how the measure's rows fall into periods, ``as_of`` the last day that the period covers.
    """
    return f"""
      case {counts}
        when 'flow' then evidence.first_day between {period_start} and {as_of}
        when 'average' then
          (evidence.first_day <= {as_of} and {as_of} < evidence.after_day)
          or (evidence.first_day < {period_start} and {period_start} <= evidence.after_day)
        else evidence.first_day <= {as_of} and {as_of} < evidence.after_day
      end
    """


def create_evidence(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables for the rows behind all measures, where they are missing."""
    columns = tuple(
        Column(name, type_, meaning)
        for (name, meaning), type_ in zip(EVIDENCE_COLUMNS.items(), _TYPES, strict=True)
    )
    ensure_table(connection, EVIDENCE, columns, EVIDENCE_COMMENT)
    ensure_table(connection, CANDIDATE, columns, _CANDIDATE_COMMENT)


def collect_evidence(
    connection: duckdb.DuckDBPyConnection, definition: Definition, side: str, *, people: bool
) -> None:
    """Keep the rows of the measure that was computed last: all of them, or candidates for examples."""
    if not people:
        connection.execute(_things(definition), [definition.id, definition.version, side])
        return
    connection.execute(
        _PEOPLE,
        {
            "id": definition.id,
            "version": definition.version,
            "side": side,
            "counts": definition.measures[side].counts,
        },
    )


def _things(definition: Definition) -> str:
    names = ", ".join(f"'{name}'" for name in definition.dimensions)
    members = ", ".join(identifier(name) for name in definition.dimensions)
    return f"""
    insert into {EVIDENCE}
    select
      ?, ?, ?, false, null, null, first_day, after_day, unit_id, event_id, map([{names}], [{members}]), value
    from {MEASURED}
    order by first_day, after_day, unit_id, event_id
    """  # noqa: S608 - definitions are the platform's own files


def build_evidence(connection: duckdb.DuckDBPyConnection) -> None:
    """Choose the examples anew once the figures are suppressed and stored; rows about things are there."""
    connection.execute(f"delete from {EVIDENCE} where people")  # noqa: S608
    connection.execute(_EXAMPLES)
