"""What a breaking change is: where, by which rule, what happened, and the way out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Path = tuple[str, ...]
"""Names from the root of an instance; ``*`` stands for any other property or any further item."""


class Rule(StrEnum):
    """The rule that a change breaks; part of the public interface, so codes are never renamed."""

    REQUIRED_ADDED = "required_added"
    PROPERTY_REMOVED = "property_removed"
    CONTENT_MODEL_CLOSED = "content_model_closed"
    OTHER_PROPERTIES_NARROWED = "other_properties_narrowed"
    PROPERTY_NAMES_NARROWED = "property_names_narrowed"
    DEPENDENCY_ADDED = "dependency_added"
    TYPE_NARROWED = "type_narrowed"
    VALUE_REMOVED = "value_removed"
    BOUND_TIGHTENED = "bound_tightened"
    MULTIPLE_NARROWED = "multiple_narrowed"
    PATTERN_NARROWED = "pattern_narrowed"
    FORMAT_NARROWED = "format_narrowed"
    UNIQUENESS_ADDED = "uniqueness_added"
    CONTAINS_NARROWED = "contains_narrowed"
    ALTERNATIVE_REMOVED = "alternative_removed"
    ALTERNATIVES_OVERLAP = "alternatives_overlap"
    EXCLUSION_ADDED = "exclusion_added"
    NOT_PROVABLE = "not_provable"
    CHECK_ADDED = "check_added"
    """A check that JSON Schema has no word for, such as a code list."""
    FIELD_REMOVED = "field_removed"
    """JSON Schema ignores what it does not name; a contract drops it."""
    UNIT_CHANGED = "unit_changed"
    TREATMENT_CHANGED = "treatment_changed"
    PROTECTION_WEAKENED = "protection_weakened"
    RETENTION_LENGTHENED = "retention_lengthened"
    KEY_CHANGED = "key_changed"
    CONTRACT_REMOVED = "contract_removed"


WAYS_OUT: Final = {
    Rule.REQUIRED_ADDED: "Make it optional",
    Rule.PROPERTY_REMOVED: "Keep it as an optional property",
    Rule.CONTENT_MODEL_CLOSED: "Leave the content model open",
    Rule.OTHER_PROPERTIES_NARROWED: "Name the property instead of restricting all others",
    Rule.PROPERTY_NAMES_NARROWED: "Accept every name that was accepted",
    Rule.DEPENDENCY_ADDED: "Drop the dependency and check it in the warehouse",
    Rule.TYPE_NARROWED: "Accept the old type as well",
    Rule.VALUE_REMOVED: "Keep the old values in the list",
    Rule.BOUND_TIGHTENED: "Keep the old bound",
    Rule.MULTIPLE_NARROWED: "Keep the old step",
    Rule.PATTERN_NARROWED: "Widen the pattern until it matches every text that was accepted",
    Rule.FORMAT_NARROWED: "Leave the format as it was",
    Rule.UNIQUENESS_ADDED: "Accept repeated items",
    Rule.CONTAINS_NARROWED: "Accept the arrays that were accepted",
    Rule.ALTERNATIVE_REMOVED: "Keep the old alternative",
    Rule.ALTERNATIVES_OVERLAP: "Use anyOf, or keep the alternatives apart",
    Rule.EXCLUSION_ADDED: "Accept what was accepted",
    Rule.CHECK_ADDED: "Leave the check to the warehouse",
    Rule.FIELD_REMOVED: "Keep it as an optional field: what no contract names never passes protection",
    Rule.UNIT_CHANGED: "Keep the unit, and add an optional field in the new one",
    Rule.TREATMENT_CHANGED: "Keep the treatment: what readers hold joins with what leaves now",
    Rule.PROTECTION_WEAKENED: "Keep the protection that people's data was published under",
    Rule.RETENTION_LENGTHENED: "Keep the period after which people's data was promised to be gone",
    Rule.KEY_CHANGED: "Keep the key: events of one key stay in order",
    Rule.CONTRACT_REMOVED: "Keep the contract while its events are kept",
    Rule.NOT_PROVABLE: "Leave this part as it was, or write it so that the comparison can follow",
}
"""What to do instead of the breaking change, by rule."""


@dataclass(frozen=True, slots=True)
class BreakingChange:
    """One thing that was valid and no longer is, or of which nobody can prove that it still is."""

    path: str
    """JSON pointer to the field; ``*`` stands for any other property or any further item."""
    rule: Rule
    message: str
    """What changed."""
    way_out: str
    """What to do instead."""

    def __str__(self) -> str:
        return f"{self.path or '/'}: {self.message} ({self.rule}). {self.way_out}"


def breaking(at: Path, rule: Rule, message: str) -> BreakingChange:
    """A breaking change at a place, with the way out that its rule has."""
    return BreakingChange(_pointer(at), rule, message, way_out(rule))


def way_out(rule: Rule, next_version: str = "the next major version") -> str:
    """What to do instead of breaking a rule; ``next_version`` says as what to publish the change."""
    return f"{WAYS_OUT[rule]}, or publish the change as {next_version}."


def _pointer(at: Path) -> str:
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in at)
