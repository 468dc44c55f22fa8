"""Evaluation recommendations: what is still open, for how long, and whose time is over."""

from itertools import groupby

import duckdb

from orgpulse_pipelines.dashboard.charts import Cell, Chart, Column
from orgpulse_pipelines.dashboard.topics.compared import over_years, reached
from orgpulse_pipelines.dashboard.topics.figures import last_day, yearly_figures
from orgpulse_pipelines.dashboard.topics.sentences import no_data
from orgpulse_pipelines.dashboard.topics.specs import columns, stacked
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words

AGES = ("up_to_6_months", "6_to_12_months", "over_12_months")


def recommendations(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Open recommendations by age now and at the end of each quarter, and how each theme keeps its dates."""
    return Topic(
        "recommendations",
        words.text("Evaluation recommendations"),
        words.text("Does the organisation act in time on what its evaluations recommend?"),
        (
            _by_age(connection, words),
            _by_quarter(connection, words),
            reached("overdue", yearly_figures(connection, "recommendations_overdue", "theme"), words),
            reached("implemented", yearly_figures(connection, "recommendations_implemented", "theme"), words),
            over_years(
                "open-age",
                yearly_figures(connection, "recommendations_open_age", "organisation"),
                words,
                words.text("Median age of open recommendations"),
            ),
        ),
    )


def _by_age(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select recommendation_age, overdue, count(*)
        from marts.open_recommendations
        where valid_from <= $day and $day < valid_to
        group by recommendation_age, overdue
        order by list_position($ages, recommendation_age), overdue
        """,
        {"day": last_day(connection), "ages": list(AGES)},
    ).fetchall()
    title = words.text("Open recommendations by age")
    if not found:
        return Chart("age", title, no_data(words), (), ())
    parts = (words.text("In time"), words.text("Overdue"))
    late = sum(count for _, overdue, count in found if overdue)
    summary = words.text(
        "%(open)s recommendations are open; %(late)s of them are overdue, and %(old)s are older than a year.",
        open=words.number(sum(row[2] for row in found), 0),
        late=words.number(late, 0),
        old=words.number(sum(count for age, _, count in found if age == AGES[-1]), 0),
    )
    counted = words.text("Recommendations")
    age = words.dimension("recommendation_age")
    return Chart(
        "age",
        title,
        summary,
        (Column("part", age), Column("state", words.text("State")), Column("count", counted, 0)),
        [(words.member("recommendation_age", one), parts[overdue], count) for one, overdue, count in found],
        stacked("part", "count", "state", parts, ("", counted)),
    )


def _by_quarter(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select period.label, open.recommendation_age, count(*)
        from core.dim_period as period
        join marts.open_recommendations as open
          on open.valid_from <= period.period_end and period.period_end < open.valid_to
        where period.grain = 'quarter' and period.period_end <= $day
        group by period.label, open.recommendation_age
        order by period.label, list_position($ages, open.recommendation_age)
        """,
        {"day": last_day(connection), "ages": list(AGES)},
    ).fetchall()
    title = words.text("Open recommendations at the end of each quarter")
    if not found:
        return Chart("quarters", title, no_data(words), (), ())
    rows: list[tuple[Cell, ...]] = [
        (words.period("quarter", label), words.member("recommendation_age", age), count)
        for label, age, count in found
    ]
    totals = [
        (label, sum(row[2] for row in group)) for label, group in groupby(found, key=lambda row: row[0])
    ]
    summary = words.text(
        "From %(before)s at the end of %(first)s to %(now)s at the end of %(last)s.",
        before=words.number(totals[0][1], 0), first=words.period("quarter", totals[0][0]),
        now=words.number(totals[-1][1], 0), last=words.period("quarter", totals[-1][0]),
    )  # fmt: skip
    counted = words.text("Recommendations")
    return Chart(
        "quarters",
        title,
        summary,
        (
            Column("period", words.text("Quarter")),
            Column("age", words.dimension("recommendation_age")),
            Column("count", counted, 0),
        ),
        rows,
        columns(
            "period", "count", "age", [words.member("recommendation_age", age) for age in AGES], ("", counted)
        ),
    )
