"""Blocking checks on the figures: what must hold before they are published, whatever code wrote them."""

from typing import Final

import duckdb

from orgpulse_pipelines.indicators.workforce import WORKFORCE
from orgpulse_pipelines.modelling.checks import CheckOutcome
from orgpulse_pipelines.modelling.model import Check
from orgpulse_pipelines.warehouse.failures import sql_errors

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
          select value.*, unnest(definition.protects) as part, definition.minimum_people
          from indicators.value as value
          join indicators.definition as definition using (indicator_id, version)
          where not value.suppressed
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
        description="No row counts for a suppressed figure.",
        sql="""
        with behind as (
          select indicator_id, version, period_start, region from indicators.evidence
          union all
          select indicator_id, version, period_start, region from indicators.source
        )
        select behind.*
        from behind
        join indicators.value as value
          on value.indicator_id = behind.indicator_id and value.version = behind.version
          and value.period_start = behind.period_start and value.member = coalesce(behind.region, 'all')
        where value.suppressed
        """,
    ),
    Check(
        name="event_of_people_stands_once",
        severity="fail",
        description="No event stands behind two figures that count people: figures cannot be crossed by it.",
        sql="""
        with side as (
          select distinct indicator_id, version, side from indicators.source where people
        )
        select event_id
        from indicators.evidence
        semi join side using (indicator_id, version, side)
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


def run_table_checks(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[CheckOutcome, ...]:
    """The outcome of every check on one of the tables; raises :class:`ModelBuildError` if one cannot run."""
    outcomes: list[CheckOutcome] = []
    for check in CHECKS[table]:
        with sql_errors(f"check {check.name} of {table}"):
            row = connection.execute(f"select count(*) from ({check.sql})").fetchone()  # noqa: S608
        outcomes.append(CheckOutcome(check, int(row[0]) if row else 0))
    return tuple(outcomes)
