"""Memory holds the organisation, not its events: these wait on disk, and the records stay the same."""

import hashlib
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from pydantic import BaseModel, TypeAdapter

from orgpulse_platform.simulator.command import MOST_SCALE
from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_schemas.families.evaluation.evaluations import EvaluationPublished
from orgpulse_schemas.families.evaluation.recommendations import RecommendationIssued
from orgpulse_schemas.families.hr.careers import AppointmentMade
from orgpulse_schemas.families.hr.positions import PositionCreated
from orgpulse_schemas.families.hr.roster import CandidateAssessed
from orgpulse_schemas.families.reference.organisation import FacilityRegistered, ProjectRegistered
from orgpulse_schemas.families.training.courses import SessionHeld
from orgpulse_schemas.families.training.partners import PartnerPersonRegistered, PartnerRegistered

RUN = 2_000
MOST_BYTES = 120
"""Of memory for each record, the people included; a fact in memory takes more than 200 alone."""
MEASURE = """
import sys
import orjson
from pathlib import Path
from orgpulse_platform.simulator.simulation import Simulation

def peak():
    found = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return next(int(words[1]) * 1024 for words in found if words[0] == "VmHWM:")

for _ in Simulation(1, 0.01).records():  # modules and tables
    pass
before, held = peak(), []
simulation = Simulation(1, 0.3, folder=Path(sys.argv[1]), run=int(sys.argv[2]))
simulation.invent(lambda facts: held.append(simulation.held))
taken = 0
for taken, _ in enumerate(simulation.records(), start=1):
    held.append(simulation.held)
found = {"taken": taken, "held": max(held), "disk": simulation.disk, "grown": peak() - before}
print(orjson.dumps(found).decode())
"""


def digest(simulation: Simulation) -> str:
    found = hashlib.sha256()
    for record in simulation.records():
        found.update(b"%s|%s|%s;" % (record.topic.encode(), record.key, record.value))
    return found.hexdigest()


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
def test_memory_does_not_grow_with_the_events(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path, str(RUN)],
        check=True,
        capture_output=True,
        timeout=120,
    )

    found = orjson.loads(done.stdout)
    assert found["taken"] > 60_000
    assert found["held"] < RUN
    assert found["disk"] > found["taken"] * 100
    assert found["grown"] < found["taken"] * MOST_BYTES
    assert list(tmp_path.iterdir()) == []


def test_records_are_the_same_bytes_whether_facts_waited_on_disk_or_in_memory(tmp_path: Path) -> None:
    on_disk, in_memory = Simulation(5, 0.02, folder=tmp_path, run=500), Simulation(5, 0.02)

    assert digest(on_disk) == digest(in_memory)
    assert on_disk.disk > 0 == in_memory.disk
    assert on_disk.expected == in_memory.expected


def test_a_closed_simulation_has_freed_the_disk_and_knows_what_is_expected(tmp_path: Path) -> None:
    simulation = Simulation(5, 0.01, folder=tmp_path, run=500)
    published = sum(1 for _ in simulation.records())

    simulation.close()

    assert (simulation.disk, simulation.held) == (0, 0)
    assert sum(simulation.expected.published.values()) == published


@pytest.mark.parametrize(
    ("contract", "field"),
    [
        (AppointmentMade, "personnel_id"),
        (PositionCreated, "position_id"),
        (CandidateAssessed, "candidate_id"),
        (ProjectRegistered, "project_id"),
        (FacilityRegistered, "facility_id"),
        (SessionHeld, "session_id"),
        (PartnerRegistered, "partner_id"),
        (PartnerPersonRegistered, "partner_person_id"),
        (EvaluationPublished, "evaluation_id"),
        (RecommendationIssued, "recommendation_id"),
    ],
)
def test_numbers_fit_their_patterns_at_the_largest_scale(full, contract: type[BaseModel], field: str) -> None:
    numbers = [getattr(payload, field) for payload in full.payloads(contract)]
    digits = sorted(int(number[1:]) for number in numbers)
    last = digits[0] + (digits[-1] - digits[0] + 1) * MOST_SCALE
    info = contract.model_fields[field]

    TypeAdapter(info.rebuild_annotation()).validate_python(f"{numbers[0][0]}{last:0{len(numbers[0]) - 1}}")
