"""Arrays: items by position, how many, how different, and what they must contain."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from orgpulse_schemas.compatibility.branches import Branch
from orgpulse_schemas.compatibility.change import BreakingChange, Path, Rule, breaking
from orgpulse_schemas.compatibility.document import Conjunction, Schema

if TYPE_CHECKING:
    from orgpulse_schemas.compatibility.prover import Prover

KEYWORDS: Final = (
    "items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains",
)  # fmt: skip


def _item(schema: dict[str, Any], position: int) -> Schema | None:
    """What a schema says of the item at a position; nothing if it says nothing."""
    prefix = schema.get("prefixItems", ())
    item: Schema | None = prefix[position] if position < len(prefix) else schema.get("items")
    return item


def _items(branch: Branch, position: int) -> Conjunction:
    return tuple(item for part in branch.parts if (item := _item(part, position)) is not None)


def _prefix(branch: Branch) -> int:
    """The position from which on every item is treated alike."""
    return max((len(part.get("prefixItems", ())) for part in branch.parts), default=0)


def fewest(branch: Branch) -> int:
    """How many items an array of the branch has at least."""
    stated = [part["minItems"] for part in branch.parts if "minItems" in part]
    contained = [part.get("minContains", 1) for part in branch.parts if "contains" in part]
    return max(stated + contained, default=0)


def most(prover: "Prover", branch: Branch) -> int | None:
    """How many items an array of the branch has at most; nothing if there is no bound."""
    bounds = [part["maxItems"] for part in branch.parts if "maxItems" in part]
    for position in range(_prefix(branch) + 1):
        if prover.impossible(_items(branch, position)):
            bounds.append(position)
            break
    return min(bounds, default=None)


def no_array(prover: "Prover", branch: Branch) -> bool:
    """Whether it is proven that no array is in the branch."""
    limit = most(prover, branch)
    if limit is not None and limit < fewest(branch):
        return True
    return any(
        part.get("minContains", 1) > 0 and _contains_none(prover, branch, part["contains"])
        for part in branch.parts
        if "contains" in part
    )


def _contains_none(prover: "Prover", branch: Branch, wanted: Schema) -> bool:
    """Whether it is proven that no item meets a schema."""
    limit = most(prover, branch)
    positions = range(_prefix(branch) + 1)
    return all(
        (limit is not None and position >= limit) or prover.impossible((*_items(branch, position), wanted))
        for position in positions
    )


def array_changes(
    prover: "Prover", branch: Branch, new: dict[str, Any], at: Path
) -> Iterator[BreakingChange]:
    """What the array keywords of the new schema refuse of a branch."""
    if "items" in new or "prefixItems" in new:
        yield from _item_changes(prover, branch, new, at)
    if fewest(branch) < new.get("minItems", 0):
        yield breaking(at, Rule.BOUND_TIGHTENED, f"minItems is {new['minItems']} now")
    limit = most(prover, branch)
    if "maxItems" in new and (limit is None or limit > new["maxItems"]):
        yield breaking(at, Rule.BOUND_TIGHTENED, f"maxItems is {new['maxItems']} now")
    unique = any(part.get("uniqueItems") for part in branch.parts) or (limit is not None and limit <= 1)
    if new.get("uniqueItems") and not unique:
        yield breaking(at, Rule.UNIQUENESS_ADDED, "items may not repeat now")
    if "contains" in new:
        yield from _contains_changes(prover, branch, new, at)


def _item_changes(
    prover: "Prover", branch: Branch, new: dict[str, Any], at: Path
) -> Iterator[BreakingChange]:
    limit = most(prover, branch)
    rest = max(_prefix(branch), len(new.get("prefixItems", ())))
    for position in range(rest + 1):
        if limit is not None and position >= limit:
            return
        wanted = _item(new, position)
        if wanted is None:
            continue
        if wanted is False:
            yield breaking(at, Rule.CONTENT_MODEL_CLOSED, f"no more than {position} items are accepted now")
            return
        name = str(position) if position < rest else "*"
        yield from prover.check(_items(branch, position), wanted, (*at, name))


def _contains_changes(
    prover: "Prover", branch: Branch, new: dict[str, Any], at: Path
) -> Iterator[BreakingChange]:
    wanted, least = new["contains"], new.get("minContains", 1)
    if least > 0 and not _contains_enough(prover, branch, wanted, least):
        yield breaking(at, Rule.CONTAINS_NARROWED, f"at least {least} items must meet the stated schema now")
    if "maxContains" in new and not _contains_few(prover, branch, wanted, new["maxContains"]):
        number = new["maxContains"]
        yield breaking(
            at, Rule.CONTAINS_NARROWED, f"no more than {number} items may meet the stated schema now"
        )


def _contains_enough(prover: "Prover", branch: Branch, wanted: Schema, least: int) -> bool:
    for part in branch.parts:
        enough = "contains" in part and part.get("minContains", 1) >= least
        if enough and prover.within_strictly((part["contains"],), wanted):
            return True
    length = fewest(branch)
    meeting, rest = 0, _prefix(branch)
    for position in range(min(length, rest)):
        meeting += prover.within_strictly(_items(branch, position), wanted)
    if length > rest and prover.within_strictly(_items(branch, rest), wanted):
        meeting += length - rest
    return meeting >= least


def _contains_few(prover: "Prover", branch: Branch, wanted: Schema, number: int) -> bool:
    limit = most(prover, branch)
    if (limit is not None and limit <= number) or _contains_none(prover, branch, wanted):
        return True
    return any(
        part.get("maxContains", number + 1) <= number and prover.within_strictly((wanted,), part["contains"])
        for part in branch.parts
        if "contains" in part
    )
