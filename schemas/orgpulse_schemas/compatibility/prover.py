"""Proves that everything valid under an old schema is valid under a new one, or names what is not.

Values are split into branches of one kind each; every assertion of the new schema is then proven from what
the branch states. What cannot be proven counts as a breaking change.
"""

from collections.abc import Iterator
from typing import Any, Final

from orgpulse_schemas.compatibility import arrays, combinations, numbers, objects, strings
from orgpulse_schemas.compatibility.atoms import EVERY, KEYWORD_ATOMS, UNEVALUATED_ATOMS, Atom, atoms_of_types
from orgpulse_schemas.compatibility.branches import Branch
from orgpulse_schemas.compatibility.change import BreakingChange, Path, Rule, breaking
from orgpulse_schemas.compatibility.document import UNEVALUATED, Conjunction, Schema, text_of
from orgpulse_schemas.compatibility.emptiness import is_empty, values_of
from orgpulse_schemas.compatibility.remainders import Remainders
from orgpulse_schemas.compatibility.same import Sameness
from orgpulse_schemas.compatibility.values import Judge

_MAX_STEPS: Final = 20_000
_MAX_SHOWN: Final = 5
_IN_PLACE: Final = ("$ref", "allOf", "anyOf", "oneOf", "not")
_OPAQUE: Final = (*UNEVALUATED, "$dynamicRef")
_ALONE: Final = (*numbers.KEYWORDS, *strings.KEYWORDS)
_TOGETHER: Final = {Atom.ARRAY: arrays.KEYWORDS, Atom.OBJECT: objects.KEYWORDS}


class TooComplexError(Exception):
    """The proof would take too long."""


