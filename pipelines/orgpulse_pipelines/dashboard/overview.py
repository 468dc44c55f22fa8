"""The first page: where the organisation stands, what moved, and what needs attention, in ten seconds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from orgpulse_pipelines.dashboard.cards import amount, said
from orgpulse_pipelines.dashboard.read import PILLARS, Content, Indicator
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.indicators.figures import Figure

STATUSES: Final = ("on_target", "near", "off_target", "no_target", "no_data", "suppressed")
_SHOWN: Final = 6
"""Entries of a list: a reader takes in no more at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """How many indicators of a pillar have a status, and where its part of the bar lies, in hundredths."""

    status: str
    count: int
    start: float
    share: float


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar and how its indicators stand."""

    id: str
    title: str
    meaning: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator in one of the lists."""

    id: str
    title: str
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class List:
    """A list of indicators under a heading."""

    id: str
    title: str
    entries: tuple[Entry, ...]


Pair: TypeAlias = tuple[Indicator, Figure]


def pillars(content: Content, words: Words) -> list[Pillar]:
    """The three pillars with the statuses of their headline figures."""
    return [_pillar(pillar, _pairs(content), words) for pillar in PILLARS]


def _pillar(pillar: str, pairs: list[Pair], words: Words) -> Pillar:
    counts = Counter(figure.status for indicator, figure in pairs if indicator.pillar == pillar)
    parts, start = list[Part](), 0.0
    for status in STATUSES:
        share = 100 * counts[status] / max(counts.total(), 1)
        parts.append(Part(status, counts[status], round(start, 2), round(share, 2)))
        start += share
    return Pillar(pillar, words.member("pillar", pillar), meaning(pillar, words), tuple(parts))


def meaning(pillar: str, words: Words) -> str:
    """What a pillar asks."""
    return {
        "principled": words.text("Accountable, transparent, gender-equal; protects data and the environment"),
        "purposeful": words.text("Results-based, evaluated, evidence- and knowledge-driven"),
        "prepared": words.text("People, money, risk, regional support and ICT in place to deliver"),
    }[pillar]


def sentence(content: Content, words: Words) -> str:
    """Where the organisation stands, in words."""
    pairs = _pairs(content)
    counts = Counter(figure.status for _, figure in pairs)
    judged = counts["on_target"] + counts["near"] + counts["off_target"]
    moved = Counter(figure.progress for _, figure in pairs)
    text = words.text(
        "Of %(judged)s indicators with a target, %(on)s are on target, %(near)s are near it and %(off)s are "
        "off; %(better)s of all indicators improved on the same months of the year before, and %(worse)s "
        "worsened.",
        judged=words.number(judged, 0),
        on=words.number(counts["on_target"], 0),
        near=words.number(counts["near"], 0),
        off=words.number(counts["off_target"], 0),
        better=words.number(moved["better"], 0),
        worse=words.number(moved["worse"], 0),
    )
    urgent = _attention(pairs)
    if not urgent:
        return text
    title = words.text(urgent[0][0].title)
    return f"{text} {words.text('Needs attention first: %(title)s.', title=title)}"


def freshness(content: Content, words: Words) -> str:
    """Until when the figures tell, and when they were published."""
    newest = max((figure.as_of for _, figure in _pairs(content)), default=content.published_at.date())
    return words.text(
        "The newest figures reach to %(newest)s. They were published on %(published)s.",
        newest=words.date(newest), published=words.date(content.published_at.date()),
    )  # fmt: skip


def lists(content: Content, words: Words) -> list[List]:
    """What needs attention, what improved and what worsened, most first."""
    pairs = _pairs(content)
    moved = sorted(pairs, key=_moved_by, reverse=True)
    return [
        _list("attention", words.text("Needs attention"), _attention(pairs), words),
        _list("improved", words.text("Improved most"), _of(moved, "better"), words),
        _list("worsened", words.text("Worsened most"), _of(moved, "worse"), words),
    ]


def _list(id_: str, title: str, pairs: Iterable[Pair], words: Words) -> List:
    entries = [
        Entry(indicator.id, words.text(indicator.title), _text(figure, words), figure.status)
        for indicator, figure in pairs
    ]
    return List(id_, title, tuple(entries[:_SHOWN]))


def _text(figure: Figure, words: Words) -> str:
    period = words.period(figure.grain, figure.period)
    if figure.target is not None:
        target = amount(figure.target, figure, words)
        return words.text(
            "%(value)s against a target of %(target)s, %(period)s",
            value=said(figure, words), target=target, period=period,
        )  # fmt: skip
    before = "–" if figure.previous_value is None else amount(figure.previous_value, figure, words)
    return words.text(
        "%(value)s after %(before)s, %(period)s", value=said(figure, words), before=before, period=period
    )


def _pairs(content: Content) -> list[Pair]:
    return [(one, content.headline[one.id]) for one in content.indicators if one.id in content.headline]


def _attention(pairs: Iterable[Pair]) -> list[Pair]:
    """Off target, those that got worse before the others, and the widest gap first."""
    off = [pair for pair in pairs if pair[1].status == "off_target"]
    return sorted(off, key=lambda pair: (pair[1].progress == "worse", _gap(pair[1])), reverse=True)


def _of(pairs: Iterable[Pair], progress: str) -> list[Pair]:
    return [pair for pair in pairs if pair[1].progress == progress]


def _gap(figure: Figure) -> Decimal:
    """How far the value is from its target, as a share of the larger of both."""
    return _apart(figure.value, figure.target)


def _moved_by(pair: Pair) -> Decimal:
    return _apart(pair[1].value, pair[1].previous_value)


def _apart(one: Decimal | None, other: Decimal | None) -> Decimal:
    if one is None or other is None:
        return Decimal(0)
    return abs(one - other) / (max(abs(one), abs(other)) or 1)
