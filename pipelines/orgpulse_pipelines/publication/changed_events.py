"""Which events differ between two publications: new, replayed, gone, or counted otherwise."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.evidence import counts_in
from orgpulse_pipelines.publication.comparison import NEWER, OLDER, MovedFigure
from orgpulse_pipelines.reconciliation.rejected_events import REJECTED_EVENTS

_BY_CONTRACT: Final = f"""
    with event as (
      select contract, event_id, true as new
      from {NEWER}.core.event_lineage
      anti join {OLDER}.core.event_lineage as known using (event_id)
      union all
      select contract, event_id, false
      from {OLDER}.core.event_lineage
      anti join {NEWER}.core.event_lineage as known using (event_id)
    ),
    rejected as (
      {{rejected}}
    )
    select
      contract,
      count(*) filter (new) as new,
      count(*) filter (new and event_id in (select identity from rejected)) as replayed,
      count(*) filter (not new) as gone
    from event
    group by contract
    order by contract
"""  # noqa: S608 - made of constants
_REJECTED: Final = f"select identity from {OLDER}.{REJECTED_EVENTS} where identity is not null"  # noqa: S608
_NONE_REJECTED: Final = "select null::uuid as identity where false"
_ROWS: Final = """
    select indicator_id, version, side, first_day, after_day, unit_id, event_id, part::varchar as part, value
    from {catalog}.indicators.evidence
    where not people and (indicator_id, version) in (select indicator_id, version from same_definition)
"""
# A row that one publication counts and the other does not, though both know its event.
_CHANGED: Final = f"""
    with older as ({_ROWS.format(catalog=OLDER)}),
    newer as ({_ROWS.format(catalog=NEWER)}),
    changed as (
      (from older except all from newer)
      union all
      (from newer except all from older)
    ),
    evidence as (
      select
        changed.*,
        if(side = 'numerator', numerator_counts, denominator_counts) as counts
      from changed
      join {NEWER}.indicators.definition as definition using (indicator_id, version)
      where event_id in (select event_id from {OLDER}.core.event_lineage)
        and event_id in (select event_id from {NEWER}.core.event_lineage)
    )
    select moved_period.indicator_id, moved_period.period, count(distinct evidence.event_id)
    from evidence
    join moved_period on moved_period.indicator_id = evidence.indicator_id
      and {counts_in("evidence.counts", "moved_period.period_start", "moved_period.as_of")}
    group by all
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class ContractEvents:
    """How the events of a contract differ."""

    new: int
    """In the newer publication alone."""
    replayed: int
    """Among the new ones, those that stood among the rejected before."""
    gone: int
    """In the older publication alone."""


def events_by_contract(connection: duckdb.DuckDBPyConnection) -> dict[str, ContractEvents]:
    """The contracts whose events are not the same in both publications, by name."""
    known = connection.execute(
        "select 1 from duckdb_columns() where database_name = ? "
        "and schema_name || '.' || table_name = ? and column_name = 'identity'",
        [OLDER, REJECTED_EVENTS],
    ).fetchone()
    query = _BY_CONTRACT.format(rejected=_REJECTED if known else _NONE_REJECTED)
    return {contract: ContractEvents(*counts) for contract, *counts in connection.execute(query).fetchall()}


def changed_events(
    connection: duckdb.DuckDBPyConnection,
    figures: Collection[MovedFigure],
    same_definitions: Collection[tuple[str, int]],
) -> dict[tuple[str, str], int]:
    """How many events that both publications know count otherwise, by indicator and period.

    Only for figures about things whose definition is the same: the publication does not say which events
    stand behind a figure about people.
    """
    if not figures or not same_definitions:
        return {}
    connection.execute(
        "create or replace temp table same_definition as select unnest($ids) as indicator_id, "
        "unnest($versions)::integer as version",
        {
            "ids": [id_ for id_, _ in same_definitions],
            "versions": [version for _, version in same_definitions],
        },
    )
    periods = sorted({(one.indicator_id, one.period, one.period_start, one.as_of) for one in figures})
    ids, names, starts, days = map(list, zip(*periods, strict=True))
    connection.execute(
        "create or replace temp table moved_period as select unnest($ids) as indicator_id, "
        "unnest($names) as period, unnest($starts)::date as period_start, unnest($days)::date as as_of",
        {"ids": ids, "names": names, "starts": starts, "days": days},
    )
    return {(id_, period): events for id_, period, events in connection.execute(_CHANGED).fetchall()}