class Prover(Remainders):
    """Compares the schemas of one pair of documents; ``table`` holds what their references lead to."""

    def __init__(self, table: dict[str, Schema]) -> None:
        super().__init__(table)
        self._table = table
        self.judge = Judge(table)
        self.same = Sameness(table)
        self._open: dict[tuple[str, ...], int] = {}
        self._proven: dict[tuple[str, ...], bool] = {}
        self._proving: set[tuple[str, ...]] = set()
        self._steps = 0
        self.strict = False
        """Whether properties that the old schema does not know may hold anything."""
        self.known: frozenset[str] = frozenset()
        """The properties that the old schema names at the place in question."""
        self.denying = False
        """Whether an exclusion is being used to prove that there is no value."""

    def check(self, old: Conjunction, new: Schema, at: Path) -> list[BreakingChange]:
        """What the new schema refuses of that which meets all old ones."""
        if new is True or any(self.same(schema, new) for schema in old):
            return []
        key = (text_of(new), *sorted(map(text_of, old)))
        if key in self._open:
            return self._assumed(key, at)
        self._open[key] = len(at)
        before = self.known
        try:
            branches = self.met(old)
            self.known = objects.named(part for branch in branches for part in branch.parts)
            return self.within_all(self.real(branches), new, at)
        finally:
            self.known = before
            del self._open[key]

    def _assumed(self, key: tuple[str, ...], at: Path) -> list[BreakingChange]:
        """A proof inside its own proof: good for a value inside the value, and for nothing else."""
        if len(at) > self._open[key]:
            return []
        return [breaking(at, Rule.NOT_PROVABLE, "the schema refers to itself without end")]

    def within_all(self, branches: list[Branch], new: Schema, at: Path) -> list[BreakingChange]:
        """What the new schema refuses of any branch; one change a place and rule."""
        found: dict[tuple[str, Rule], BreakingChange] = {}
        for branch in branches:
            for change in self.within(branch, new, at):
                found.setdefault((change.path, change.rule), change)
        return list(found.values())

    def within(self, branch: Branch, new: Schema, at: Path) -> list[BreakingChange]:
        """What the new schema refuses of a branch of one kind."""
        self._step()
        if new is True or self._states(branch, new):
            return []
        if isinstance(new, bool):
            return [breaking(at, Rule.VALUE_REMOVED, "nothing is accepted any more")]
        if "type" in new and branch.atom not in atoms_of_types(new["type"]):
            message = f"{branch.atom} is not accepted any more, only {' or '.join(new['type'])}"
            return [breaking(at, Rule.TYPE_NARROWED, message)]
        values = self.values(branch)
        found: list[BreakingChange] = []
        for group in _groups(new, branch.atom):
            if values is None or not self.judge.can_judge(group):
                found += self._refused(branch, group, at)
            elif refused := [value for value in values if not self.judge.meets(value, group)]:
                found += self._refused_values(branch, refused, group, at)
        return found

    def _refused(self, branch: Branch, group: dict[str, Any], at: Path) -> Iterator[BreakingChange]:
        """What one group of assertions refuses of a branch."""
        opaque = [keyword for keyword in _OPAQUE if keyword in group]
        if opaque:
            yield breaking(at, Rule.NOT_PROVABLE, f"a schema with {' and '.join(opaque)} changed")
        elif "enum" in group:
            yield breaking(at, Rule.VALUE_REMOVED, f"only {_shown(group['enum'])} are accepted now")
        elif not group.keys().isdisjoint((*_IN_PLACE, "if")):
            yield from self._refused_in_place(branch, group, at)
        elif branch.atom is Atom.STRING:
            yield from strings.string_changes(branch, group, at)
        elif branch.atom is Atom.ARRAY:
            yield from arrays.array_changes(self, branch, group, at)
        elif branch.atom is Atom.OBJECT:
            yield from objects.object_changes(self, branch, group, at)
        else:
            yield from numbers.number_changes(branch, group, at)

    def _states(self, branch: Branch, new: Schema) -> bool:
        """Whether a branch states the schema itself, as a part or as a schema that is taken as a whole."""
        return any(
            self.same(part, new) or any(self.same(whole, new) for whole in part.get("allOf", ()))
            for part in branch.parts
        )

    def _refused_in_place(self, branch: Branch, group: dict[str, Any], at: Path) -> Iterator[BreakingChange]:
        if "$ref" in group:
            yield from self._refused_by_target(branch, group["$ref"], at)
        for schema in group.get("allOf", ()):
            yield from self.within(branch, schema, at)
        if "anyOf" in group:
            yield from combinations.any_of(self, branch, group["anyOf"], at)
        if "oneOf" in group:
            yield from combinations.one_of(self, branch, group["oneOf"], at)
        if "not" in group:
            yield from combinations.excluded(self, branch, group["not"], at)
        if "if" in group:
            yield from combinations.conditional(self, branch, group, at)

    def _refused_by_target(self, branch: Branch, reference: str, at: Path) -> Iterator[BreakingChange]:
        if reference not in self._table:
            yield breaking(at, Rule.NOT_PROVABLE, f"the reference {reference} leads out of the schema")
            return
        key = (reference, branch.atom, *sorted(map(text_of, branch.parts)))
        if key in self._open:
            yield from self._assumed(key, at)
            return
        self._open[key] = len(at)
        try:
            yield from self.within(branch, self._table[reference], at)
        finally:
            del self._open[key]

    def _refused_values(
        self, branch: Branch, values: list[Any], group: dict[str, Any], at: Path
    ) -> Iterator[BreakingChange]:
        """Names the rule by which a group refuses single values."""
        found: list[BreakingChange] = []
        if group.keys().isdisjoint(_OPAQUE):
            if not group.keys().isdisjoint((*_IN_PLACE, "if")):
                found = list(self._refused_in_place(Branch(branch.atoms, ({"enum": values},)), group, at))
            elif not group.keys().isdisjoint(_ALONE):
                found = list(self._refused(Branch(branch.atoms), group, at))
        removed = breaking(at, Rule.VALUE_REMOVED, f"{_shown(values)} is not accepted any more")
        yield from found or [removed]

    def is_empty(self, branch: Branch) -> bool:
        """Whether it is proven that a branch of one kind holds no value."""
        return is_empty(self, branch)

    def values(self, branch: Branch) -> list[Any] | None:
        """The only values that a branch of one kind can hold, if they are few."""
        return values_of(self, branch)

    def impossible(self, schemas: Conjunction) -> bool:
        """Whether it is proven that no value meets all schemas."""
        if all(schema is True for schema in schemas):
            return False
        key = ("impossible", str(self.denying), *sorted(map(text_of, schemas)))
        return self._prove(key, lambda: not self.real(self.met(schemas)))

    def within_strictly(self, old: Conjunction, new: Schema) -> bool:
        """Whether it is proven that all values of the old schemas meet the new one."""
        key = ("within", str(self.denying), text_of(new), *sorted(map(text_of, old)))
        return self._prove(key, lambda: not self.check(old, new, ()))

    def excludes(self, branch: Branch, schema: Schema) -> bool:
        """Whether it is proven that ``not`` leaves nothing of a branch."""
        key = ("excludes", text_of(schema), branch.atom, *sorted(map(text_of, branch.parts)))
        self.denying, before = True, self.denying
        try:
            return self._prove(key, lambda: not self.within(branch, schema, ()))
        finally:
            self.denying = before

    def _prove(self, key: tuple[str, ...], proof: Any) -> bool:
        """A proof of its own, without assumptions or leniency; inside itself it proves nothing."""
        if key in self._proving:
            return False
        if key not in self._proven:
            outside = (self._open, self.strict, self.known)
            self._open, self.strict = {}, True
            self._proving.add(key)
            try:
                self._proven[key] = bool(proof())
            finally:
                self._proving.discard(key)
                self._open, self.strict, self.known = outside
        return self._proven[key]

    def accepts(self, schema: Schema, value: Any) -> bool:
        """Whether it is proven that a schema accepts a value."""
        return self.within_strictly(({"enum": [value]},), schema)

    def refuses(self, schema: Schema, value: Any) -> bool:
        """Whether it is proven that a schema refuses a value."""
        return self.judge.can_judge(schema) and not self.judge.meets(value, schema)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise TooComplexError


def _groups(schema: dict[str, Any], atom: Atom) -> Iterator[dict[str, Any]]:
    """The assertions of a schema that concern a kind of value, apart where they do not depend on another."""
    if any(keyword in schema for keyword in _OPAQUE if atom in UNEVALUATED_ATOMS.get(keyword, EVERY)):
        yield schema
    for keyword in (*_IN_PLACE, "enum"):
        if keyword in schema:
            yield {keyword: schema[keyword]}
    if "if" in schema:
        yield {keyword: schema[keyword] for keyword in ("if", "then", "else") if keyword in schema}
    for keyword in _ALONE:
        if keyword in schema and atom in KEYWORD_ATOMS[keyword]:
            yield {keyword: schema[keyword]}
    together = _TOGETHER.get(atom, ())
    group = {keyword: value for keyword, value in schema.items() if keyword in together}
    if group:
        yield group


def _shown(values: list[Any]) -> str:
    shown = ", ".join(map(text_of, values[:_MAX_SHOWN]))
    more = len(values) - _MAX_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
