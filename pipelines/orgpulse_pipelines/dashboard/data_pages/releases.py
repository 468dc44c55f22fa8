"""Publications: which there were, and which published figures each of them changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from orgpulse_pipelines.dashboard.charts import Chart, Column
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.publication.shelf import published_at

_SHOWN = 500
"""Changed figures in the table: the newest; analysts find all in ``indicators.history``."""


@dataclass(frozen=True, slots=True)
class Release:
    """A publication."""

    id: str
    day: date
    events: str
    code_version: str
    changed: str
    """How many yearly figures of the whole organisation it published first, or otherwise than before."""


def releases(connection: duckdb.DuckDBPyConnection, words: Words) -> list[Release]:
    """All publications, newest first."""
    found = connection.execute(
        """
        with changed as (
          select first_published_in as publication_id, count(*) as figures
          from indicators.history
          group by all
        )
        select publication_id, published_at::date, events, code_version, coalesce(figures, 0)
        from meta.publication_history
        left join changed using (publication_id)
        order by published_at desc
        """
    ).fetchall()
    return [
        Release(id_, day, words.number(events, 0), version, words.number(figures, 0))
        for id_, day, events, version, figures in found
    ]


def changes(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    """Yearly figures of the whole organisation that a publication changed after they had been published."""
    found = connection.execute(
        """
        with versions as (
          select
            indicator_id, period, first_published_in, version, value,
            lag(value) over figure as value_before, lag(version) over figure as version_before,
            row_number() over figure as number
          from indicators.history
          window figure as (partition by indicator_id, period order by first_published_in)
        ),
        named as (
          select indicator_id, max_by(title, version) as title, max_by(decimals, version) as decimals
          from indicators.definition
          group by indicator_id
        )
        select
          versions.first_published_in, coalesce(named.title, versions.indicator_id), versions.period,
          versions.value_before, versions.value, coalesce(named.decimals, 1),
          versions.version <> versions.version_before
        from versions
        left join named using (indicator_id)
        where versions.number > 1
        order by versions.first_published_in desc, 2, versions.period
        """
    ).fetchall()
    title = words.text("Figures that were published again otherwise")
    if not found:
        return Chart("changes", title, words.text("No published yearly figure has changed since."), (), ())
    causes = {
        True: words.text("A new version of the definition"),
        False: words.text("New or corrected events"),
    }

    def written(value: Decimal | None, decimals: int) -> str:
        return words.text("No data") if value is None else words.number(value, decimals)

    return Chart(
        "changes",
        title,
        words.text(
            "%(figures)s yearly figures of the whole organisation were published again with another value.",
            figures=words.number(len(found), 0),
        ),
        (
            Column("published", words.text("Published")),
            Column("title", words.text("Indicator")),
            Column("period", words.text("Period")),
            Column("before", words.text("Before")),
            Column("after", words.text("After")),
            Column("cause", words.text("Cause")),
        ),
        [
            (
                words.date(published_at(published).date()),
                words.text(name),
                words.period("year", period),
                written(before, decimals),
                written(after, decimals),
                causes[bool(redefined)],
            )
            for published, name, period, before, after, decimals, redefined in found[:_SHOWN]
        ],
    )
