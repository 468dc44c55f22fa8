"""What a scorecard says: each indicator's value, target, status and trend, by pillar and source system."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

import duckdb

from orgpulse_pipelines.dashboard.cards import amount, said
from orgpulse_pipelines.dashboard.read import PILLARS, Content, Indicator, headline_of
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.indicators.figures import Figure, region_figures

ORGANISATION: Final = "organisation"
DECEMBER: Final = 12
_ARROWS: Final = {"up": "↗", "down": "↘", "steady": "→"}


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator on a scorecard."""

    id: str
    title: str
    value: str
    target: str
    status: str
    before: str
    trend: str
    """Arrow of the direction; empty where there is nothing to compare with."""
    progress: str
    """Whether that is better or worse, in words."""
    period: str


@dataclass(frozen=True, slots=True)
class Part:
    """The indicators of a source system."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar with its sentence and its source systems."""

    id: str
    title: str
    sentence: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A scorecard in the language of a page."""

    id: str
    """``organisation`` or the code of a region."""
    title: str
    pillars: tuple[Pillar, ...]


Headlines: TypeAlias = Mapping[str, Mapping[str, Figure]]
"""By scorecard and indicator: the figure that it shows."""


def headlines(connection: duckdb.DuckDBPyConnection, content: Content) -> Headlines:
    """The figures of every scorecard, the organisation's first; chosen by the same rule as those of cards."""
    chosen: dict[str, dict[str, Figure]] = {ORGANISATION: dict(content.headline)}
    for (region, indicator), figures in groupby(
        region_figures(connection), key=lambda figure: (figure.member, figure.indicator_id)
    ):
        chosen.setdefault(region, {})[indicator] = headline_of(figures)
    return chosen


def scorecard(id_: str, figures: Mapping[str, Figure], content: Content, words: Words) -> Scorecard:
    """The scorecard of the organisation or of a region."""
    return Scorecard(id_, title_of(id_, words), tuple(_pillars(figures, content, words)))


def title_of(id_: str, words: Words) -> str:
    """What a scorecard is called."""
    if id_ == ORGANISATION:
        return words.text("Scorecard of the organisation")
    return words.text("Scorecard: %(region)s", region=words.member("region", id_))


def _pillars(figures: Mapping[str, Figure], content: Content, words: Words) -> Iterator[Pillar]:
    for pillar in PILLARS:
        shown = [one for one in content.indicators if one.pillar == pillar and one.id in figures]
        if not shown:
            continue
        parts = tuple(
            Part(words.member("system", system), tuple(_line(one, figures[one.id], words) for one in group))
            for system, group in groupby(shown, key=lambda one: one.system)
        )
        statuses = Counter(figures[one.id].status for one in shown)
        sentence = words.text(
            "%(on)s on target, %(near)s near it, %(off)s off, of %(all)s indicators.",
            on=words.number(statuses["on_target"], 0),
            near=words.number(statuses["near"], 0),
            off=words.number(statuses["off_target"], 0),
            all=words.number(len(shown), 0),
        )
        yield Pillar(pillar, words.member("pillar", pillar), sentence, parts)


def _line(indicator: Indicator, figure: Figure, words: Words) -> Line:
    before = figure.year_before_value
    return Line(
        indicator.id,
        words.text(indicator.title),
        said(figure, words),
        "–" if figure.target is None else amount(figure.target, figure, words),
        figure.status,
        "–" if before is None else amount(before, figure, words),
        _ARROWS.get(figure.trend or "", ""),
        words.member("progress", figure.progress) if figure.progress else "",
        _period(figure, words),
    )


def _period(figure: Figure, words: Words) -> str:
    """The period in few words: a year to date that reaches December is the year."""
    if figure.grain == "year_to_date" and figure.period_end.month == DECEMBER:
        return words.period("year", str(figure.period_end.year))
    return words.period(figure.grain, figure.period)
