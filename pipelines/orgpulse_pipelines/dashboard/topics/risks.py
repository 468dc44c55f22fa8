"""Risks: how grave the open ones are, and whether their mitigation is current."""

import duckdb

from orgpulse_pipelines.dashboard.charts import Chart, Column
from orgpulse_pipelines.dashboard.topics.compared import reached
from orgpulse_pipelines.dashboard.topics.figures import last_day, yearly_figures
from orgpulse_pipelines.dashboard.topics.sentences import no_data
from orgpulse_pipelines.dashboard.topics.specs import matrix, stacked
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words

LEVELS = ("critical", "high", "medium", "low")


def risks(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Open risks by level, category and mitigation, and the share mitigated against its target."""
    return Topic(
        "risks",
        words.text("Risks"),
        words.text("Which risks stand open, and is something current done about them?"),
        (
            _by_level(connection, words),
            _by_category(connection, words),
            reached("mitigated", yearly_figures(connection, "risks_mitigated", "risk_category"), words),
            reached("mitigated-regions", yearly_figures(connection, "risks_mitigated", "region"), words),
        ),
    )


def _by_level(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select level, mitigated, count(*)
        from core.fact_risk
        where valid_from <= $day and $day < valid_to
        group by level, mitigated
        order by list_position($levels, level), mitigated desc
        """,
        {"day": last_day(connection), "levels": list(LEVELS)},
    ).fetchall()
    title = words.text("Open risks by level and mitigation")
    if not found:
        return Chart("levels", title, no_data(words), (), ())
    parts = (words.text("Mitigation current"), words.text("No current mitigation"))
    grave = [row for row in found if row[0] in LEVELS[:2]]
    summary = words.text(
        "%(all)s risks are open; of the %(grave)s critical and high ones, %(bare)s have no current "
        "mitigation.",
        all=words.number(sum(row[2] for row in found), 0),
        grave=words.number(sum(row[2] for row in grave), 0),
        bare=words.number(sum(row[2] for row in grave if not row[1]), 0),
    )
    counted = words.text("Risks")
    return Chart(
        "levels",
        title,
        summary,
        (
            Column("part", words.dimension("risk_level")),
            Column("state", words.text("Mitigation")),
            Column("count", counted, 0),
        ),
        [(words.member("risk_level", level), parts[0 if done else 1], count) for level, done, count in found],
        stacked("part", "count", "state", parts, ("", counted)),
    )


def _by_category(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select category, level, count(*) as risks, count(*) filter (not mitigated) as bare
        from core.fact_risk
        where valid_from <= $day and $day < valid_to
        group by category, level
        order by category, list_position($levels, level)
        """,
        {"day": last_day(connection), "levels": list(LEVELS)},
    ).fetchall()
    title = words.text("Risks without current mitigation, by category and level")
    if not found:
        return Chart("categories", title, no_data(words), (), ())
    most = max(found, key=lambda row: row[3])
    summary = words.text(
        "Most risks without current mitigation: %(category)s, %(level)s, with %(count)s of %(all)s.",
        category=words.member("risk_category", most[0]),
        level=words.member("risk_level", most[1]),
        count=words.number(most[3], 0),
        all=words.number(most[2], 0),
    )
    bare = words.text("Without mitigation")
    return Chart(
        "categories",
        title,
        summary,
        (
            Column("category", words.dimension("risk_category")),
            Column("level", words.dimension("risk_level")),
            Column("count", bare, 0),
            Column("risks", words.text("Risks"), 0),
        ),
        [
            (words.member("risk_category", category), words.member("risk_level", level), count, all_risks)
            for category, level, all_risks, count in found
        ],
        matrix("level", "category", "count", ("", "", bare)),
    )
