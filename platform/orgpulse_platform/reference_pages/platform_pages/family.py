"""The page of a family of contracts."""

from collections.abc import Iterator

from orgpulse_platform.reference_pages.markdown import code, link, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import (
    CONTRACTS,
    contract_link,
    family_path,
    system_link,
)
from orgpulse_platform.reference_pages.platform_pages.section import contract_section
from orgpulse_schemas.compatibility.releases import Releases
from orgpulse_schemas.contract import About, Family


def family_page(family: Family, releases: Releases) -> Page:
    """Every contract of a family, each with a heading of its own."""
    path = family_path(family.name)
    contracts = sorted(family.contracts.values(), key=lambda about: about.event_type)
    how = link("How to read a contract", CONTRACTS, of=path, heading="How to read a contract")
    return Page(
        path,
        f"Contracts: {family.name}",
        f"The {len(contracts)} contracts of the family {code(family.name)}. {how}.",
        tuple(_body(contracts, releases, path)),
    )


def _body(contracts: list[About], releases: Releases, path: str) -> Iterator[str]:
    yield from table(
        ("contract", "meaning", "source system"),
        [
            (contract_link(about, path), text(about.model.__doc__ or ""), system_link(about.system, path))
            for about in contracts
        ],
    )
    for about in contracts:
        yield from contract_section(about, releases, path)
