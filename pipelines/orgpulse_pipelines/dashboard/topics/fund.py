"""The development fund: where its projects are, and whether every region has its part."""

import duckdb

from orgpulse_pipelines.dashboard.charts import Cell, Chart, Column
from orgpulse_pipelines.dashboard.maps import choropleth, disclaimer
from orgpulse_pipelines.dashboard.topics.compared import over_years, reached
from orgpulse_pipelines.dashboard.topics.figures import last_day, yearly_figures
from orgpulse_pipelines.dashboard.topics.sentences import no_data
from orgpulse_pipelines.dashboard.topics.specs import grouped
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words


def fund(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Projects by country and region against eligible states, and the budget against its goal."""
    return Topic(
        "fund",
        words.text("Development fund"),
        words.text("Does seed funding reach eligible Member States in every region?"),
        (
            _countries(connection, words),
            _shares(connection, words),
            over_years(
                "budget",
                yearly_figures(connection, "development_fund_budget", "organisation"),
                words,
                words.text("Budget of the fund against its goal"),
            ),
            reached(
                "balance",
                yearly_figures(connection, "development_fund_regional_balance", "state_region"),
                words,
            ),
            reached(
                "approval",
                yearly_figures(connection, "development_fund_approval_rate", "state_region"),
                words,
            ),
        ),
    )


def _countries(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    """Every country with projects or on the newest list of eligible states."""
    found = connection.execute(
        """
        with served as (
          select country, count(*) as projects
          from core.fact_fund_project
          where started_on <= $day
          group by country
        ),
        listed as (
          select country, eligible
          from core.fact_eligibility
          where year = (select max(year) from core.fact_eligibility where year <= year($day))
        )
        select coalesce(served.country, listed.country), coalesce(projects, 0), coalesce(eligible, false)
        from served
        full join listed on listed.country = served.country
        where projects > 0 or eligible
        order by 2 desc, 1
        """,
        {"day": last_day(connection)},
    ).fetchall()
    title = words.text("Projects of the fund by country")
    if not found:
        return Chart("countries", title, no_data(words), (), ())
    served = [row for row in found if row[1]]
    answers = {True: words.text("Yes"), False: words.text("No")}
    summary = words.text(
        "%(projects)s projects in %(countries)s countries; %(bare)s eligible states have had none.",
        projects=words.number(sum(row[1] for row in served), 0),
        countries=words.number(len(served), 0),
        bare=words.number(sum(eligible and not count for _, count, eligible in found), 0),
    )
    country, projects = words.dimension("country"), words.text("Projects")
    return Chart(
        "countries",
        title,
        summary,
        (
            Column("part", country),
            Column("code", words.text("ISO code")),
            Column("projects", projects, 0),
            Column("eligible", words.text("Eligible now")),
        ),
        [(words.country(code), code, count, answers[eligible]) for code, count, eligible in found],
        choropleth("projects", projects, country),
        disclaimer(words),
    )


def _shares(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    """Each region's share of the projects beside its share of the eligible states, over the same years."""
    found = connection.execute(
        """
        with listed as (
          select region, count(*) filter (eligible and year = newest) as states
          from (select *, max(year) over () as newest from core.fact_eligibility where year <= year($day))
          group by region
        ),
        served as (
          select state.region, count(*) as projects
          from core.fact_fund_project as project
          join core.dim_member_state as state using (country)
          where project.started_on <= $day
          group by state.region
        )
        select
          region, coalesce(projects, 0), coalesce(states, 0),
          (100 * coalesce(projects, 0) / sum(projects) over ())::double,
          (100 * coalesce(states, 0) / nullif(sum(states) over (), 0))::double
        from listed
        full join served using (region)
        order by region
        """,
        {"day": last_day(connection)},
    ).fetchall()
    title = words.text("Share of projects and share of eligible states by region")
    if not found or all(row[3] is None or row[4] is None for row in found):
        return Chart("shares", title, no_data(words), (), ())
    parts = (words.text("Share of projects"), words.text("Share of eligible states"))
    rows: list[tuple[Cell, ...]] = []
    for region, projects, states, of_projects, of_states in found:
        name = words.member("region", region)
        rows += [(name, parts[0], of_projects, projects), (name, parts[1], of_states, states)]
    behind = min(found, key=lambda row: (row[3] or 0) - (row[4] or 0))
    summary = words.text(
        "Furthest behind its part: %(region)s with %(projects)s of the projects and %(states)s of "
        "the eligible states.",
        region=words.member("region", behind[0]),
        projects=words.percent(behind[3] or 0, 0),
        states=words.percent(behind[4] or 0, 0),
    )
    share = words.text("Share (%)")
    return Chart(
        "shares",
        title,
        summary,
        (
            Column("part", words.dimension("region")),
            Column("of", words.text("Of")),
            Column("share", share, 1),
            Column("count", words.text("Number"), 0),
        ),
        rows,
        grouped("part", "share", "of", parts, ("", share)),
    )
