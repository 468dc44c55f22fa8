"""Rejected events by reason: what was refused, from whom, and who can mend it."""

import duckdb

from orgpulse_pipelines.dashboard.charts import Chart, Column
from orgpulse_pipelines.dashboard.topics.sentences import no_data
from orgpulse_pipelines.dashboard.topics.specs import bullets, matrix
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_schemas.reasons import MEANINGS, Reason


def rejected(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """How many records were refused, for which reason, from which source system, and what reasons mean."""
    return Topic(
        "rejected",
        words.text("Rejected events"),
        words.text("Which events were refused, why, and who can mend them?"),
        (_by_reason(connection, words), _by_system(connection, words), _meanings(words)),
    )


def _by_reason(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        with counted as (
          select reason, sum(rejected)::bigint as records
          from meta.rejections
          group by reason
        )
        select reason, records, (100 * records / sum(records) over ())::double
        from counted
        where records > 0
        order by records desc, reason
        """
    ).fetchall()
    title = words.text("Rejected records by reason")
    if not found:
        return Chart("reasons", title, words.text("No record was rejected."), (), ())
    summary = words.text(
        "%(all)s records were rejected; most often: %(reason)s, %(count)s.",
        all=words.number(sum(row[1] for row in found), 0),
        reason=words.member("reason", found[0][0]),
        count=words.number(found[0][1], 0),
    )
    records = words.text("Records")
    return Chart(
        "reasons",
        title,
        summary,
        (
            Column("part", words.dimension("reason")),
            Column("records", records, 0),
            Column("share", words.text("Share (%)"), 1),
        ),
        [(words.member("reason", row[0]), row[1], row[2]) for row in found],
        bullets("part", "records", "", records),
        words.text(
            "A rejected record is kept encrypted; nothing of its content is shown, only code and count."
        ),
    )


def _by_system(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select system, reason, count(*)
        from core.rejected_event
        group by all
        order by system, reason
        """
    ).fetchall()
    title = words.text("Rejected records by source system and reason")
    if not found:
        return Chart("systems", title, no_data(words), (), ())
    totals: dict[str, int] = {}
    for system, _, count in found:
        totals[system] = totals.get(system, 0) + count
    most = max(totals, key=lambda system: totals[system])
    summary = words.text(
        "Most rejected records come from: %(system)s, %(count)s.",
        system=words.member("system", most),
        count=words.number(totals[most], 0),
    )
    records = words.text("Records")
    return Chart(
        "systems",
        title,
        summary,
        (
            Column("system", words.dimension("system")),
            Column("reason", words.dimension("reason")),
            Column("records", records, 0),
        ),
        [
            (words.member("system", system), words.member("reason", reason), count)
            for system, reason, count in found
        ],
        matrix("reason", "system", "records", ("", "", records)),
    )


def _meanings(words: Words) -> Chart:
    answers = {True: words.text("Yes"), False: words.text("No")}
    rows = [
        (
            words.member("reason", reason.value),
            words.text(MEANINGS[reason].meaning),
            words.text(MEANINGS[reason].mended_by),
            answers[MEANINGS[reason].replay_helps],
        )
        for reason in Reason
    ]
    return Chart(
        "meanings",
        words.text("What the reasons mean"),
        words.text("Each refusal names one of these reasons."),
        (
            Column("reason", words.dimension("reason")),
            Column("meaning", words.text("Meaning")),
            Column("mended", words.text("Mended by")),
            Column("replay", words.text("Replay can help")),
        ),
        rows,
    )
