"""The page of the source systems: what each publishes."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from orgpulse_platform.reference_pages.markdown import code, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import (
    PUBLISHERS,
    contract_link,
    system_heading,
    system_link,
)
from orgpulse_platform.reference_pages.platform_pages.places import (
    SYSTEMS as PATH,
)
from orgpulse_schemas.contract import About
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.systems import SYSTEMS, SourceSystem


def systems_page() -> Page:
    """Every source system with its contracts."""
    return Page(
        PATH,
        "Source systems",
        f"The {len(SYSTEMS)} source systems: what each publishes, on which topics, under which source.",
        tuple(_body()),
        PUBLISHERS,
    )


def _body() -> Iterator[str]:
    columns = ("system", "name", "pillar", "contracts")
    yield from table(
        columns,
        [
            (
                system_link(system, PATH),
                text(system.title),
                text(system.pillar),
                str(len(_published_by(system))),
            )
            for system in SYSTEMS.values()
        ],
    )
    for system in SYSTEMS.values():
        yield from _section(system)


def _section(system: SourceSystem) -> Iterator[str]:
    yield f"## {system_heading(system)}"
    yield ""
    yield f"CloudEvents source of all its events: {code(system.uri)}."
    yield ""
    topic_of = attrgetter("raw_topic")
    for topic, contracts in groupby(sorted(_published_by(system), key=topic_of), topic_of):
        yield f"On {code(topic)}:"
        yield ""
        yield from table(
            ("contract", "meaning"),
            [(contract_link(about, PATH), text(about.model.__doc__ or "")) for about in contracts],
        )


def _published_by(system: SourceSystem) -> list[About]:
    return [about for about in all_contracts().values() if about.system is system]
