"""Freshness and completeness by source system."""

import duckdb

from orgpulse_pipelines.dashboard.charts import Chart, Column
from orgpulse_pipelines.dashboard.topics.sentences import no_data
from orgpulse_pipelines.dashboard.topics.specs import dots_against, stacked
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words

_STATUSES = ("usual", "silent", "unknown")


def sources(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Whether systems still send as they used to, whether all they sent is here, and where it stayed."""
    return Topic(
        "index",
        words.text("Freshness and completeness"),
        words.text("Do all source systems still send, and has everything arrived that they say they sent?"),
        (_freshness(connection, words), _completeness(connection, words), _reconciliation(connection, words)),
    )


def _freshness(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select system, status, count(*), max(newest_day), min(silent_days)
        from marts.source_freshness
        group by system, status
        order by system, list_position($statuses, status)
        """,
        {"statuses": list(_STATUSES)},
    ).fetchall()
    title = words.text("Types of events by whether they still arrive")
    if not found:
        return Chart("freshness", title, no_data(words), (), ())
    silent = sum(count for _, status, count, _, _ in found if status == "silent")
    quiet = sorted({words.member("system", row[0]) for row in found if row[1] == "silent"})
    summary = words.text(
        "%(systems)s source systems send %(types)s types of events; %(silent)s types have been "
        "silent for longer than usual.",
        systems=words.number(len({row[0] for row in found}), 0),
        types=words.number(sum(row[2] for row in found), 0),
        silent=words.number(silent, 0),
    )
    if quiet:
        belong = words.text("They belong to: %(systems)s.", systems=", ".join(quiet))
        summary = f"{summary} {belong}"
    types = words.text("Types of events")
    return Chart(
        "freshness",
        title,
        summary,
        (
            Column("part", words.dimension("system")),
            Column("status", words.text("Status")),
            Column("types", types, 0),
            Column("newest", words.text("Newest event")),
            Column("silent", words.text("Days since"), 0),
        ),
        [
            (words.member("system", system), words.member("freshness", status), count, newest, days)
            for system, status, count, newest, days in found
        ],
        stacked(
            "part", "types", "status", [words.member("freshness", one) for one in _STATUSES], ("", types)
        ),
    )


def _completeness(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select
          system,
          (100 * (sum(reported) - sum(missing)) / nullif(sum(reported), 0))::double as here, 100 as target,
          sum(reported)::bigint, sum(missing)::bigint, sum(extra)::bigint,
          sum(kept)::bigint, sum(duplicates)::bigint, sum(rejected)::bigint, sum(unreported_days)::bigint
        from marts.completeness
        group by system
        order by here nulls last, system
        """
    ).fetchall()
    title = words.text("Events that arrived, of those that the systems say they sent")
    if not found:
        return Chart("completeness", title, no_data(words), (), ())
    lacking = [row for row in found if row[4]]
    summary = words.text(
        "%(missing)s of %(reported)s reported events are missing, from %(systems)s source systems.",
        missing=words.number(sum(row[4] for row in lacking), 0),
        reported=words.number(sum(row[3] or 0 for row in found), 0),
        systems=words.number(len(lacking), 0),
    )
    here = words.text("Arrived (%)")
    return Chart(
        "completeness",
        title,
        summary,
        (
            Column("part", words.dimension("system")),
            Column("value", here, 2),
            Column("target", words.text("Target (%)"), 0),
            Column("reported", words.text("Reported"), 0),
            Column("missing", words.text("Missing"), 0),
            Column("extra", words.text("Beyond what was reported"), 0),
            Column("kept", words.text("Here"), 0),
            Column("duplicates", words.text("Repeated"), 0),
            Column("rejected", words.text("Rejected"), 0),
            Column("unreported", words.text("Days without a report"), 0),
        ),
        [(words.member("system", row[0]), *row[1:]) for row in found],
        dots_against("part", "value", "target", here),
        words.text("Systems count their own events; only days that a system has counted are compared."),
    )


def _reconciliation(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select family, published, rejected, landed, kept, duplicates, quarantined, waiting, unaccounted
        from meta.reconciliation
        order by family
        """
    ).fetchall()
    title = words.text("Where every record stayed, by family of topics")
    if not found:
        return Chart("reconciliation", title, no_data(words), (), ())
    lost = sum(row[8] or 0 for row in found)
    summary = words.text(
        "Of %(published)s records, %(kept)s are kept as events and %(lost)s are unaccounted for.",
        published=words.number(sum(row[1] or 0 for row in found), 0),
        kept=words.number(sum(row[4] or 0 for row in found), 0),
        lost=words.number(lost, 0),
    )
    return Chart(
        "reconciliation",
        title,
        summary,
        (
            Column("part", words.dimension("family")),
            Column("published", words.text("Published"), 0),
            Column("rejected", words.text("Rejected"), 0),
            Column("landed", words.text("Landed"), 0),
            Column("kept", words.text("Kept"), 0),
            Column("duplicates", words.text("Repeated"), 0),
            Column("quarantined", words.text("Unreadable"), 0),
            Column("waiting", words.text("On their way"), 0),
            Column("unaccounted", words.text("Unaccounted for"), 0),
        ),
        [(words.member("family", row[0]), *row[1:9]) for row in found],
    )
