"""The page of the frameworks: their items, the indicators that serve them, and how these are scored."""

from collections.abc import Iterator
from typing import Final

from orgpulse_pipelines.frameworks.definition import Framework, Mapping
from orgpulse_pipelines.frameworks.load import load_frameworks, newest
from orgpulse_pipelines.indicators.definition import Definition, load_definitions
from orgpulse_pipelines.reference_pages.places import FRAMEWORKS, LEADERS, framework_link, indicator_link
from orgpulse_platform.reference_pages.markdown import table, text
from orgpulse_platform.reference_pages.page import Page

_READING: Final = (
    "Each indicator of an item earns 0 to 100 by its thresholds: between two of them the score lies on the "
    "straight line, outside of them at the nearest one. The item's score weighs those of its indicators.",
    "The organisation, a region and an office are each scored by their own figures, never by the mean of "
    "others. Where it says so, a region and the organisation are scored by their offices instead, each "
    "office weighted by the denominator of its figure.",
    "An item is scored where indicators with enough of its weight have a score: half of it, unless the "
    "framework says otherwise. Without data it is not scored, which is not zero.",
    "Only figures that are shown are scored. A suppressed one is left out, so that no score gives it back.",
    "Totals are scored for the whole organisation alone, and what adds up over the year by year alone.",
    "Thresholds and weights are configuration: `ORGPULSE_WAREHOUSE__FRAMEWORKS` names a folder of your own.",
)


def frameworks_page() -> Page:
    """Every framework that ships with the platform."""
    definitions = load_definitions()
    frameworks = load_frameworks(definitions)
    return Page(
        FRAMEWORKS,
        "Frameworks",
        f"The {len(frameworks)} frameworks by which the indicators are scored, and what each asks of them.",
        tuple(_body(frameworks, newest(definitions))),
        LEADERS,
    )


def _body(frameworks: tuple[Framework, ...], indicators: dict[str, Definition]) -> Iterator[str]:
    yield from (f"- {said}" for said in _READING)
    yield ""
    rows = ((framework_link(one, FRAMEWORKS), text(one.edition)) for one in frameworks)
    yield from table(("framework", "edition"), rows)
    for one in frameworks:
        yield from _section(one, indicators)


def _section(framework: Framework, indicators: dict[str, Definition]) -> Iterator[str]:
    yield f"## {text(framework.title)}"
    yield ""
    yield f"{text(framework.edition)}."
    yield ""
    yield text(framework.limitations)
    yield ""
    for item in framework.items:
        yield f"### {text(item.title if item.number is None else f'{item.number} {item.title}')}"
        yield ""
        rows = (_mapping(mapping, indicators[mapping.indicator]) for mapping in item.indicators)
        yield from table(("indicator", "weight", "scores"), rows)


def _mapping(mapping: Mapping, indicator: Definition) -> tuple[str, str, str]:
    shown = indicator_link(indicator, FRAMEWORKS)
    if mapping.weight is None:
        return shown, "", "shown, not scored"
    lines = (f"{value:,f} earns {score:f}" for value, score in mapping.thresholds)
    said = f"{', '.join(lines)}; in {indicator.unit}"
    if mapping.roll_up == "offices_by_denominator":
        said += "; by the scores of the offices"
    return shown, f"{mapping.weight:f}", text(said)
