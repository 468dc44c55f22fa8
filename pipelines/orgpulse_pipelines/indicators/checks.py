"""Blocking checks on the figures: what must hold before they are published, whatever code wrote them."""

from typing import Final

from orgpulse_pipelines.indicators.workforce import WORKFORCE
from orgpulse_pipelines.modelling.model import Check

_VALUE: Final = (
    Check(
        name="grain_is_unique",
        severity="fail",
        description="One row per indicator, period, dimension and member.",
        sql="""
        select indicator_id, period, dimension, member
        from indicators.value
        group by all
        having count(*) > 1
        """,
    ),
    Check(
        name="no_small_number_is_shown",
        severity="fail",
        description="No figure that counts fewer people than the threshold is shown.",
        sql="""
        with part as (
          select
            value.numerator, value.denominator, definition.minimum_people,
            unnest(definition.protects) as part
          from indicators.value as value
          join indicators.definition as definition using (indicator_id, version)
          where not value.suppressed
            and definition.numerator_aggregate in ('sum', 'distinct')
            and coalesce(definition.denominator_aggregate, 'sum') in ('sum', 'distinct')
        ),
        people as (
          select *, case part
            when 'numerator' then numerator
            when 'denominator' then denominator
            else denominator - numerator
          end as counted
          from part
        )
        select * from people where counted > 0 and counted < minimum_people
        """,
    ),
    Check(
        name="suppressed_figures_are_empty",
        severity="fail",
        description="A suppressed figure stands in no column.",
        sql="""
        select * from indicators.value
        where suppressed and coalesce(numerator, denominator, value) is not null
        """,
    ),
)
_EVIDENCE: Final = (
    Check(
        name="no_suppressed_figure_is_counted",
        severity="fail",
        description="No example stands for a suppressed figure.",
        sql="""
        select evidence.*
        from indicators.evidence as evidence
        join indicators.value as value
          on value.indicator_id = evidence.indicator_id and value.version = evidence.version
          and value.period = evidence.period and value.member = coalesce(evidence.region, 'all')
          and value.dimension = if(evidence.region is null, 'organisation', 'region')
        where evidence.people and value.suppressed
        """,
    ),
    Check(
        name="event_of_people_stands_once",
        severity="fail",
        description="No event stands behind two figures that count people: figures cannot be crossed by it.",
        sql="""
        select event_id
        from indicators.evidence
        where people
        group by event_id
        having count(*) > 1
        """,
    ),
)
_WORKFORCE: Final = (
    Check(
        name="grain_is_unique",
        severity="fail",
        description="One row per period, breakdown, region and member.",
        sql="""
        select period_start, breakdown, region, member from marts.workforce group by all having count(*) > 1
        """,
    ),
    Check(
        name="no_small_number_is_shown",
        severity="fail",
        description="No number below the threshold is shown, and nothing that is suppressed.",
        sql="""
        select * from marts.workforce
        where (people > 0 and people < minimum_people) or (suppression <> 'none' and people is not null)
        """,
    ),
)
CHECKS: Final = {"indicators.value": _VALUE, "indicators.evidence": _EVIDENCE, WORKFORCE: _WORKFORCE}
"""The checks of each table that the indicators' code makes."""
