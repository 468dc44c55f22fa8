"""Blocking checks on the scores: what must hold before they are published, whatever code wrote them."""

from typing import Final

from orgpulse_pipelines.frameworks.tables import FRAMEWORK_SCORE
from orgpulse_pipelines.modelling.model import Check

_SCORE: Final = (
    Check(
        name="grain_is_unique",
        severity="fail",
        description="One row per framework, item, period, dimension and member.",
        sql="""
        select framework_id, item_id, period, dimension, member
        from indicators.framework_score
        group by all
        having count(*) > 1
        """,
    ),
    Check(
        name="scores_fit_their_status",
        severity="fail",
        description="A score lies between 0 and 100, and stands exactly where the status says so.",
        sql="""
        select *
        from indicators.framework_score
        where (score is not null) <> (status = 'scored') or not coalesce(score between 0 and 100, true)
        """,
    ),
    Check(
        name="no_suppressed_figure_is_scored",
        severity="fail",
        description="No score stands where every figure of its indicators is suppressed.",
        sql="""
        select score.framework_id, score.item_id, score.period, score.dimension, score.member
        from indicators.framework_score as score
        join indicators.framework_item as item using (framework_id, item_id)
        join indicators.value as value
          on (value.indicator_id, value.period, value.dimension, value.member)
          = (item.indicator_id, score.period, score.dimension, score.member)
        where score.score is not null and item.weight is not null
        group by all
        having bool_and(value.suppressed)
        """,
    ),
)
CHECKS: Final = {FRAMEWORK_SCORE: _SCORE}
"""The checks of the table that the frameworks' code makes."""
