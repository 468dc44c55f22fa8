"""Cards: an indicator's headline figure in words of the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from orgpulse_pipelines.dashboard.read import Content, Indicator
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.indicators.figures import Figure


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows; every text is in the language of the words."""

    id: str
    link: str
    title: str
    words: Words
    value: str
    status: str
    period: str
    target: str
    before: str
    """Empty where the period before is a year before."""
    year_before: str
    spark: tuple[str, ...]
    """Points of the sparkline's lines in a box of 100 by 28; a gap where nothing may be shown ends one."""


_YEARLY: Final = ("year", "year_to_date")
"""Kinds of period that are compared with a year before only."""
MEASURES: Final = frozenset(
    {"%", "USD", "days", "hours", "kg", "kg per person", "m3 per person", "tCO2e", "tCO2e per person"}
)
"""Units that follow a number. What is counted is named by the indicator's title: "1 people" reads badly."""


def card(indicator: Indicator, content: Content, words: Words, link: str) -> Card:
    """The card of an indicator's headline figure."""
    figure = content.headline.get(indicator.id)
    series = content.series.get(indicator.id, ())
    title = words.text(indicator.title)
    if figure is None:
        none = words.text("No data")
        return Card(indicator.id, link, title, words, none, "no_data", "–", "–", "", none, ())
    return Card(
        indicator.id,
        link,
        title,
        words,
        said(figure, words),
        figure.status,
        words.period(figure.grain, figure.period),
        "–" if figure.target is None else amount(figure.target, figure, words),
        "" if figure.grain in _YEARLY else _other(figure.previous_value, figure, words),
        _other(figure.year_before_value, figure, words),
        tuple(sparkline([None if one.suppressed else one.value for one in series])),
    )


def said(figure: Figure, words: Words) -> str:
    """The value with its unit, or why there is none."""
    if figure.suppressed:
        return words.text("withheld (small numbers)")
    return _other(figure.value, figure, words)


def _other(value: Decimal | None, figure: Figure, words: Words) -> str:
    return words.text("No data") if value is None else amount(value, figure, words)


def amount(value: Decimal, figure: Figure | Indicator, words: Words) -> str:
    """A number with its unit, as the language writes it."""
    if figure.unit in MEASURES:
        return words.amount(value, figure.unit, figure.decimals)
    return words.number(value, figure.decimals)


def sparkline(values: Sequence[Decimal | None]) -> Iterable[str]:
    """Points of lines in a box of 100 by 28, lowest value at the bottom."""
    known = [value for value in values if value is not None]
    if not known:
        return
    low = min(known)
    height = (max(known) - low) or 1
    line: list[str] = []
    for at, value in enumerate([*values, None]):
        if value is not None:
            x = at / (len(values) - 1) * 100 if len(values) > 1 else 50
            line.append(f"{x:.1f},{26 - float((value - low) / height) * 24:.1f}")
            continue
        if len(line) > 1:
            yield " ".join(line)
        line = []
