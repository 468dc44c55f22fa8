"""A lost contract, a lost field or a weakened treatment is seen as a change of the snapshot."""

import difflib
import os
from pathlib import Path

from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.registry import all_contracts

SNAPSHOT = Path(__file__).parent / "contracts_snapshot.txt"
MEANT = "if the change is meant, run the test once with UPDATE_SNAPSHOTS=1 and commit the file"


def _field(field: ContractField) -> str:
    treatment = f"{field.treatment.kind}:{field.treatment.detail}".rstrip(":")
    presence = "required" if field.required else "optional"
    return f"  {field.name}: {presence}, {field.personal_data}, {treatment}"


def _contract(about: About) -> list[str]:
    head = f"{about.event_type} {about.raw_topic} -> {about.events_topic}, key {about.key}"
    return [f"{head}, {about.retention_days} days", *map(_field, about.fields)]


def test_contracts_and_treatments_are_those_of_the_snapshot() -> None:
    current = [line for about in all_contracts().values() for line in _contract(about)]
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text("\n".join(current) + "\n")
    change = list(difflib.unified_diff(SNAPSHOT.read_text().splitlines(), current, lineterm="", n=1))
    assert not change, "\n".join([MEANT, *change])
