"""Why an event is rejected: typed codes, who mends each, and whether replaying the event can help."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    """Reason code of a rejected event; part of the public interface, so codes are never renamed."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    MALFORMED_JSON = "malformed_json"
    NOT_A_CLOUDEVENT = "not_a_cloudevent"
    UNKNOWN_CONTRACT = "unknown_contract"
    WRONG_SOURCE = "wrong_source"
    UNKNOWN_CLASSIFICATION = "unknown_classification"
    MISSING_FIELD = "missing_field"
    WRONG_TYPE = "wrong_type"
    IMPOSSIBLE_DATE = "impossible_date"
    INVALID_VALUE = "invalid_value"
    INCONSISTENT_FIELDS = "inconsistent_fields"
    UNPROCESSABLE = "unprocessable"


@dataclass(frozen=True, slots=True)
class ReasonMeaning:
    """What a reason code means, for the people who meet it."""

    meaning: str
    mended_by: str
    replay_helps: bool


MEANINGS: Final = {
    Reason.EMPTY: ReasonMeaning("The record has no value.", "source system", False),
    Reason.TOO_LARGE: ReasonMeaning("The event is larger than the platform accepts.", "source system", False),
    Reason.MALFORMED_JSON: ReasonMeaning("The value is not well-formed UTF-8 JSON.", "source system", False),
    Reason.NOT_A_CLOUDEVENT: ReasonMeaning(
        "A required CloudEvents 1.0 attribute is missing or wrong.", "source system", False
    ),
    Reason.UNKNOWN_CONTRACT: ReasonMeaning(
        "No contract has this event type; it may be deployed later.", "source system or platform", True
    ),
    Reason.WRONG_SOURCE: ReasonMeaning(
        "The contract belongs to another source system or another topic.", "source system", False
    ),
    Reason.UNKNOWN_CLASSIFICATION: ReasonMeaning(
        "The event carries a data classification that the platform does not understand.",
        "source system or platform",
        True,
    ),
    Reason.MISSING_FIELD: ReasonMeaning("A required field is missing.", "source system", False),
    Reason.WRONG_TYPE: ReasonMeaning(
        "A field has another type than its contract says.", "source system", False
    ),
    Reason.IMPOSSIBLE_DATE: ReasonMeaning(
        "A date or time does not exist or is not written after ISO 8601.", "source system", False
    ),
    Reason.INVALID_VALUE: ReasonMeaning(
        "A value lies outside its pattern, range or code list; code lists can grow.",
        "source system or platform",
        True,
    ),
    Reason.INCONSISTENT_FIELDS: ReasonMeaning(
        "Fields contradict each other, such as an end before its start.", "source system", False
    ),
    Reason.UNPROCESSABLE: ReasonMeaning(
        "The platform failed on this event alone; its own fault until shown otherwise.", "platform", True
    ),
}
"""Every reason with its meaning; a test holds that none is missing."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing wrong with an event: a code and where, as a JSON pointer of names that contracts declare."""

    reason: Reason
    path: str = ""


class RejectedError(Exception):
    """An event does not meet its contract. Holds codes and paths, never a value of the event."""

    def __init__(self, *violations: Violation) -> None:
        self.violations = violations
        super().__init__(", ".join(f"{v.reason.value} at {v.path or '/'}" for v in violations))

    @property
    def first(self) -> Violation:
        """The violation by which the event is counted."""
        return self.violations[0]
