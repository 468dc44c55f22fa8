"""Whether a branch holds any value at all, and which, where they are few."""

from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

from orgpulse_schemas.compatibility import arrays, objects
from orgpulse_schemas.compatibility.atoms import Atom, atom_of
from orgpulse_schemas.compatibility.branches import Branch
from orgpulse_schemas.compatibility.numbers import span_of
from orgpulse_schemas.compatibility.strings import texts_of

if TYPE_CHECKING:
    from orgpulse_schemas.compatibility.prover import Prover

_MAX_LISTED: Final = 64
"""Integers in a range that are looked at one by one."""


def values_of(prover: "Prover", branch: Branch) -> list[Any] | None:
    """The only values that a branch of one kind can hold, if they are few."""
    listed = prover.judge.values_of(branch.parts)
    if listed is not None:
        return [value for value in listed if atom_of(value) is branch.atom]
    candidates = _candidates(prover, branch)
    return None if candidates is None else prover.judge.left(candidates, branch.parts)


def _candidates(prover: "Prover", branch: Branch) -> list[Any] | None:
    match branch.atom:
        case Atom.NULL:
            return [None]
        case Atom.BOOLEAN:
            return [False, True]
        case Atom.INTEGER:
            return _integers(branch)
        case _:
            return _only_the_empty(prover, branch)


def _only_the_empty(prover: "Prover", branch: Branch) -> list[Any] | None:
    """The empty text, array or object where no longer one is possible."""
    if branch.atom is Atom.STRING and any(part.get("maxLength") == 0 for part in branch.parts):
        return [""]
    if branch.atom is Atom.ARRAY and arrays.most(prover, branch) == 0:
        return [[]]
    if branch.atom is Atom.OBJECT and objects.only_empty(prover, branch):
        return [{}]
    return None


def _integers(branch: Branch) -> list[Any] | None:
    span = span_of(branch)
    if span.low is None or span.high is None:
        return None
    low, high = ceil(span.low.value), floor(span.high.value)
    return list(range(low, high + 1)) if high - low < _MAX_LISTED else None


def is_empty(prover: "Prover", branch: Branch) -> bool:
    """Whether it is proven that a branch of one kind holds no value."""
    values = values_of(prover, branch)
    if values is not None:
        return not values
    return _contradicts_itself(prover, branch) or _is_excluded(prover, branch)


def _contradicts_itself(prover: "Prover", branch: Branch) -> bool:
    match branch.atom:
        case Atom.INTEGER | Atom.FRACTION:
            return span_of(branch).empty
        case Atom.STRING:
            return texts_of(branch).empty
        case Atom.ARRAY:
            return arrays.no_array(prover, branch)
        case _:
            return objects.no_object(prover, branch)


def _is_excluded(prover: "Prover", branch: Branch) -> bool:
    """Whether one of the branch's exclusions leaves nothing; not inside such a proof, which would not end."""
    if prover.denying:
        return False
    exclusions = (part for part in branch.parts if "not" in part)
    return any(prover.excludes(branch.without(part), part["not"]) for part in exclusions)
