"""How confidential an event is: the attributes of CloudEvents' data-classification extension.

A contract states them through its fields. The streams do not pass an event on but make another one of less
data, which has a classification of its own; where an event asks for more than its contract, that stays.

Source: CloudEvents specification, extension Data Classification. Whoever does not understand a value refuses
the event.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from orgpulse_schemas.privacy import PersonalData

LEVELS: Final = ("public", "internal", "confidential", "restricted")
"""Values of ``dataclassification``, from the least to the most confidential."""
REGULATIONS: Final = {
    "DPP": "The organisation's data-protection principles.",
    "UN-PDP": "Personal data protection and privacy principles of the United Nations system, 2018.",
}
"""Values of ``dataregulation``, one or several between commas, and what they stand for."""
CATEGORIES: Final = ("non-sensitive", "standard", "sensitive")
"""Values of ``datacategory``, from the least to the most sensitive; confidential cases are sensitive."""
ARRIVING: Final = {
    PersonalData.NONE: "internal",
    PersonalData.ATTRIBUTE: "confidential",
    PersonalData.IDENTIFIER: "restricted",
    PersonalData.FREE_TEXT: "restricted",
}
"""How confidential a field is as it is published."""
LEAVING: Final = {kind: "internal" if kind is PersonalData.NONE else "confidential" for kind in PersonalData}
"""How confidential a field is once it is protected."""


@dataclass(frozen=True, slots=True)
class Classification:
    """The classification of an event."""

    level: str
    category: str | None
    """None where the event says nothing about anybody."""
    regulations: tuple[str, ...]

    @property
    def attributes(self) -> dict[str, str]:
        """The CloudEvents attributes; those that say nothing are left out."""
        stated = {"dataclassification": self.level}
        if self.regulations:
            stated["dataregulation"] = ",".join(self.regulations)
        if self.category is not None:
            stated["datacategory"] = self.category
        return stated

    def covers(self, level: str | None, category: str | None) -> bool:
        """Whether these values ask for no more than this classification."""
        return _rank(LEVELS, level) <= _rank(LEVELS, self.level) and (
            _rank(CATEGORIES, category) <= _rank(CATEGORIES, self.category)
        )

    def raised(self, level: str | None, category: str | None) -> "Classification":
        """This classification, made as strict as these values ask for."""
        return Classification(
            max(self.level, level or self.level, key=LEVELS.index),
            max(self.category, category, key=lambda value: _rank(CATEGORIES, value)),
            self.regulations,
        )


def classify(
    fields: Iterable[PersonalData], levels: dict[PersonalData, str], *, case_data: bool
) -> Classification:
    """The classification of an event with these fields: that of the most confidential one."""
    found = list(fields)
    level = max((levels[kind] for kind in found), key=LEVELS.index, default=levels[PersonalData.NONE])
    if all(kind is PersonalData.NONE for kind in found):
        return Classification(level, None, ())
    return Classification(level, "sensitive" if case_data else "standard", tuple(REGULATIONS))


def is_level(stated: Any) -> bool:
    """Whether ``dataclassification`` is understood."""
    return isinstance(stated, str) and stated in LEVELS


def is_category(stated: Any) -> bool:
    """Whether ``datacategory`` is understood."""
    return isinstance(stated, str) and stated in CATEGORIES


def is_regulation(stated: Any) -> bool:
    """Whether every entry of ``dataregulation`` is understood; spaces around an entry do not count."""
    return isinstance(stated, str) and all(entry.strip(" ") in REGULATIONS for entry in stated.split(","))


def _rank(order: tuple[str, ...], value: str | None) -> int:
    return -1 if value is None else order.index(value)
