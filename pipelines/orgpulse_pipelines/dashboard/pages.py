"""The pages of the site: path, template and what fills it, in one language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, TypeAlias

from orgpulse_pipelines.dashboard import overview
from orgpulse_pipelines.dashboard.cards import card
from orgpulse_pipelines.dashboard.indicator import indicator_page
from orgpulse_pipelines.dashboard.read import PILLARS, Content
from orgpulse_pipelines.dashboard.render import render
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.dashboard.words.files import LANGUAGES
from orgpulse_pipelines.dashboard.words.formats import locale_of

TOPICS: Final = "topic/index.html"
SCORECARDS: Final = "scorecard/organisation.html"
DATA: Final = "data/index.html"


@dataclass(frozen=True, slots=True)
class Page:
    """A page below the folder of its language."""

    path: str
    template: str
    section: str = ""
    """Path of the navigation's entry that it belongs to."""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation."""

    path: str
    title: str


Contents: TypeAlias = Callable[[Content, Words], Iterator[Page]]


def navigation(words: Words) -> list[Entry]:
    """What every page leads to."""
    return [
        Entry("index.html", words.text("Overview")),
        *(Entry(f"pillar/{pillar}.html", words.member("pillar", pillar)) for pillar in PILLARS),
        Entry(TOPICS, words.text("Target against actual")),
        Entry(SCORECARDS, words.text("Scorecards")),
        Entry(DATA, words.text("Data")),
    ]


def html(page: Page, content: Content, words: Words) -> str:
    """The page as it is written."""
    depth = page.path.count("/")
    return render(
        page.template,
        words,
        here=page.path,
        section=page.section,
        home="../" * depth,
        root="../" * (depth + 1),
        navigation=navigation(words),
        languages=[(one, _own_name(one)) for one in LANGUAGES],
        publication=_Published(content),
        **page.values,
    )


def pages(content: Content, words: Words) -> Iterator[Page]:
    """Every page of the site."""
    for part in PARTS:
        yield from part(content, words)


def _overview(content: Content, words: Words) -> Iterator[Page]:
    yield Page(
        "index.html",
        "overview.html",
        values={
            "sentence": overview.sentence(content, words),
            "pillars": overview.pillars(content, words),
            "lists": overview.lists(content, words),
            "freshness": overview.freshness(content, words),
        },
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Cards under a heading."""

    id: str
    title: str
    link: str
    cards: list[Any]


def _pillars(content: Content, words: Words) -> Iterator[Page]:
    for pillar in PILLARS:
        of_pillar = [one for one in content.indicators if one.pillar == pillar]
        groups = [
            _Group(
                system,
                words.member("system", system),
                f"../system/{system}.html",
                [card(one, content, words, f"../indicator/{one.id}.html") for one in group],
            )
            for system, group in groupby(of_pillar, key=lambda one: one.system)
        ]
        values = {
            "title": words.member("pillar", pillar),
            "lead": overview.meaning(pillar, words),
            "groups": groups,
        }
        path = f"pillar/{pillar}.html"
        yield Page(path, "cards.html", path, values)


def _systems(content: Content, words: Words) -> Iterator[Page]:
    for system, of_system in content.by_system().items():
        cards = [card(one, content, words, f"../indicator/{one.id}.html") for one in of_system]
        pillar = of_system[0].pillar
        values = {
            "title": words.member("system", system),
            "lead": words.member("pillar", pillar),
            "groups": [_Group("indicators", words.text("Indicators"), "", cards)],
        }
        yield Page(f"system/{system}.html", "cards.html", f"pillar/{pillar}.html", values)


def _indicators(content: Content, words: Words) -> Iterator[Page]:
    for one in content.indicators:
        values = indicator_page(one, content, words)
        yield Page(f"indicator/{one.id}.html", "indicator.html", f"pillar/{one.pillar}.html", values)


PARTS: Final[tuple[Contents, ...]] = (_overview, _pillars, _systems, _indicators)


def _own_name(language: str) -> str:
    """What a language calls itself."""
    return str(locale_of(language).languages[language]).capitalize()


class _Published:
    """What the foot of a page says of the publication."""

    def __init__(self, content: Content) -> None:
        self.id = content.publication_id
        self.day = content.published_at.date()
        self.events = content.events
