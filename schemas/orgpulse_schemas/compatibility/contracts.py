"""Contracts compared with every version of them that was released: backward, and transitive."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from orgpulse_schemas.compatibility.change import BreakingChange, Rule, breaking, way_out
from orgpulse_schemas.compatibility.comparison import breaking_changes
from orgpulse_schemas.compatibility.policies import broken_policies, lengthened_retention
from orgpulse_schemas.compatibility.releases import Release, Releases
from orgpulse_schemas.contract import EVENT_TYPE, About
from orgpulse_schemas.export.json_schema import event_schema, protected_schema
from orgpulse_schemas.protected import dropped

_COMPARED: Final = re.compile(r"[(, ](\w+)")
"""The names of fields in the name of a check."""


@dataclass(frozen=True, slots=True)
class ContractChange:
    """A change that breaks the promise of a released version."""

    event_type: str
    release: int
    """Number of the first released state that it breaks."""
    shape: str
    """``event`` for what is published, ``protected`` for the payload that leaves protection."""
    change: BreakingChange


def contract_changes(contracts: Mapping[str, About], releases: Releases) -> list[ContractChange]:
    """Every breaking change of the contracts, by type, for the first release that it breaks."""
    found: dict[tuple[str, str, str, Rule], ContractChange] = {}
    for event_type in releases.event_types():
        about = contracts.get(event_type)
        for release in releases.of(event_type):
            for change in _changes(about, release):
                place = (event_type, change.shape, change.change.path, change.change.rule)
                found.setdefault(place, change)
    return list(found.values())


def _changes(about: About | None, release: Release) -> Iterator[ContractChange]:
    shapes = _changes_by_shape(about, release) if about else {"event": [_gone()]}
    following = next_type(release.event_type)
    for shape, changes in shapes.items():
        for change in changes:
            named = replace(change, way_out=way_out(change.rule, following))
            yield ContractChange(release.event_type, release.number, shape, named)


def _changes_by_shape(about: About, release: Release) -> dict[str, list[BreakingChange]]:
    event, protected = event_schema(about), protected_schema(about)
    if release == Release(
        release.event_type, release.number, about.key, about.retention_days, event, protected
    ):
        return {}
    before, after = release.event["properties"]["data"], event["properties"]["data"]
    return {
        "event": [
            *breaking_changes(release.event, event),
            *_added_checks(before, after),
            *broken_policies(before, after),
            *lengthened_retention(release.retention_days, about.retention_days),
            *_changed_key(about, release),
        ],
        "protected": breaking_changes(_without(dropped(about), release.protected), protected),
    }


def _without(names: frozenset[str], schema: dict[str, Any]) -> dict[str, Any]:
    """The protected payload without fields that no longer pass: nobody may rely on a field for ever."""
    properties = {name: field for name, field in schema["properties"].items() if name not in names}
    return {
        **schema,
        "properties": properties,
        "required": [name for name in schema["required"] if name in properties],
    }


def _gone() -> BreakingChange:
    return breaking((), Rule.CONTRACT_REMOVED, "the contract is gone")


def next_type(event_type: str) -> str:
    """The event type of the next major version."""
    match = EVENT_TYPE.fullmatch(event_type)
    major = int(match["major"]) if match else 1
    return f"{event_type.rpartition('.v')[0]}.v{major + 1}"


def _changed_key(about: About, release: Release) -> Iterator[BreakingChange]:
    if about.key != release.key:
        message = f"the record key is {about.key} now, no longer {release.key}"
        yield breaking(("data", about.key), Rule.KEY_CHANGED, message)


def _added_checks(before: dict[str, Any], after: dict[str, Any]) -> Iterator[BreakingChange]:
    """Checks that JSON Schema has no word for, and that released events did not have to pass."""
    known, all_names = before["properties"].keys(), after["properties"].keys()
    for rule in _added(before, after):
        # Released events lack the field that a check compares with, if the field is new itself.
        if not set(_COMPARED.findall(rule)) & (all_names - known):
            yield breaking(("data",), Rule.CHECK_ADDED, f"the check {rule} is new")
    for name in sorted(known & all_names):
        for rule in _added(before["properties"][name], after["properties"][name]):
            yield breaking(("data", name), Rule.CHECK_ADDED, f"the check {rule} is new")


def _added(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [rule for rule in after.get("x-rules", ()) if rule not in before.get("x-rules", ())]
