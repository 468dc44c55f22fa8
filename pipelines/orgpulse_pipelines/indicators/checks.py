"""Blocking checks on the figures: what must hold before they are published, whatever code wrote them."""

from typing import Final

import duckdb

from orgpulse_pipelines.modelling.checks import CheckOutcome
from orgpulse_pipelines.modelling.model import Check
from orgpulse_pipelines.warehouse.failures import sql_errors

CHECKS: Final = (
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


def run_indicator_checks(connection: duckdb.DuckDBPyConnection) -> tuple[CheckOutcome, ...]:
    """The outcome of every check on ``indicators.value``; raises :class:`ModelBuildError` if one fails."""
    outcomes: list[CheckOutcome] = []
    for check in CHECKS:
        with sql_errors(f"check {check.name} of indicators.value"):
            row = connection.execute(f"select count(*) from ({check.sql})").fetchone()  # noqa: S608
        outcomes.append(CheckOutcome(check, int(row[0]) if row else 0))
    return tuple(outcomes)
