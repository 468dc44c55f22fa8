"""Simulations, read as the streams read them: parsed and validated, duplicates removed, counted."""

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from orgpulse_platform.simulator.expected import Expected
from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_platform.topics import family_of
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.hr.careers import AppointmentMade, ReassignmentMade, SeparationRecorded
from orgpulse_schemas.reasons import Reason, RejectedError
from orgpulse_schemas.validation import validate

ContractT = TypeVar("ContractT", bound=Contract)
ROOT = Path(__file__).parents[4]
FULL_SEED, SMALL_SEED, SMALL_SCALE = 1, 7, 0.05


@dataclass
class Career:
    """A person's service as the events tell it."""

    appointment: AppointmentMade
    separated_on: date | None = None
    moves: list[tuple[date, str]] = field(default_factory=list)

    def serves_on(self, day: date) -> bool:
        return self.appointment.appointed_on <= day and (
            self.separated_on is None or day <= self.separated_on
        )

    def unit_on(self, day: date) -> str:
        return max(move for move in self.moves if move[0] <= day)[1]


@dataclass
class Taken:
    """All records of a simulation, taken by somebody who knows the contracts and nothing else."""

    expected: Expected
    events: dict[type[Contract], list[tuple[datetime, Contract]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    published: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    duplicates: Counter[str] = field(default_factory=Counter)
    rejected: dict[str, Counter[Reason]] = field(default_factory=lambda: defaultdict(Counter))
    misplaced: int = 0

    def payloads(self, contract: type[ContractT]) -> list[ContractT]:
        return [payload for _, payload in self.events[contract]]

    def careers(self) -> dict[str, Career]:
        found = {a.personnel_id: Career(a) for a in self.payloads(AppointmentMade)}
        for career in found.values():
            career.moves.append((career.appointment.appointed_on, career.appointment.unit_id))
        for move in self.payloads(ReassignmentMade):
            found[move.personnel_id].moves.append((move.effective_on, move.to_unit_id))
        for separation in self.payloads(SeparationRecorded):
            found[separation.personnel_id].separated_on = separation.separated_on
        return found


def take(simulation: Simulation) -> Taken:
    taken = Taken(Expected())
    seen: dict[str, bytes] = {}
    for record in simulation.records():
        family = family_of(record.topic)
        taken.published[family] += 1
        try:
            event = parse(record.value)
            payload = validate(event)
        except RejectedError as rejected:
            taken.rejected[family][rejected.first.reason] += 1
            continue
        if event.id in seen:
            assert seen[event.id] == record.value
            taken.duplicates[family] += 1
            continue
        seen[event.id] = record.value
        about = payload.about
        right_key = str(getattr(payload, about.key)).encode()
        taken.misplaced += record.topic != about.raw_topic or record.key != right_key
        taken.kept[family] += 1
        taken.events[type(payload)].append((event.time, payload))
    taken.expected = simulation.expected
    return taken


@pytest.fixture(scope="session")
def full() -> Taken:
    """The organisation at its published size; generated once."""
    return take(Simulation(FULL_SEED))


@pytest.fixture(scope="session")
def small() -> Taken:
    """A twentieth of the organisation."""
    return take(Simulation(SMALL_SEED, SMALL_SCALE))


@pytest.fixture(scope="session")
def careers(full: Taken) -> dict[str, Career]:
    """Everybody's service in the organisation at its published size."""
    return full.careers()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The published files, where they are at hand."""
    folder = Path(os.environ.get("ORGPULSE_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the folder with the published figures is not here; ORGPULSE_SHARED_DATA names it")
    return folder
