"""Schemas made of schemas: one of several, not that, if this then that."""

from typing import TYPE_CHECKING, Any, Final

from orgpulse_schemas.compatibility.branches import Branch
from orgpulse_schemas.compatibility.change import BreakingChange, Path, Rule, breaking
from orgpulse_schemas.compatibility.document import Schema

if TYPE_CHECKING:
    from orgpulse_schemas.compatibility.prover import Prover

_MAX_PIECES: Final = 150
"""Pieces into which the old values are cut at most, to prove that each is in some alternative."""


def any_of(prover: "Prover", branch: Branch, alternatives: list[Schema], at: Path) -> list[BreakingChange]:
    """What no alternative accepts."""
    found = []
    for alternative in alternatives:
        changes = prover.within(branch, alternative, at)
        if not changes:
            return []
        if prover.expanded(Branch(branch.atoms), alternative):
            found.append((alternative, changes))
    if not found:
        return [breaking(at, Rule.TYPE_NARROWED, f"{branch.atom} is not accepted any more")]
    touched = [(schema, changes) for schema, changes in found if prover.expanded(branch, schema)]
    if touched and _covered(prover, branch, [schema for schema, _ in touched], at, _Pieces()):
        return []
    return _nearest([changes for _, changes in touched or found], at)


class _Pieces:
    """How many pieces may still be looked at."""

    def __init__(self) -> None:
        self._left = _MAX_PIECES

    def take(self, number: int) -> bool:
        self._left -= number
        return self._left >= 0


def _covered(prover: "Prover", branch: Branch, alternatives: list[Schema], at: Path, pieces: _Pieces) -> bool:
    """Whether every value is in some alternative: what the first one leaves must be in the others."""
    if any(not prover.within(branch, alternative, at) for alternative in alternatives):
        return True
    first, *others = alternatives
    if not others:
        return False
    left = prover.denied(branch, first)
    return pieces.take(len(left)) and all(_covered(prover, piece, others, at, pieces) for piece in left)


def _nearest(candidates: list[list[BreakingChange]], at: Path) -> list[BreakingChange]:
    """The changes against the alternative that is meant, if that is plain: then they name the field."""
    ranked = sorted(candidates, key=len)
    if len(ranked) == 1 or len(ranked[0]) < len(ranked[1]):
        return ranked[0]
    return [breaking(at, Rule.ALTERNATIVE_REMOVED, "no alternative accepts all that was accepted")]


def one_of(prover: "Prover", branch: Branch, alternatives: list[Schema], at: Path) -> list[BreakingChange]:
    """What no alternative accepts, or more than one."""
    found = any_of(prover, branch, alternatives, at)
    touched = [alternative for alternative in alternatives if prover.expanded(branch, alternative)]
    for index, one in enumerate(touched):
        for other in touched[index + 1 :]:
            if prover.expanded(branch, one, other):
                message = "something that was accepted meets more than one alternative, or may"
                return [*found, breaking(at, Rule.ALTERNATIVES_OVERLAP, message)]
    return found


def excluded(prover: "Prover", branch: Branch, schema: Schema, at: Path) -> list[BreakingChange]:
    """What ``not`` refuses."""
    for part in branch.parts:
        if "not" in part and prover.within_strictly((schema,), part["not"]):
            return []
    if not prover.expanded(branch, schema):
        return []
    return [breaking(at, Rule.EXCLUSION_ADDED, "something that was accepted is excluded now, or may be")]


def conditional(prover: "Prover", branch: Branch, new: dict[str, Any], at: Path) -> list[BreakingChange]:
    """What ``then`` refuses of the values that meet ``if``, and ``else`` of the others."""
    changes = []
    if new.get("then", True) is not True:
        changes += prover.within_all(prover.expanded(branch, new["if"]), new["then"], at)
    if new.get("else", True) is not True:
        changes += prover.within_all(prover.denied(branch, new["if"]), new["else"], at)
    return changes
