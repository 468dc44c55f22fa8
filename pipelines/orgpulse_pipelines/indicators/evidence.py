"""What stands behind the figures, in a form that may be published: ``indicators.source`` and ``evidence``.

Rows about things lead to all of their events. Rows about people lead to a few examples, each event an example
for one figure only: an event that stood behind several figures would tell of one person what they count, and
counting such people would give suppressed figures back.
"""

from collections.abc import Iterable
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.evaluation import MEASURED
from orgpulse_pipelines.indicators.sources import Side
from orgpulse_pipelines.warehouse.catalog import comment_on

EXAMPLES: Final = 5
"""Most events that are shown of a numerator or denominator that counts people, in each region."""
SOURCE: Final = "indicators.source"
EVIDENCE: Final = "indicators.evidence"
_PLACE: Final = {
    "indicator_id": "Identity of the indicator.",
    "version": "Version of the definition that the figure was computed by.",
    "period_start": "First day of the reporting period.",
    "side": "numerator or denominator.",
}
SOURCE_COMMENT: Final = (
    "From how many rows and from which contracts the shown figures come. "
    "Grain: one row per figure, side and contract; one per figure and side where people are counted."
)
SOURCE_COLUMNS: Final = _PLACE | {
    "region": "Region of the figure; empty for the whole organisation.",
    "people": "Whether its rows are about people: indicators.evidence then holds a few examples.",
    "contract": "Contract of the events; several where people are counted, empty without an event on record.",
    "topic": "Kafka topic of the events.",
    "rows": "Number of rows that were added up.",
    "events": "Number of different events among them; empty where people are counted.",
    "value": "Sum of the rows.",
}
EVIDENCE_COMMENT: Final = (
    "Events behind the shown figures; where people are counted a few examples, each for one figure only. "
    "Grain: one row per row that was added up."
)
EVIDENCE_COLUMNS: Final = _PLACE | {
    "region": "Region in whose figure the row counts; empty if it counts for the whole organisation alone.",
    "event_id": "Identity of the event; core.event_lineage says where it stands in Kafka.",
    "value": "What the row adds to the side.",
}


def build_evidence(connection: duckdb.DuckDBPyConnection, about_people: Iterable[Side]) -> tuple[int, int]:
    """Replace both tables once the figures are evaluated and stored; the number of rows of each."""
    connection.execute(_TRACED, [["/".join(map(str, side)) for side in about_people]])
    sources = connection.execute(f"create or replace table {SOURCE} as {_SOURCE}").fetchone()
    evidence = connection.execute(f"create or replace table {EVIDENCE} as {_EVIDENCE}").fetchone()
    connection.execute("drop table temp.traced")
    comment_on(connection, SOURCE, SOURCE_COMMENT, SOURCE_COLUMNS)
    comment_on(connection, EVIDENCE, EVIDENCE_COMMENT, EVIDENCE_COLUMNS)
    return (sources or (0,))[0], (evidence or (0,))[0]


_TRACED: Final = f"""
    create or replace temp table traced as
    with lineage as (
      select event_id, min(contract) as contract, min(topic) as topic
      from core.event_lineage
      where event_id in (select event_id from {MEASURED})
      group by event_id
    ),
    total as (
      select indicator_id, version, period_start, not suppressed as shown
      from indicators.value
      where dimension = 'organisation'
    ),
    part as (
      select indicator_id, version, period_start, member as region, not suppressed as shown
      from indicators.value
      where dimension = 'region'
    )
    select
      measured.indicator_id, measured.version, measured.period_start, measured.side,
      if(part.shown, measured.region, null) as region,
      total.shown as total_shown,
      list_contains(?, concat_ws('/', measured.indicator_id, measured.version, measured.side)) as people,
      lineage.contract, lineage.topic, measured.event_id, measured.value
    from {MEASURED} as measured
    join total using (indicator_id, version, period_start)
    left join part using (indicator_id, version, period_start, region)
    left join lineage on lineage.event_id = measured.event_id
"""  # noqa: S608 - made of constants

_SOURCE: Final = """
    with placed as (
      select * replace (null::varchar as region) from temp.traced where total_shown
      union all
      select * from temp.traced where region is not null
    ),
    contracts as (
      -- named for all periods and regions at once, so that no contract tells of the people of one of them
      select
        indicator_id, version, side,
        string_agg(distinct contract, ', ' order by contract) as contracts,
        string_agg(distinct topic, ', ' order by topic) as topics
      from temp.traced
      group by all
    ),
    counted as (
      select
        indicator_id, version, period_start, side, region, people,
        if(people, contracts, contract) as contract, if(people, topics, topic) as topic,
        count(*) as rows, count(distinct event_id) as events, sum(value) as value
      from placed
      join contracts using (indicator_id, version, side)
      group by all
    )
    select * replace (if(people, null, events) as events)
    from counted
    order by all
"""

_EVIDENCE: Final = f"""
    with example as (
      select *, md5(concat_ws('/', event_id, indicator_id, version, side, period_start)) as draw
      from temp.traced
      where people and event_id is not null and (region is not null or total_shown)
      qualify row_number() over (partition by event_id order by draw) = 1
    ),
    shown as (
      select * exclude (draw)
      from example
      qualify row_number() over (
        partition by indicator_id, version, period_start, side, region order by draw
      ) <= {EXAMPLES}
      union all
      select * from temp.traced where not people and (region is not null or total_shown)
    )
    select indicator_id, version, period_start, side, region, event_id, value
    from shown
    order by all
"""  # noqa: S608 - made of constants
