"""Indicators, one indicator, and an explanation as text and tables in the terminal."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from orgpulse_pipelines.frameworks.shown import served_text
from orgpulse_pipelines.indicators.explain import ExplainedMeasure, Explanation, SourceRow
from orgpulse_pipelines.indicators.figures import Figure
from orgpulse_pipelines.indicators.wording import (
    amount_text,
    status_text,
    suppressed_text,
    target_text,
    trend_text,
    value_text,
)


def catalogue_table(definitions: Iterable[dict[str, Any]]) -> Table:
    """The indicators that there are."""
    table = Table(expand=True, box=SIMPLE_HEAD)
    for heading in ("ID", "Pillar", "System", "Title", "Unit", "Better", "Version"):
        table.add_column(heading, no_wrap=heading in ("ID", "System"))
    for one in definitions:
        table.add_row(
            one["id"],
            one["pillar"],
            one["system"],
            one["title"],
            one["unit"],
            one["direction"],
            str(one["version"]),
        )
    return table


def definition_text(definition: dict[str, Any]) -> Iterator[RenderableType]:
    """What a definition states, and which items of frameworks it serves, one line a fact."""
    yield Text(f"{definition['title']} ({definition['id']}, version {definition['version']})", style="bold")
    yield definition["definition"]
    facts = Table.grid(padding=(0, 2))
    for label, name in (
        ("Formula", "formula"), ("Unit", "unit"), ("Better", "direction"), ("Since", "effective_from"),
        ("Owner", "owner"), ("Standard", "standard"), ("Target set by", "target_source"),
        ("Limitations", "limitations"),
    ):  # fmt: skip
        facts.add_row(Text(label, style="dim"), str(definition[name]))
    facts.add_row(Text("Events", style="dim"), ", ".join(definition["events"]))
    facts.add_row(Text("Serves", style="dim"), served_text(definition["frameworks"]))
    yield facts


def figures_table(figures: Iterable[Figure]) -> Table:
    """Figures of an indicator, one line each."""
    table = Table(expand=True, box=SIMPLE_HEAD)
    table.add_column("Period", no_wrap=True)
    table.add_column("Of", ratio=1, min_width=12)
    for heading in ("Value", "Target"):
        table.add_column(heading, justify="right")
    for heading in ("Status", "Trend"):
        table.add_column(heading, no_wrap=True)
    for figure in figures:
        table.add_row(
            figure.period,
            "whole organisation" if figure.dimension == "organisation" else figure.member,
            value_text(figure),
            target_text(figure),
            Text.from_markup(status_text(figure)),
            Text.from_markup(trend_text(figure)),
        )
    return table


def explanation_text(explanation: Explanation) -> Iterator[RenderableType]:
    """From the figure to the events, top to bottom."""
    figure = explanation.figure
    place = "whole organisation" if figure.dimension == "organisation" else figure.member
    yield Text(f"{figure.title}, {figure.period}, {place}: {value_text(figure)}", style="bold")
    yield explanation.definition
    yield Text(
        f"By version {figure.version} of the definition, in force since {explanation.effective_from}; "
        f"publication {figure.publication_id or 'unknown'}.",
        style="dim",
    )
    yield f"Formula: {explanation.formula}"
    if figure.suppressed:
        yield f"The figure is {suppressed_text(figure)}: neither its parts nor its events are shown."
    for measure in explanation.measures:
        yield from _measure_text(measure)
    yield Text(f"Limitations: {explanation.limitations}", style="dim")


def _measure_text(measure: ExplainedMeasure) -> Iterator[RenderableType]:
    total = "nothing" if measure.value is None else amount_text(measure.value, "", 2).replace(".00", "")
    rows = "people" if measure.rows is None else f"{measure.rows:,} rows"
    yield Text(f"\n{measure.name.capitalize()}: {total}, from {rows}", style="bold")
    for one in measure.contracts:
        source = f"{one.contract} on {one.topic}" if one.contract else "no event on record"
        count = "" if one.rows is None else f"{one.rows:,} rows from {one.events:,} events of "
        yield f"  {count}{source}"
    if measure.sample:
        which = (
            "Examples, each for one figure only"
            if measure.people
            else f"The newest {len(measure.sample)} of them"
        )
        yield Text(f"  {which}:", style="dim")
    for row in measure.sample:
        yield from _row_text(row)


def _row_text(row: SourceRow) -> Iterator[RenderableType]:
    value = "no value" if row.value is None else f"{row.value:,f}".rstrip("0").rstrip(".")
    day = f"{row.occurred_at:%Y-%m-%d}" if row.occurred_at else "undated"
    yield f"  {row.event_id or 'no event'}  {day}  {value}"
    if row.topic:
        yield Text(f"    {row.topic}/{row.partition}/{row.offset} from {row.origin}", style="dim")
