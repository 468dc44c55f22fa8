"""The page of an indicator: its charts, what it means, and what was published when."""

from dataclasses import dataclass
from typing import Any

from orgpulse_pipelines.dashboard.cards import amount, card
from orgpulse_pipelines.dashboard.charts import DATA, Chart, Column, Spec
from orgpulse_pipelines.dashboard.maps import choropleth, disclaimer
from orgpulse_pipelines.dashboard.read import Content, Indicator
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.publication.shelf import published_at


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what it stands for."""

    name: str
    text: str


def indicator_page(indicator: Indicator, content: Content, words: Words) -> dict[str, Any]:
    """What fills ``indicator.html``; the browser fills the charts from the file of the indicator."""
    charts = [_trend(indicator, words)]
    if indicator.places or indicator.dimensions:
        charts.append(_parts(indicator, words))
    if "office" in indicator.places:
        charts.append(_map(indicator, words))
    return {
        "indicator": indicator,
        "lead": words.text(indicator.definition),
        "card_of": card(indicator, content, words, ""),
        "charts": charts,
        "part_specs": part_specs(indicator, words),
        "facts": _facts(indicator, content, words),
        "history": _history(indicator, content, words),
    }


def _columns(first: str, indicator: Indicator, words: Words) -> tuple[Column, ...]:
    return (
        Column("part", first),
        Column("value", words.text("Value"), indicator.decimals),
        Column("target", words.text("Target"), indicator.decimals),
        Column("status", words.text("Status")),
    )


def _trend(indicator: Indicator, words: Words) -> Chart:
    columns = _columns(words.text("Period"), indicator, words)
    unit = words.text(indicator.unit) if indicator.unit else ""
    # A day has no time zone: read and written as UTC it is the same day west of Greenwich.
    time = {"field": "start", "type": "temporal", "title": None, "scale": {"type": "utc"}}
    value = {"field": "value", "type": "quantitative", "title": unit, "scale": {"zero": False}}
    tooltip = [
        {"field": "period", "title": words.text("Period")},
        {"field": "value", "type": "quantitative", "format": f",.{indicator.decimals}f", "title": unit},
        {"field": "status", "title": words.text("Status")},
    ]
    spec: Spec = {
        "data": DATA,
        "height": 260,
        "encoding": {"x": time},
        "layer": [
            {
                "mark": {
                    "type": "line",
                    "strokeDash": [6, 4],
                    "color": "#8a8f96",
                    "interpolate": "step-after",
                },
                "encoding": {"y": {"field": "target", "type": "quantitative"}},
            },
            {
                "mark": {"type": "line", "strokeDash": [2, 3], "color": "#8a8f96"},
                "encoding": {"y": {"field": "baseline", "type": "quantitative"}},
            },
            {"mark": {"type": "line", "invalid": "break-paths-show-domains"}, "encoding": {"y": value}},
            {
                "mark": {"type": "point", "size": 45, "invalid": "filter"},
                "encoding": {
                    "y": {"field": "value", "type": "quantitative"},
                    "tooltip": tooltip,
                    "size": {"condition": {"test": "datum.chosen", "value": 160}, "value": 40},
                },
            },
        ],
    }
    return Chart(
        "trend",
        words.text("Over time"),
        "",
        (*columns[:2], Column("baseline", words.text("Baseline"), indicator.decimals), *columns[2:]),
        (),
        spec,
        words.text(
            "The dashed line is the target, the dotted one the baseline. A gap is a period without a "
            "figure to show."
        ),
    )


def _parts(indicator: Indicator, words: Words) -> Chart:
    return Chart(
        "parts",
        words.text("Compared in the chosen period"),
        "",
        _columns(words.text("Part"), indicator, words),
        (),
        part_specs(indicator, words)["few"],
        words.text(
            "Only parts whose figure may be shown are drawn; the table names all. Small parts vary by chance."
        ),
    )


def _map(indicator: Indicator, words: Words) -> Chart:
    """The figures of country offices, each in its country."""
    country = words.dimension("country")
    unit = words.text(indicator.unit) if indicator.unit else words.text("Value")
    return Chart(
        "map",
        words.text("Country offices in the chosen period"),
        "",
        _columns(country, indicator, words),
        (),
        choropleth("value", unit, country),
        disclaimer(words),
    )


def part_specs(indicator: Indicator, words: Words) -> dict[str, Spec]:
    """Bars for a few parts; for many a strip of dots a region, in which a reader still finds each one."""
    value = {
        "field": "value",
        "type": "quantitative",
        "title": words.text(indicator.unit) if indicator.unit else "",
    }
    tooltip = [
        {"field": "part", "title": words.text("Part")},
        {
            "field": "value",
            "type": "quantitative",
            "format": f",.{indicator.decimals}f",
            "title": value["title"],
        },
        {"field": "status", "title": words.text("Status")},
    ]
    part = {"field": "part", "type": "nominal", "sort": None, "title": None}
    target = {"field": "target", "type": "quantitative"}
    few: Spec = {
        "data": DATA,
        "encoding": {"y": part},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"x": value, "tooltip": tooltip}},
            {"mark": {"type": "tick", "thickness": 3, "size": 18}, "encoding": {"x": target}},
        ],
    }
    many: Spec = {
        "data": DATA,
        "mark": {"type": "circle", "size": 70, "opacity": 0.65},
        "encoding": {
            "y": {"field": "region", "type": "nominal", "title": None},
            "yOffset": {"field": "part", "type": "nominal"},
            "x": value,
            "tooltip": tooltip,
        },
        "height": {"step": 60, "for": "position"},
    }
    return {"few": few, "many": many}


def _facts(indicator: Indicator, content: Content, words: Words) -> list[Fact]:
    figure = content.headline.get(indicator.id)
    directions = {
        "higher": words.text("Higher is better"),
        "lower": words.text("Lower is better"),
        "neutral": words.text("Neither higher nor lower is better"),
    }
    facts = [
        Fact(words.text("Formula"), _formula(indicator, words)),
        Fact(words.text("Unit"), words.text(indicator.unit) if indicator.unit else "–"),
        Fact(words.text("Direction"), directions[indicator.direction]),
        Fact(words.text("Owner"), words.text(indicator.owner)),
        Fact(words.text("Standard served"), words.text(indicator.standard) if indicator.standard else "–"),
        Fact(words.text("Limitations"), words.text(indicator.limitations) if indicator.limitations else "–"),
        Fact(
            words.text("Version"),
            words.text(
                "%(version)s, in force for periods from %(day)s",
                version=indicator.version, day=words.date(indicator.effective_from),
            ),
        ),
    ]  # fmt: skip
    if figure is not None and figure.baseline is not None:
        facts.append(Fact(words.text("Baseline"), amount(figure.baseline, figure, words)))
    if indicator.target_source:
        facts.append(Fact(words.text("Source of the target"), words.text(indicator.target_source)))
    if indicator.minimum_people:
        facts.append(
            Fact(
                words.text("Small numbers"),
                words.text(
                    "Withheld where it would tell of fewer than %(people)s people, and where it would "
                    "reveal such a figure.",
                    people=indicator.minimum_people,
                ),
            )
        )
    return facts


def _formula(indicator: Indicator, words: Words) -> str:
    numerator = words.text(indicator.numerator_meaning)
    if indicator.denominator_meaning is None:
        return numerator
    factor = "" if indicator.factor == 1 else f" × {words.number(indicator.factor, 0)}"
    return f"{numerator} / {words.text(indicator.denominator_meaning)}{factor}"


def _history(indicator: Indicator, content: Content, words: Words) -> Chart:
    rows = [
        (
            words.period("year", one.period),
            words.date(published_at(one.published_in).date()),
            one.version,
            one.value,
            words.member("status", one.status),
        )
        for one in content.versions.get(indicator.id, ())
    ]
    columns = (
        Column("period", words.text("Period")),
        Column("published", words.text("Published first")),
        Column("version", words.text("Version"), 0),
        Column("value", words.text("Value"), indicator.decimals),
        Column("status", words.text("Status")),
    )
    return Chart("history-table", words.text("What was published when"), "", columns, rows)
