"""The page that leads to the families of contracts and says how to read a contract."""

from collections.abc import Iterator
from inspect import getdoc
from typing import Final

from orgpulse_platform.reference_pages.docstrings import attribute_docstrings
from orgpulse_platform.reference_pages.markdown import code, link, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import (
    CONTRACTS,
    PERSONAL_DATA,
    PUBLISHERS,
    TOPICS,
    family_path,
    system_link,
)
from orgpulse_schemas.contract import About, Contract, Family
from orgpulse_schemas.registry import all_contracts, all_families
from orgpulse_schemas.systems import SYSTEMS

_GUIDES: Final = {
    "Python": "publish-from-python.md",
    "any Kafka client": "publish-from-kafka.md",
    "HTTP clients": "publish-over-http.md",
    "files": "publish-from-files.md",
}
_STATED: Final = {
    "record key": "key",
    "owner": "owner",
    "purpose": "purpose",
    "data subjects": "data_subjects",
    "retention": "retention_days",
    "changes": "compatibility",
    "versions": "upgrades",
}
"""What stands on top of a contract, and the attribute of :class:`About` that says what it means."""


def contracts_page() -> Page:
    """The families, and how to read a contract."""
    contracts, families = all_contracts(), all_families()
    return Page(
        CONTRACTS,
        "Contracts",
        f"The {len(contracts)} contracts in {len(families)} families: what each event says, field by field.",
        tuple(_body()),
        PUBLISHERS,
    )


def _body() -> Iterator[str]:
    yield "A contract says what a source system publishes about one kind of event, and what becomes of it."
    ways = [link(name, f"../guides/{guide}", of=CONTRACTS) for name, guide in _GUIDES.items()]
    yield f"The guides tell how to publish from {', '.join(ways[:-1])} and {ways[-1]}."
    yield ""
    columns = ("family", "contracts", "owners", "source systems")
    yield from table(columns, [_family(family) for family in all_families().values()])
    yield from _how_to_read()


def _family(family: Family) -> tuple[str, ...]:
    contracts = family.contracts.values()
    owners = sorted({about.owner for about in contracts})
    systems = sorted({about.system.id for about in contracts}, key=list(SYSTEMS).index)
    return (
        link(code(family.name), family_path(family.name), of=CONTRACTS),
        str(len(contracts)),
        "; ".join(map(text, owners)),
        ", ".join(system_link(SYSTEMS[system], CONTRACTS) for system in systems),
    )


def _how_to_read() -> Iterator[str]:
    yield "## How to read a contract"
    yield ""
    yield "The heading is the event type, `org.<family>.<entity>.<past-tense verb>.v<major>`. Below it stand:"
    yield ""
    said = attribute_docstrings(About)
    yield from table(
        ("about", "what it says"), [(name, text(said[attribute])) for name, attribute in _STATED.items()]
    )
    topics = link("Topics", TOPICS, of=CONTRACTS)
    protection = link("Personal data", PERSONAL_DATA, of=CONTRACTS)
    yield "- " + text((getdoc(Contract) or "").split("\n\n")[1])
    yield "- A field that is not required may be absent or `null`."
    yield '- Decimals are written as JSON text, such as `"12.50"`, so that no digit is lost.'
    yield f"- {topics} tells what the topics are, {protection} what classes and treatments of fields mean."
    yield "- Nobody in the examples exists. In what leaves protection, words in brackets stand for pseudonyms"
    yield "  and bands."
    yield "- `orgpulse contracts export` writes the same as JSON Schema, AsyncAPI and data contracts (ODCS)."
