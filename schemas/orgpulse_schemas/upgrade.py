"""How a payload of an older major version becomes one of a newer version, without inventing anything.

The newer contract declares it: for each of its fields, where the value comes from. The declaration is plain
data, so that it can be applied to a payload here and turned into SQL where rows of an older version join the
newest version's table. For a field ``f`` of the newer version, with ``o`` as the older version's row:

====================== =========================================================================
``Keep()``             ``o.f``
``Rename("g")``        ``o.g``
``Constant(value)``    the value as a literal of the newer field's type; ``None`` is ``null``
``Translate("g", …)``  ``case o.g when <each key> then <its value> end``; null stays null
====================== =========================================================================

Only fields that pass protection have a column. Protection treats a field and the one it comes from alike; a
test holds that, so the rules mean the same on protected rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Scalar = str | int | bool | None
"""A value as JSON writes it."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The field has the name and meaning that it had."""


@dataclass(frozen=True, slots=True)
class Rename:
    """The field has the meaning of another field of the older version."""

    source: str
    """Name of the field in the older version."""


@dataclass(frozen=True, slots=True)
class Constant:
    """The older version says nothing about it: the value that means so, mostly ``None`` for unknown."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Translate:
    """The field says in other codes what a field of the older version said."""

    source: str
    """Name of the field in the older version."""
    values: Mapping[Scalar, Scalar]
    """The newer code for every value that the older field can hold."""


Rule = Keep | Rename | Constant | Translate


@dataclass(frozen=True, eq=False)
class Upgrade:
    """From which event type a contract upgrades, and by which rule each of its fields."""

    from_type: str
    rules: Mapping[str, Rule]
    """The rule of every field of the newer version."""

    def source_of(self, name: str) -> str | None:
        """The older version's field that a newer field comes from; nothing for a constant."""
        match self.rules[name]:
            case Keep():
                return name
            case Rename(source) | Translate(source, _):
                return source
            case Constant():
                return None

    def upgrade(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The payload of the newer version, as JSON writes it; a field that is absent counts as null."""
        return {name: self._value(name, payload) for name in self.rules}

    def _value(self, name: str, payload: Mapping[str, Any]) -> Any:
        rule = self.rules[name]
        if isinstance(rule, Constant):
            return rule.value
        value = payload.get(self.source_of(name) or name)
        if isinstance(rule, Translate) and value is not None:
            return rule.values[value]
        return value
