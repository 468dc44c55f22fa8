"""Reads the scores of a framework from a publication: items, and the indicators behind each."""

from itertools import groupby
from typing import Final

import duckdb

from orgpulse_pipelines.frameworks.catalogue import Document, framework, read
from orgpulse_pipelines.frameworks.errors import NoScoresError
from orgpulse_pipelines.frameworks.scoring import INDICATOR_SCORES
from orgpulse_pipelines.frameworks.tables import FRAMEWORK_ITEM, FRAMEWORK_SCORE
from orgpulse_pipelines.indicators.figures import number

_PLACE: Final = "framework_id = $framework and dimension = $dimension and member = $member"
_NEWEST: Final = f"""
    select period
    from {FRAMEWORK_SCORE}
    where {_PLACE} and grain = 'year'
    order by score is null, period_start desc
    limit 1
"""  # noqa: S608 - made of constants
_ITEMS: Final = f"""
    select
      item_id as id, period, score, status, indicators_mapped, indicators_scored, indicators_suppressed
    from {FRAMEWORK_SCORE}
    where {_PLACE} and period = $period
"""  # noqa: S608 - made of constants
_INDICATORS: Final = f"""
    with part as ({INDICATOR_SCORES}),
    definition as (
      select indicator_id, title, unit, decimals
      from indicators.definition
      qualify row_number() over (partition by indicator_id order by effective_from desc, version desc) = 1
    )
    select
      item.item_id, item.item_number, item.item_title, item.indicator_id as id, definition.title, item.weight,
      value.value, definition.unit, definition.decimals, part.score,
      case
        when part.status is not null then part.status
        when value.suppressed then 'suppressed' when item.weight is null then 'shown' else 'not_scored'
      end as status
    from {FRAMEWORK_ITEM} as item
    left join indicators.value as value
      on (value.indicator_id, value.period, value.dimension, value.member)
      = (item.indicator_id, $period, $dimension, $member)
    left join definition on definition.indicator_id = item.indicator_id
    left join part
      on (part.framework_id, part.item_id, part.indicator_id, part.period, part.dimension, part.member)
      = (item.framework_id, item.item_id, item.indicator_id, $period, $dimension, $member)
    where item.framework_id = $framework
    order by item.item_position, item.weight is null, item.weight desc, item.indicator_id
"""  # noqa: S608 - made of constants


def scores(
    connection: duckdb.DuckDBPyConnection,
    framework_id: str,
    period: str | None = None,
    region: str | None = None,
) -> Document:
    """A framework with the scores of its items for a period, of the organisation or of a region.

    Without a period, the newest year that has a score. Raises :class:`UnknownFrameworkError`, or
    :class:`NoScoresError` if there are none for the period and region.
    """
    about = framework(connection, framework_id)
    dimension, member = ("organisation", "all") if region is None else ("region", region)
    place = {"framework": framework_id, "dimension": dimension, "member": member}
    if period is None:
        found = read(connection, _NEWEST, place)
        period = found[0]["period"] if found else None
    shown = {**place, "period": period}
    scored = {one["id"]: one for one in read(connection, _ITEMS, shown)}
    if not scored:
        raise NoScoresError(f"{framework_id}, {period or 'any year'}, {region or 'the whole organisation'}")
    rows = groupby(read(connection, _INDICATORS, shown), lambda row: row["item_id"])
    items = [_item(scored.get(item_id), list(group)) for item_id, group in rows]
    return {**about, "period": period, "dimension": dimension, "member": member, "items": items}


def _item(scored: Document | None, rows: list[Document]) -> Document:
    """An item with its indicators; one that is not scored in such a period or place is so without a row."""
    return {
        "id": rows[0]["item_id"],
        "number": rows[0]["item_number"],
        "title": rows[0]["item_title"],
        "score": number(scored["score"]) if scored else None,
        "status": scored["status"] if scored else "not_scored",
        "indicators_mapped": scored["indicators_mapped"] if scored else 0,
        "indicators_scored": scored["indicators_scored"] if scored else 0,
        "indicators_suppressed": scored["indicators_suppressed"] if scored else 0,
        "indicators": [_indicator(row) for row in rows],
    }


def _indicator(row: Document) -> Document:
    kept = ("id", "title", "unit", "decimals", "status")
    return {name: row[name] for name in kept} | {
        name: number(row[name]) for name in ("weight", "value", "score")
    }
