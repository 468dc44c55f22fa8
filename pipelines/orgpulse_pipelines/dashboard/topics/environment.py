"""The environmental footprint: how much, from what, and for each person."""

import duckdb

from orgpulse_pipelines.dashboard.charts import Cell, Chart, Column
from orgpulse_pipelines.dashboard.topics.compared import over_years, reached
from orgpulse_pipelines.dashboard.topics.figures import yearly_figures
from orgpulse_pipelines.dashboard.topics.sentences import highest_and_lowest, no_data
from orgpulse_pipelines.dashboard.topics.specs import columns, stacked
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words


def environment(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Emissions by scope and by source, the footprint of a person, and the waste that is diverted."""
    return Topic(
        "environment",
        words.text("Environmental footprint"),
        words.text("How much does the organisation emit and use, and is it becoming less?"),
        (
            _by_scope(connection, words),
            _by_source(connection, words),
            reached("per-person", yearly_figures(connection, "ghg_per_person", "region"), words),
            reached("water", yearly_figures(connection, "water_per_person", "region"), words),
            reached("waste", yearly_figures(connection, "waste_diverted_share", "stream"), words),
            over_years(
                "renewable",
                yearly_figures(connection, "renewable_electricity_share", "organisation"),
                words,
                words.text("Electricity from renewable sources"),
            ),
        ),
    )


def _by_scope(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select year, coalesce(scope, 'unknown') as scope, sum(greenhouse_gas)::double as emitted
        from marts.emissions
        group by all
        order by year, scope
        """
    ).fetchall()
    title = words.text("Greenhouse gas emissions by scope")
    if not found:
        return Chart("scopes", title, no_data(words), (), ())
    scopes = sorted({row[1] for row in found})
    totals: dict[int, float] = {}
    for year, _, emitted in found:
        totals[year] = totals.get(year, 0) + emitted
    first, last = min(totals), max(totals)
    unit = words.text("tCO2e")
    summary = words.text(
        "From %(before)s tCO2e in %(first)s to %(now)s tCO2e in %(last)s.",
        before=words.number(totals[first], 0), first=words.period("year", str(first)),
        now=words.number(totals[last], 0), last=words.period("year", str(last)),
    )  # fmt: skip
    return Chart(
        "scopes",
        title,
        summary,
        (
            Column("period", words.text("Period")),
            Column("scope", words.dimension("scope")),
            Column("emitted", unit, 1),
        ),
        [
            (words.period("year", str(year)), words.member("scope", scope), emitted)
            for year, scope, emitted in found
        ],
        columns("period", "emitted", "scope", [words.member("scope", one) for one in scopes], ("", unit)),
        words.text("Facilities that reported only a total count as of unknown scope."),
    )


def _by_source(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select source, scope, sum(greenhouse_gas)::double as emitted, any_value(year) as year
        from marts.emissions
        where source is not null and year = (select max(year) from marts.emissions where source is not null)
        group by all
        order by emitted desc, source
        """
    ).fetchall()
    title = words.text("Greenhouse gas emissions by source")
    if not found:
        return Chart("sources", title, no_data(words), (), ())
    unit = words.text("tCO2e")
    rows: list[tuple[Cell, ...]] = [
        (words.member("source", source), words.member("scope", scope), emitted)
        for source, scope, emitted, _ in found
    ]
    ranked = [(words.member("source", row[0]), f"{words.number(row[2], 0)} {unit}", row[2]) for row in found]
    scopes = sorted({words.member("scope", row[1]) for row in found})
    return Chart(
        "sources",
        title,
        highest_and_lowest(ranked, words, words.period("year", str(found[0][3]))),
        (
            Column("part", words.dimension("source")),
            Column("scope", words.dimension("scope")),
            Column("emitted", unit, 1),
        ),
        rows,
        stacked("part", "emitted", "scope", scopes, ("", unit)),
    )
