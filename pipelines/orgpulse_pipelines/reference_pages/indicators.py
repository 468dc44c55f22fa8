"""The pages of the indicators: one a pillar, and one that leads to them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from orgpulse_pipelines.frameworks.load import load_frameworks, newest
from orgpulse_pipelines.indicators.definition import Definition, load_definitions
from orgpulse_pipelines.indicators.scorecard import PILLARS
from orgpulse_pipelines.indicators.targets import load_targets
from orgpulse_pipelines.reference_pages.dictionary import published_dictionary
from orgpulse_pipelines.reference_pages.indicator_section import Surroundings, indicator_section
from orgpulse_pipelines.reference_pages.places import INDICATORS, LEADERS, indicator_link, pillar_path
from orgpulse_platform.reference_pages.markdown import link, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import system_heading, system_link
from orgpulse_schemas.systems import SYSTEMS

_READING: Final = (
    "A figure is the sum of the numerator over the sum of the denominator, times the factor; where the "
    "denominator is zero or nothing is known there is none.",
    "`flow` counts what happens within a period, `stock` what holds on its last day, `average` half of the "
    "stock before it and half of that at its end, `age` the days that stocks have lasted by then.",
    "A period is measured by the version of the definition that holds on its last day, and by the offices as "
    "they stood in it. Offices have figures by quarter and year alone, by year where people are counted.",
    "A figure that counts fewer people than the threshold is suppressed, with whatever would give it back.",
    "Targets are configuration; these are the ones that ship with the platform.",
)


def indicator_pages() -> Iterator[Page]:
    """The page that leads to the pillars, and the pages of the pillars."""
    definitions = load_definitions()
    current = sorted(newest(definitions).values(), key=_order)
    yield Page(
        INDICATORS,
        "Indicators",
        f"The {len(current)} indicators: what each means, how it is computed, and what it does not say.",
        tuple(_body(current)),
        LEADERS,
    )
    around = Surroundings(
        load_targets(),
        load_frameworks(definitions),
        frozenset(one.name for one in published_dictionary()),
        definitions,
    )
    for pillar, group in groupby(current, lambda one: one.pillar):
        yield _pillar_page(pillar, list(group), around)


def _order(definition: Definition) -> tuple[int, int, str]:
    systems = list(SYSTEMS)
    return list(PILLARS).index(definition.pillar), systems.index(definition.system), definition.id


def _body(definitions: list[Definition]) -> Iterator[str]:
    yield from (f"- {said}" for said in _READING)
    yield ""
    for pillar, group in groupby(definitions, lambda one: one.pillar):
        yield f"## {pillar.capitalize()}"
        yield ""
        said = PILLARS[pillar].partition(" – ")[2].capitalize()
        yield f"{text(said)}. {link('All about each', pillar_path(pillar), of=INDICATORS)}."
        yield ""
        rows = (
            (
                indicator_link(one, INDICATORS),
                text(one.unit),
                one.direction,
                system_link(SYSTEMS[one.system], INDICATORS),
            )
            for one in group
        )
        yield from table(("indicator", "unit", "better", "source system"), rows)


def _pillar_page(pillar: str, definitions: list[Definition], around: Surroundings) -> Page:
    path = pillar_path(pillar)
    return Page(
        path,
        f"Indicators: {pillar}",
        f"The {len(definitions)} indicators of the pillar. {link('How to read them', INDICATORS, of=path)}.",
        tuple(_sections(definitions, around, path)),
    )


def _sections(definitions: list[Definition], around: Surroundings, of: str) -> Iterator[str]:
    for system, group in groupby(definitions, lambda one: SYSTEMS[one.system]):
        indicators = list(group)
        listed = ", ".join(indicator_link(one, of) for one in indicators)
        yield f"- {text(system_heading(system))}: {listed}"
    yield ""
    for one in definitions:
        yield from indicator_section(one, around, of)
