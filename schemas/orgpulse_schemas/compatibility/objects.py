"""Objects: named properties, all other properties, names, how many, and what depends on what."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from orgpulse_schemas.compatibility.branches import Branch
from orgpulse_schemas.compatibility.change import BreakingChange, Path, Rule, breaking
from orgpulse_schemas.compatibility.document import Conjunction, Schema
from orgpulse_schemas.compatibility.patterns import no_text

if TYPE_CHECKING:
    from orgpulse_schemas.compatibility.prover import Prover

PROPERTIES: Final = ("properties", "patternProperties", "additionalProperties")
KEYWORDS: Final = (
    *PROPERTIES, "required", "propertyNames", "minProperties", "maxProperties", "dependentRequired",
    "dependentSchemas",
)  # fmt: skip


def named(parts: Iterable[dict[str, Any]]) -> frozenset[str]:
    """The properties that parts name."""
    names: set[str] = set()
    for part in parts:
        names.update(part.get("properties", ()), part.get("required", ()))
        names.update(part.get("dependentSchemas", ()))
        for name, needed in part.get("dependentRequired", {}).items():
            names.update((name, *needed))
    return frozenset(names)


def _property(schema: dict[str, Any], name: str) -> Conjunction:
    """What a schema says of the property of a name."""
    found: list[Schema] = []
    if name in schema.get("properties", ()):
        found.append(schema["properties"][name])
    patterns = schema.get("patternProperties", {})
    found += [value for pattern, value in patterns.items() if re.search(pattern, name)]
    if not found and "additionalProperties" in schema:
        found.append(schema["additionalProperties"])
    return tuple(found)


def _held(prover: "Prover", branch: Branch, name: str) -> Conjunction:
    """What a branch says of the property of a name."""
    held: list[Schema] = []
    for part in branch.parts:
        held.extend(_property(part, name))
        if "propertyNames" in part and prover.refuses(part["propertyNames"], name):
            held.append(False)
    return tuple(held)


def _possible(prover: "Prover", branch: Branch) -> frozenset[str] | None:
    """The only names that can occur; nothing if any name can."""
    possible: frozenset[str] | None = None
    for part in branch.parts:
        names = _only_names(prover, part)
        if names is not None:
            possible = names if possible is None else possible & names
    if possible is None:
        return None
    return frozenset(name for name in possible if not prover.impossible(_held(prover, branch, name)))


def _only_names(prover: "Prover", part: dict[str, Any]) -> frozenset[str] | None:
    additional = part.get("additionalProperties", True)
    if not part.get("patternProperties") and prover.impossible((additional,)):
        return frozenset(part.get("properties", ()))
    if "propertyNames" not in part:
        return None
    names = prover.finite((part["propertyNames"], {"type": ["string"]}))
    return None if names is None else frozenset(names)


def needed_by(branch: Branch, names: Iterable[str] = ()) -> frozenset[str]:
    """The properties that must be present, given that those of the names are."""
    needed = set(names)
    for part in branch.parts:
        needed.update(part.get("required", ()))
    while True:
        more = {
            other
            for part in branch.parts
            for name, others in part.get("dependentRequired", {}).items()
            if name in needed
            for other in others
        }
        if more <= needed:
            return frozenset(needed)
        needed |= more


def _most(prover: "Prover", branch: Branch) -> int | None:
    bounds = [part["maxProperties"] for part in branch.parts if "maxProperties" in part]
    possible = _possible(prover, branch)
    if possible is not None:
        bounds.append(len(possible))
    return min(bounds, default=None)


def _fewest(branch: Branch) -> int:
    stated = (part["minProperties"] for part in branch.parts if "minProperties" in part)
    return max(max(stated, default=0), len(needed_by(branch)))


def no_object(prover: "Prover", branch: Branch) -> bool:
    """Whether it is proven that no object is in the branch."""
    most = _most(prover, branch)
    if most is not None and most < _fewest(branch):
        return True
    return any(prover.impossible(_held(prover, branch, name)) for name in needed_by(branch))


def only_empty(prover: "Prover", branch: Branch) -> bool:
    """Whether the empty object is the only one that can be in the branch."""
    return _most(prover, branch) == 0


def object_changes(
    prover: "Prover", branch: Branch, new: dict[str, Any], at: Path
) -> Iterator[BreakingChange]:
    """What the object keywords of the new schema refuse of a branch."""
    for name in new.get("required", ()):
        if name not in needed_by(branch):
            yield breaking((*at, name), Rule.REQUIRED_ADDED, f"{name} is required now")
    if any(keyword in new for keyword in PROPERTIES):
        yield from _named_changes(prover, branch, new, at)
        if _possible(prover, branch) is None:
            yield from _other_changes(prover, branch, new, at)
    if _fewest(branch) < new.get("minProperties", 0):
        yield breaking(at, Rule.BOUND_TIGHTENED, f"minProperties is {new['minProperties']} now")
    most = _most(prover, branch)
    if "maxProperties" in new and (most is None or most > new["maxProperties"]):
        yield breaking(at, Rule.BOUND_TIGHTENED, f"maxProperties is {new['maxProperties']} now")
    if "propertyNames" in new and not _names_hold(prover, branch, new["propertyNames"]):
        yield breaking(at, Rule.PROPERTY_NAMES_NARROWED, "not every property name is accepted any more")
    yield from _dependency_changes(prover, branch, new, at)


def _named_changes(
    prover: "Prover", branch: Branch, new: dict[str, Any], at: Path
) -> Iterator[BreakingChange]:
    possible = _possible(prover, branch)
    names = named((*branch.parts, new)) | (possible or frozenset())
    for name in sorted(names if possible is None else possible):
        wanted = _property(new, name)
        held = _held(prover, branch, name)
        added = False not in wanted and _is_new(prover, branch, name)
        if not wanted or added or prover.impossible(held):
            continue
        for schema in wanted:
            if schema is False:
                yield breaking((*at, name), Rule.PROPERTY_REMOVED, f"{name} is not accepted any more")
            else:
                yield from prover.check(held, schema, (*at, name))


def _is_new(prover: "Prover", branch: Branch, name: str) -> bool:
    """Whether the old schema leaves a property open without knowing it.

    Such a property may be added: what no contract names never passes protection, so no stored event has it.
    """
    if prover.strict or name in prover.known:
        return False
    return all(held is True for held in _held(prover, branch, name))


def _other_changes(
    prover: "Prover", branch: Branch, new: dict[str, Any], at: Path
) -> Iterator[BreakingChange]:
    """Properties that neither side names."""
    patterns: dict[str, Schema] = new.get("patternProperties", {})
    for pattern, wanted in patterns.items():
        held = _held_by_others(branch, matching=pattern)
        if prover.impossible(held) or (held and not prover.check(held, wanted, (*at, "*"))):
            continue
        if not prover.within_strictly((), wanted):
            message = f"properties whose name matches {pattern} are restricted now"
            yield breaking((*at, "*"), Rule.OTHER_PROPERTIES_NARROWED, message)
    wanted = new.get("additionalProperties", True)
    held = _held_by_others(branch, outside=tuple(patterns))
    if prover.impossible(held) or prover.within_strictly((), wanted):
        return
    if prover.impossible((wanted,)):
        message = "properties that are not named are not accepted any more"
        yield breaking(at, Rule.CONTENT_MODEL_CLOSED, message)
    elif not held:
        message = "properties that are not named are restricted now"
        yield breaking((*at, "*"), Rule.OTHER_PROPERTIES_NARROWED, message)
    else:
        yield from prover.check(held, wanted, (*at, "*"))


def _held_by_others(
    branch: Branch, *, matching: str | None = None, outside: tuple[str, ...] = ()
) -> Conjunction:
    """What a branch says of any property that nobody names, and whose name does or does not match."""
    held = (_held_by_other(part, matching, outside) for part in branch.parts)
    return tuple(schema for schemas in held for schema in schemas if schema is not True)


def _held_by_other(part: dict[str, Any], matching: str | None, outside: tuple[str, ...]) -> Conjunction:
    certain: list[Schema] = []
    possible: list[Schema] = []
    for pattern, schema in part.get("patternProperties", {}).items():
        if matching is not None and _always(matching, pattern):
            certain.append(schema)
        elif not _never(pattern, matching, outside):
            possible.append(schema)
    if certain:
        return tuple(certain)
    possible.append(part.get("additionalProperties", True))
    if True in possible:
        return ()
    return (possible[0],) if len(possible) == 1 else ({"anyOf": possible},)


def _always(narrow: str, wide: str) -> bool:
    """Whether it is proven that every name that matches the first matches the second."""
    return narrow == wide or no_text(frozenset({narrow}), frozenset({wide}))


def _never(pattern: str, matching: str | None, outside: tuple[str, ...]) -> bool:
    """Whether it is proven that no name in question matches the pattern."""
    if pattern in outside:
        return True
    return no_text(frozenset({pattern} if matching is None else {pattern, matching}), frozenset(outside))


def _names_hold(prover: "Prover", branch: Branch, wanted: Schema) -> bool:
    possible = _possible(prover, branch)
    if possible is not None:
        return all(prover.accepts(wanted, name) for name in possible)
    names = tuple(part["propertyNames"] for part in branch.parts if "propertyNames" in part)
    any_name: list[Conjunction] = [({"type": ["string"]},)]
    return any(
        all(prover.within_strictly((*names, *kind), wanted) for kind in kinds)
        for kinds in (any_name, *_kinds_of_names(prover, branch))
    )


def _kinds_of_names(prover: "Prover", branch: Branch) -> Iterator[list[Conjunction]]:
    """For each part that accepts only some names: the kinds of names that it accepts."""
    for part in branch.parts:
        if prover.impossible((part.get("additionalProperties", True),)):
            kinds: list[Conjunction] = [({"enum": [name]},) for name in part.get("properties", ())]
            patterns = part.get("patternProperties", ())
            yield [*kinds, *(({"type": ["string"], "pattern": pattern},) for pattern in patterns)]


def _dependency_changes(
    prover: "Prover", branch: Branch, new: dict[str, Any], at: Path
) -> Iterator[BreakingChange]:
    for name, others in new.get("dependentRequired", {}).items():
        if _is_new(prover, branch, name) or prover.impossible(_held(prover, branch, name)):
            continue
        for other in others:
            if other not in needed_by(branch, (name,)):
                message = f"{other} is required now where {name} is given"
                yield breaking((*at, other), Rule.DEPENDENCY_ADDED, message)
    for name, schema in new.get("dependentSchemas", {}).items():
        if not _is_new(prover, branch, name):
            yield from prover.within_all(prover.narrowed(branch, {"required": [name]}), schema, at)
