"""Results frameworks: are results where their plans said they would be?"""

import duckdb

from orgpulse_pipelines.dashboard.charts import Chart, Column
from orgpulse_pipelines.dashboard.topics.compared import judgement, over_years, reached
from orgpulse_pipelines.dashboard.topics.figures import last_day, yearly_figures
from orgpulse_pipelines.dashboard.topics.sentences import no_data
from orgpulse_pipelines.dashboard.topics.specs import bullets
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words

LEVELS = ("corporate", "regional", "country", "project")


def results(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Results against plan by level and region, and the corporate results one by one."""
    by_level = yearly_figures(connection, "results_on_target", "level")
    return Topic(
        "results",
        words.text("Results frameworks"),
        words.text("Are the organisation's results where its frameworks planned them to be?"),
        (
            reached("levels", by_level, words, order=LEVELS),
            over_years(
                "years", by_level, words, words.text("Results on target over the years"), order=LEVELS
            ),
            _corporate(connection, words),
            reached("regions", yearly_figures(connection, "results_on_target", "region"), words),
            reached(
                "reached", yearly_figures(connection, "result_targets_reached", "level"), words, order=LEVELS
            ),
        ),
    )


def _corporate(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    """How far each corporate result has come from its baseline to its target, and how far it should have."""
    rows = connection.execute(
        """
        with latest as (
          select *
          from marts.result_progress
          where level = 'corporate' and valid_from <= $day and $day < valid_to
        )
        select
          latest.indicator_id,
          round(100 * (latest.value - baseline) / (target - baseline))::double as come,
          round(100 * (latest.planned - baseline) / (target - baseline))::double as due,
          definition.baseline, latest.value, latest.planned, definition.target, latest.on_target
        from latest
        join core.dim_result_indicator as definition
          on definition.indicator_id = latest.indicator_id
          and definition.valid_from <= $day and $day < definition.valid_to
        where definition.target <> definition.baseline
        order by latest.on_target, come, latest.indicator_id
        """,
        {"day": last_day(connection)},
    ).fetchall()
    title = words.text("Corporate results one by one")
    if not rows:
        return Chart("corporate", title, no_data(words), (), ())
    statuses = {True: words.member("status", "on_target"), False: words.member("status", "off_target")}
    come, due = words.text("Way to the target covered (%)"), words.text("Planned by now (%)")
    summary = words.text(
        "%(on)s of %(all)s corporate results are at least where their plan has them on the last day "
        "of the data.",
        on=words.number(sum(row[-1] for row in rows), 0),
        all=words.number(len(rows), 0),
    )
    return Chart(
        "corporate",
        title,
        summary,
        (
            Column("part", words.text("Result indicator")),
            Column("value", come, 0),
            Column("target", due, 0),
            Column("baseline", words.text("Baseline"), 1),
            Column("measured", words.text("Measured"), 1),
            Column("planned", words.text("Planned"), 1),
            Column("goal", words.text("Target"), 1),
            Column("status", words.text("Status")),
        ),
        [(*row[:-1], statuses[row[-1]]) for row in rows],
        bullets("part", "value", "target", come, judgement(words)),
        words.text("From the baseline (0) to the target (100), whether the result should rise or fall."),
    )
