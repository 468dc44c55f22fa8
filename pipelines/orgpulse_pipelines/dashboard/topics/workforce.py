"""Workforce by grade and gender, from the figures that may be published about it."""

import duckdb

from orgpulse_pipelines.dashboard.charts import Cell, Chart, Column
from orgpulse_pipelines.dashboard.topics.compared import names, over_years, reached
from orgpulse_pipelines.dashboard.topics.figures import newest, yearly_figures
from orgpulse_pipelines.dashboard.topics.sentences import no_data, withheld
from orgpulse_pipelines.dashboard.topics.specs import pyramid, stacked
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.indicators.figures import Figure

GRADES = ("senior", "professional", "national_officer", "general_service", "ungraded")


def workforce(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Women and men by grade group, the share of women against its target, and staff by region."""
    women = yearly_figures(connection, "women_among_staff", "grade_group")
    return Topic(
        "workforce",
        words.text("Workforce"),
        words.text("Who works for the organisation, and are women and men equally present in every grade?"),
        (
            _pyramid(women, words),
            reached("women", women, words, order=GRADES),
            over_years(
                "women-years", women, words, words.text("Women by grade over the years"), order=GRADES
            ),
            reached("women-regions", yearly_figures(connection, "women_among_staff", "region"), words),
            _regions(connection, words),
        ),
    )


def _pyramid(figures: list[Figure], words: Words) -> Chart:
    """Women to the left, all others to the right: both sides of the published share of women."""
    title = words.text("Staff by grade and gender")
    shown = sorted(
        newest(figures), key=lambda one: GRADES.index(one.member) if one.member in GRADES else len(GRADES)
    )
    if not shown:
        return Chart("pyramid", title, no_data(words), (), ())
    sides = (words.text("Women"), words.text("Men and others"))
    name = names("grade_group", words)
    rows: list[tuple[Cell, ...]] = []
    for one in shown:
        women, staff = one.numerator, one.denominator
        hidden = one.suppressed or women is None or staff is None
        counts = (
            (None, None) if hidden or women is None or staff is None else (int(women), int(staff - women))
        )
        rows += [(name(one.member), side, count) for side, count in zip(sides, counts, strict=True)]
    known = [one for one in shown if not one.suppressed and one.numerator is not None and one.denominator]
    total = sum(int(one.denominator or 0) for one in known)
    all_women = sum(int(one.numerator or 0) for one in known)
    summary = words.text(
        "%(period)s: %(women)s women among %(staff)s staff whose figures may be shown.",
        period=words.period("year", shown[0].period),
        women=words.number(all_women, 0),
        staff=words.number(total, 0),
    )
    people = words.text("Staff")
    return Chart(
        "pyramid",
        title,
        summary,
        (
            Column("part", words.dimension("grade_group")),
            Column("side", words.dimension("gender")),
            Column("people", people, 0),
        ),
        rows,
        pyramid("part", "people", "side", sides, ("", people)),
        withheld(shown, words),
    )


def _regions(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select period_start, region, member, people, suppression
        from marts.workforce
        where breakdown = 'grade_group' and region <> 'all'
        qualify period_start = max(period_start) over ()
        order by region, list_position($grades, member)
        """,
        {"grades": list(GRADES)},
    ).fetchall()
    title = words.text("Staff by region and grade")
    if not found:
        return Chart("regions", title, no_data(words), (), ())
    hidden = [row for row in found if row[4] != "none"]
    shown = [row for row in found if row[3] is not None]
    note = words.text(
        "Withheld, because they count few people or would reveal such a figure: %(count)s.",
        count=", ".join(sorted({words.member("region", row[1]) for row in hidden})),
    )
    summary = words.text(
        "%(period)s: %(staff)s staff in the regions whose figures may be shown.",
        period=words.period("year", str(found[0][0].year)),
        staff=words.number(sum(row[3] for row in shown), 0),
    )
    people = words.text("Staff")
    grades = [words.member("grade_group", one) for one in GRADES if any(row[2] == one for row in found)]
    return Chart(
        "regions",
        title,
        summary,
        (
            Column("part", words.dimension("region")),
            Column("grade", words.dimension("grade_group")),
            Column("people", people, 0),
            Column("reason", words.text("Withheld")),
        ),
        [
            (
                words.member("region", region),
                words.member("grade_group", grade),
                staff,
                "" if suppression == "none" else words.text("withheld (small numbers)"),
            )
            for _, region, grade, staff, suppression in found
        ],
        stacked("part", "people", "grade", grades, ("", people)),
        note if hidden else "",
    )
