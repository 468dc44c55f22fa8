"""What a released contract promised beyond its JSON Schema: units, protection, how long events are kept."""

from collections.abc import Iterator
from typing import Any, Final

from orgpulse_schemas.compatibility.change import BreakingChange, Rule, breaking
from orgpulse_schemas.privacy import PersonalData, TreatmentKind

_TREATMENTS: Final = (
    TreatmentKind.KEEP,
    TreatmentKind.SCRUB,
    TreatmentKind.GENERALISE,
    TreatmentKind.PSEUDONYMISE,
    TreatmentKind.DROP,
)  # fmt: skip
"""From the weakest to the strongest."""
_CLASSES: Final = (
    PersonalData.NONE, PersonalData.ATTRIBUTE, PersonalData.FREE_TEXT, PersonalData.IDENTIFIER
)  # fmt: skip
"""From the class that asks for the least care to the one that asks for the most."""


def broken_policies(before: dict[str, Any], after: dict[str, Any]) -> Iterator[BreakingChange]:
    """What the fields of a payload no longer keep; for the schemas of the payload as accepted."""
    for name, old in before["properties"].items():
        new = after["properties"].get(name)
        if new is None:
            if _kind(old) is not TreatmentKind.DROP:
                message = f"{name} no longer passes protection"
                yield breaking(("data", name), Rule.FIELD_REMOVED, message)
        else:
            yield from _changed_unit(name, old, new)
            yield from _changed_treatment(name, old, new)
            yield from _weakened_class(name, old, new)


def lengthened_retention(before: int, after: int) -> Iterator[BreakingChange]:
    """Events that are kept for longer than was said when they were published, in days."""
    if after > before:
        message = f"events are kept for {after} days now, no longer for {before}"
        yield breaking((), Rule.RETENTION_LENGTHENED, message)


def _changed_unit(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[BreakingChange]:
    before, after = old.get("x-unit"), new.get("x-unit")
    if before != after:
        message = f"the unit is {after or 'not stated'} now, no longer {before or 'not stated'}"
        yield breaking(("data", name), Rule.UNIT_CHANGED, message)


def _changed_treatment(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[BreakingChange]:
    if old["x-treatment"] == new["x-treatment"] or _kind(new) is TreatmentKind.DROP:
        return  # what no indicator needs ceases to pass at once
    if _kind(old) is _kind(new) is TreatmentKind.SCRUB:
        return  # the reason for which free text is kept may be put in better words
    weaker = _TREATMENTS.index(_kind(new)) < _TREATMENTS.index(_kind(old))
    rule = Rule.PROTECTION_WEAKENED if weaker else Rule.TREATMENT_CHANGED
    message = f"the treatment is {new['x-treatment']} now, no longer {old['x-treatment']}"
    yield breaking(("data", name), rule, message)


def _weakened_class(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[BreakingChange]:
    before, after = (PersonalData(schema["x-personal-data"]) for schema in (old, new))
    if _CLASSES.index(after) < _CLASSES.index(before):
        message = f"the personal-data class is {after} now, no longer {before}"
        yield breaking(("data", name), Rule.PROTECTION_WEAKENED, message)


def _kind(schema: dict[str, Any]) -> TreatmentKind:
    return TreatmentKind(schema["x-treatment"].partition(":")[0])
