"""What schemas leave of each other: branches met, denied and narrowed, without those that hold nothing."""

from abc import ABC, abstractmethod
from typing import Any

from orgpulse_schemas.compatibility import objects
from orgpulse_schemas.compatibility.atoms import EVERY, Atom
from orgpulse_schemas.compatibility.branches import ANYTHING, Branch, Expander, meet
from orgpulse_schemas.compatibility.document import Conjunction, Schema, text_of


class Remainders(ABC):
    """Takes schemas apart and together; ``table`` holds what their references lead to."""

    def __init__(self, table: dict[str, Schema]) -> None:
        self._expander = Expander(table)

    @abstractmethod
    def is_empty(self, branch: Branch) -> bool:
        """Whether it is proven that a branch of one kind holds no value."""

    @abstractmethod
    def values(self, branch: Branch) -> list[Any] | None:
        """The only values that a branch of one kind can hold, if they are few."""

    def expanded(self, branch: Branch, *schemas: Schema) -> list[Branch]:
        """What of a branch may also meet all schemas; empty means proven that nothing does."""
        branches = [branch]
        for schema in schemas:
            branches = meet(branches, self._expander.expand(schema))
        return self.real(branches)

    def denied(self, branch: Branch, schema: Schema) -> list[Branch]:
        """What of a branch may fail a schema."""
        failing = meet([branch], self._expander.deny(schema))
        return self.real(meet(failing, [Branch(EVERY, ({"not": schema},))]))

    def narrowed(self, branch: Branch, part: dict[str, Any]) -> list[Branch]:
        """What of a branch also meets a part."""
        return self.real(meet([branch], [Branch(EVERY, (part,))]))

    def met(self, schemas: Conjunction) -> list[Branch]:
        """The branches of what meets all schemas, of any kind, also such as hold nothing."""
        branches = [ANYTHING]
        for schema in schemas:
            branches = meet(branches, self._expander.expand(schema))
        return branches

    def real(self, branches: list[Branch]) -> list[Branch]:
        """The branches by kind, without those that are proven to hold nothing."""
        kinds = (kind for branch in branches for kind in branch.of_one_kind())
        complete = (whole for kind in kinds for whole in self._with_dependents(kind, frozenset()))
        return [branch for branch in complete if not self.is_empty(branch)]

    def _with_dependents(self, branch: Branch, done: frozenset[str]) -> list[Branch]:
        """The branch with the schemas that hold because a property must be present."""
        if branch.atom is not Atom.OBJECT:
            return [branch]
        needed = objects.needed_by(branch)
        for part in branch.parts:
            for name, schema in part.get("dependentSchemas", {}).items():
                mark = f"{name} {text_of(schema)}"
                if name in needed and mark not in done:
                    more = meet([branch], self._expander.expand(schema))
                    kinds = (kind for met in more for kind in met.of_one_kind())
                    return [whole for kind in kinds for whole in self._with_dependents(kind, done | {mark})]
        return [branch]

    def finite(self, schemas: Conjunction) -> list[Any] | None:
        """The only values that meet all schemas, if they are few."""
        found: list[Any] = []
        for branch in self.real(self.met(schemas)):
            values = self.values(branch)
            if values is None:
                return None
            found += values
        return found
