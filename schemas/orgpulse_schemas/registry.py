"""Every contract there is, found by looking through the family packages: adding a class is enough."""

from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from orgpulse_schemas import families
from orgpulse_schemas.contract import About, Family


@cache
def all_families() -> dict[str, Family]:
    """The contract families by name."""
    found: dict[str, Family] = {}
    for module_info in walk_packages(families.__path__, f"{families.__name__}."):
        for value in vars(import_module(module_info.name)).values():
            if isinstance(value, Family):
                found[value.name] = value
    return dict(sorted(found.items()))


@cache
def all_contracts() -> dict[str, About]:
    """The contracts by CloudEvents type, in alphabetical order."""
    contracts = (about for family in all_families().values() for about in family.contracts.values())
    return {about.event_type: about for about in sorted(contracts, key=lambda about: about.event_type)}


def contract_for(type_: str) -> About | None:
    """The contract of a CloudEvents type, or nothing if no contract names it."""
    return all_contracts().get(type_)


def versions_of(about: About) -> tuple[About, ...]:
    """The major versions of a contract's event, oldest first; the last is the one that the others become."""
    versions = (
        other
        for other in all_contracts().values()
        if (other.family, other.entity, other.verb) == (about.family, about.entity, about.verb)
    )
    return tuple(sorted(versions, key=lambda version: version.major))
