"""What is said about one contract on the page of its family."""

from collections.abc import Iterator
from typing import Any

from orgpulse_platform.contracts_commands.listing import details, statements
from orgpulse_platform.reference_pages.markdown import block, code, folded, link, table, text
from orgpulse_platform.reference_pages.platform_pages.example import (
    as_json,
    protected_example,
    published_example,
)
from orgpulse_platform.reference_pages.platform_pages.places import CODE_LISTS, contract_link, system_link
from orgpulse_schemas.compatibility.releases import Releases
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.export.words import code_list_of
from orgpulse_schemas.registry import contract_for, versions_of
from orgpulse_schemas.upgrade import Constant, Keep, Rename, Scalar, Translate, Upgrade

_FIELDS = ("field", "meaning", "values", "unit", "required", "personal data", "treatment")


def contract_section(about: About, releases: Releases, of: str) -> Iterator[str]:
    """The lines about a contract on the page ``of``, from its heading to its example."""
    contract = details(about, releases)
    yield f"## {code(about.event_type)}"
    yield ""
    yield text(contract["meaning"])
    yield ""
    yield from table(("about", ""), _statements(about, contract, of))
    described = zip(about.fields, contract["fields"], strict=True)
    yield from table(_FIELDS, [_field(field, said, of) for field, said in described])
    yield from _rules(contract["rules"])
    yield from _upgrade(about, of)
    yield from _example(about)


def _statements(about: About, contract: dict[str, Any], of: str) -> Iterator[tuple[str, str]]:
    linked = {
        "source system": f"{system_link(about.system, of)} {text(about.system.title)}",
        "versions": ", ".join(_version(version, about, of) for version in versions_of(about)),
    }
    for name, said in statements(contract).items():
        yield name, linked.get(name) or text(said)


def _version(version: About, shown: About, of: str) -> str:
    return f"v{version.major}, this one" if version is shown else contract_link(version, of)


def _field(field: ContractField, said: dict[str, Any], of: str) -> tuple[str, ...]:
    return (
        code(field.name),
        text(field.meaning),
        _values(field, said["values"], of),
        text(field.unit or ""),
        "yes" if field.required else "no",
        code(said["personal_data"]),
        code(said["treatment"]),
    )


def _values(field: ContractField, said: str, of: str) -> str:
    shared = code_list_of(field)
    if shared is None:
        return text(said)
    return f"{text(said)} ({link('list', CODE_LISTS, of=of, heading=shared.title)})"


def _rules(rules: list[str]) -> Iterator[str]:
    if rules:
        yield "Between its fields:"
        yield ""
        yield from (f"- {text(rule)}" for rule in rules)
        yield ""


def _upgrade(about: About, of: str) -> Iterator[str]:
    newest = versions_of(about)[-1]
    if newest is not about:
        yield f"On the way to the warehouse its events become {contract_link(newest, of)}."
        yield ""
    older = contract_for(about.upgrades.from_type) if about.upgrades else None
    if about.upgrades and older:
        yield f"An event of {contract_link(older, of)} becomes one of this version:"
        yield ""
        yield from table(("field", "comes from"), _sources(about.upgrades))


def _sources(upgrade: Upgrade) -> Iterator[tuple[str, str]]:
    for name, rule in upgrade.rules.items():
        match rule:
            case Keep():
                yield code(name), "the field of this name"
            case Rename(source):
                yield code(name), code(source)
            case Constant(value):
                yield code(name), f"nothing: always {_scalar(value)}"
            case Translate(source, values):
                pairs = (f"{_scalar(old)} becomes {_scalar(new)}" for old, new in values.items())
                yield code(name), f"{code(source)}: {', '.join(pairs)}"


def _scalar(value: Scalar) -> str:
    return code(as_json(value))


def _example(about: About) -> Iterator[str]:
    event = published_example(about)
    if event is None:
        return
    yield from folded("An example as it is published", block("json", as_json(event)))
    protected = block("json", as_json(protected_example(about, event)))
    yield from folded("Its payload as it leaves protection", protected)
