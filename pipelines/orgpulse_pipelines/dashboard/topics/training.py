"""Coverage of mandatory training: which course reaches whom."""

import duckdb

from orgpulse_pipelines.dashboard.charts import Cell, Chart, Column
from orgpulse_pipelines.dashboard.topics.compared import judged, names
from orgpulse_pipelines.dashboard.topics.figures import newest, yearly_figures
from orgpulse_pipelines.dashboard.topics.sentences import no_data, withheld
from orgpulse_pipelines.dashboard.topics.specs import matrix
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.indicators.figures import Figure

COVERAGE = (
    "ethics_e_learning_coverage",
    "fraud_prevention_coverage",
    "psea_training_coverage",
    "respectful_workplace_coverage",
    "psea_partner_training_coverage",
)
"""Indicators of the share of people who hold a valid training."""


def training(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Matrices of course by region, grade group and gender."""
    titles = {
        "region": words.text("Training coverage by region"),
        "grade_group": words.text("Training coverage by grade"),
        "gender": words.text("Training coverage by gender"),
    }
    return Topic(
        "training",
        words.text("Training coverage"),
        words.text("Has everyone had the training that everyone must have?"),
        tuple(_matrix(connection, dimension, title, words) for dimension, title in titles.items()),
    )


def _matrix(connection: duckdb.DuckDBPyConnection, dimension: str, title: str, words: Words) -> Chart:
    shown: list[Figure] = []
    for indicator in COVERAGE:
        shown += newest(yearly_figures(connection, indicator, dimension))
    id_ = f"by-{dimension.replace('_', '-')}"
    if not shown:
        return Chart(id_, title, no_data(words), (), ())
    name = names(dimension, words)
    rows: list[tuple[Cell, ...]] = [
        (
            words.text(one.title),
            name(one.member),
            None if one.suppressed or one.value is None else float(one.value),
            one.target,
            words.period("year", one.period),
            judged(one, words),
        )
        for one in shown
    ]
    course, coverage = words.text("Training"), words.text("Covered (%)")
    return Chart(
        id_,
        title,
        _summary(shown, dimension, words),
        (
            Column("course", course),
            Column("part", words.dimension(dimension)),
            Column("value", coverage, 1),
            Column("target", words.text("Target (%)"), 0),
            Column("period", words.text("Period")),
            Column("status", words.text("Status")),
        ),
        rows,
        matrix("part", "course", "value", ("", "", coverage), share=True),
        withheld(shown, words),
    )


def _summary(figures: list[Figure], dimension: str, words: Words) -> str:
    judged_ones = [one for one in figures if one.value is not None and one.target is not None]
    known = [one for one in figures if one.value is not None and not one.suppressed]
    if not known:
        return no_data(words)
    reached = sum(one.status == "on_target" for one in judged_ones)
    text = words.text(
        "%(reached)s of %(all)s figures reach their target.",
        reached=words.number(reached, 0), all=words.number(len(judged_ones), 0),
    )  # fmt: skip
    low = min(known, key=lambda one: one.value or 0)
    lowest = words.text(
        "Lowest: %(title)s, %(name)s, with %(value)s.",
        title=words.text(low.title),
        name=words.member(dimension, low.member),
        value=words.percent(low.value or 0, low.decimals),
    )
    return f"{text} {lowest}"
