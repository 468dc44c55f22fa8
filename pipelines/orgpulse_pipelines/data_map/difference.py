"""What changed between two data maps, in words, the changes to look at first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orgpulse_pipelines.data_map.versions import SEPARATOR, DataMap, Line
from orgpulse_schemas.privacy import PersonalData, TreatmentKind

_OF_CONTRACT: Final = {
    "controller": "controller",
    "purpose": "purpose",
    "legal_basis": "legal basis",
    "data_subjects": "data subjects",
    "retention_days": "days kept",
    "raw_hours": "hours kept as published",
    "rejected_hours": "hours kept when refused",
    "system": "source system",
}
"""What all fields of a contract say alike."""
_OF_FIELD: Final = {"category": "category", "treatment": "treatment", "meaning": "meaning"}
_PLACES: Final = {
    "topics": "topic",
    "unpublished": "column of the warehouse",
    "published": "published column",
    "indicators": "indicator",
    "exports": "export",
    "recipients_inside": "recipient inside",
    "recipients_outside": "recipient outside",
    "transfers": "country of transfer",
}
_LOOK_WHEN_NEW: Final = ("published", "exports", "recipients_outside", "transfers")
_LOOK_WHEN_OTHER: Final = ("purpose", "legal_basis", "data_subjects", "controller")
_LOOK_WHEN_MORE: Final = ("retention_days", "raw_hours", "rejected_hours")


@dataclass(frozen=True, slots=True)
class Change:
    """One change."""

    contract: str
    field: str
    """Empty where it concerns all fields."""
    said: str
    look: bool
    """Whether it processes more, protects less, keeps longer or tells others: somebody should judge it."""

    @property
    def place(self) -> str:
        """The contract, and the field where it is one."""
        return f"{self.contract}.{self.field}" if self.field else self.contract


def changes(old: DataMap, new: DataMap) -> list[Change]:
    """Every change, those to look at first; an order of rows or columns is none."""
    found = [*_contracts(old, new), *_fields(old, new)]
    return sorted(found, key=lambda one: (not one.look, one.contract, one.field, one.said))


def _contracts(old: DataMap, new: DataMap) -> Iterator[Change]:
    before, after = _first_lines(old), _first_lines(new)
    for contract in after.keys() - before.keys():
        line = after[contract]
        whose, purpose = line.get("data_subjects", ""), line.get("purpose", "")
        yield Change(contract, "", f"new processing, data of {whose}: {purpose}", look=True)
    for contract in before.keys() - after.keys():
        yield Change(contract, "", "processing ended, or it holds no personal data any more", look=False)
    for contract in before.keys() & after.keys():
        for column, name in _OF_CONTRACT.items():
            was, is_ = before[contract].get(column, ""), after[contract].get(column, "")
            if was != is_:
                look = column in _LOOK_WHEN_OTHER or (column in _LOOK_WHEN_MORE and _is_more(was, is_))
                yield Change(contract, "", f"{name}: {was or 'nothing'} → {is_ or 'nothing'}", look=look)


def _first_lines(map_: DataMap) -> dict[str, Line]:
    return {contract: line for (contract, _), line in reversed(map_.items())}


def _is_more(was: str, is_: str) -> bool:
    try:
        return int(is_) > int(was)
    except ValueError:
        return True


def _fields(old: DataMap, new: DataMap) -> Iterator[Change]:
    known = {contract for contract, _ in old} & {contract for contract, _ in new}
    for key in sorted(old.keys() | new.keys()):
        contract, field = key
        if contract not in known:
            continue
        if key not in old:
            category, treatment = new[key].get("category", ""), new[key].get("treatment", "")
            said = f"new field ({category}, {treatment})"
            yield Change(contract, field, said, look=category != PersonalData.NONE)
        elif key not in new:
            yield Change(contract, field, "field ended", look=False)
        else:
            yield from _of_field(contract, field, old[key], new[key])


def _of_field(contract: str, field: str, old: Line, new: Line) -> Iterator[Change]:
    for column, name in _OF_FIELD.items():
        was, is_ = old.get(column, ""), new.get(column, "")
        if was != is_:
            # Whether a treatment protects less is for people to say; dropping protects more than any other.
            look = column == "category" or (column == "treatment" and is_ != TreatmentKind.DROP)
            yield Change(contract, field, f"{name}: {was or 'nothing'} → {is_ or 'nothing'}", look=look)
    for column, name in _PLACES.items():
        was_in, is_in = _listed(old.get(column, "")), _listed(new.get(column, ""))
        for place in sorted(is_in - was_in):
            yield Change(contract, field, f"new {name}: {place}", look=column in _LOOK_WHEN_NEW)
        for place in sorted(was_in - is_in):
            yield Change(contract, field, f"no longer {name}: {place}", look=False)


def _listed(text: str) -> set[str]:
    return set(text.split(SEPARATOR)) - {""}
