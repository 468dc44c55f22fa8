"""ICT services: available as promised, restored in time, delivered as planned."""

import duckdb

from orgpulse_pipelines.dashboard.charts import Chart, Column
from orgpulse_pipelines.dashboard.topics.compared import reached
from orgpulse_pipelines.dashboard.topics.figures import last_day, yearly_figures
from orgpulse_pipelines.dashboard.topics.sentences import no_data
from orgpulse_pipelines.dashboard.topics.specs import columns, dots_against
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words

PRIORITIES = ("critical", "high", "medium", "low")


def ict(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Availability of services against target, incidents by month, and the initiatives."""
    return Topic(
        "ict",
        words.text("ICT services"),
        words.text("Do the services work as promised, and is the transformation delivered as planned?"),
        (
            _availability(connection, words),
            _incidents(connection, words),
            reached(
                "restored",
                yearly_figures(connection, "incidents_restored_on_time", "priority"),
                words,
                order=PRIORITIES,
            ),
            reached("initiatives", yearly_figures(connection, "initiatives_on_time", "objective"), words),
            reached("budget", yearly_figures(connection, "initiatives_on_budget", "objective"), words),
        ),
    )


def _availability(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    """Over the last twelve months of the data: a service is judged by a whole year, not by its worst day."""
    found = connection.execute(
        """
        with measured as (
          select service_id, 100 * sum(worked) / sum(worked + lost) as available,
            100 - 100 * sum(lost_allowed) / count(lost_allowed) as promised
          from marts.service_availability
          where day > $day - interval 12 months and day <= $day
          group by service_id
        )
        select
          coalesce(max_by(service.name, service.valid_from), service_id),
          any_value(available), any_value(promised)
        from measured
        left join core.dim_service as service using (service_id)
        group by service_id
        order by any_value(available - promised), 1
        """,
        {"day": last_day(connection)},
    ).fetchall()
    title = words.text("Availability of services over twelve months")
    if not found:
        return Chart("availability", title, no_data(words), (), ())
    missed = [row for row in found if row[2] is not None and row[1] < row[2]]
    summary = words.text(
        "%(missed)s of %(all)s services miss their target.",
        missed=words.number(len(missed), 0), all=words.number(len(found), 0),
    )  # fmt: skip
    if missed:
        furthest = words.text(
            "Furthest from it: %(name)s with %(value)s against %(target)s.",
            name=missed[0][0],
            value=words.percent(missed[0][1], 2),
            target=words.percent(missed[0][2], 2),
        )
        summary = f"{summary} {furthest}"
    statuses = [words.member("status", "on_target"), words.member("status", "off_target")]
    available, promised = words.text("Available (%)"), words.text("Target (%)")
    return Chart(
        "availability",
        title,
        summary,
        (
            Column("part", words.dimension("service")),
            Column("value", available, 3),
            Column("target", promised, 3),
            Column("status", words.text("Status")),
        ),
        [(*row, "" if row[2] is None else statuses[row in missed]) for row in found],
        dots_against("part", "value", "target", available),
        words.text("The axis does not begin at zero: what counts is on which side of its mark a dot lies."),
    )


def _incidents(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select strftime(opened_at, '%Y-%m') as month, priority, count(*)
        from core.fact_incident
        where opened_at < $day + interval 1 day and opened_at >= $day + interval 1 day - interval 24 months
        group by month, priority
        order by month, list_position($priorities, priority)
        """,
        {"day": last_day(connection), "priorities": list(PRIORITIES)},
    ).fetchall()
    title = words.text("Incidents by month and priority")
    if not found:
        return Chart("incidents", title, no_data(words), (), ())
    months: dict[str, int] = {}
    for month, _, count in found:
        months[month] = months.get(month, 0) + count
    worst = max(months, key=lambda month: months[month])
    summary = words.text(
        "%(all)s incidents in two years, %(critical)s of them critical; most in %(month)s with %(count)s.",
        all=words.number(sum(months.values()), 0),
        critical=words.number(sum(count for _, priority, count in found if priority == PRIORITIES[0]), 0),
        month=words.period("month", worst),
        count=words.number(months[worst], 0),
    )
    counted = words.text("Incidents")
    return Chart(
        "incidents",
        title,
        summary,
        (
            Column("period", words.text("Month")),
            Column("priority", words.dimension("priority")),
            Column("count", counted, 0),
        ),
        [
            (words.period("month", month), words.member("priority", priority), count)
            for month, priority, count in found
        ],
        columns(
            "period",
            "count",
            "priority",
            [words.member("priority", one) for one in PRIORITIES],
            ("", counted),
        ),
    )
