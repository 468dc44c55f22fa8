"""The same seed and scale are the same records; nothing about a person is in an event's id."""

import hashlib
import subprocess
import sys

from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.reasons import RejectedError

DIGEST = """
import hashlib
from orgpulse_platform.simulator.simulation import Simulation
digest = hashlib.sha256()
for record in Simulation(5, 0.02).records():
    digest.update(b"%s|%s|%s;" % (record.topic.encode(), record.key, record.value))
print(digest.hexdigest())
"""


def digest(seed: int, scale: float) -> str:
    found = hashlib.sha256()
    for record in Simulation(seed, scale).records():
        found.update(b"%s|%s|%s;" % (record.topic.encode(), record.key, record.value))
    return found.hexdigest()


def test_the_same_seed_and_scale_give_the_same_bytes_in_another_process():
    other = subprocess.run(
        [sys.executable, "-c", DIGEST], check=True, capture_output=True, text=True, timeout=60
    )

    assert other.stdout.strip() == digest(5, 0.02)


def test_records_can_be_taken_twice():
    simulation = Simulation(5, 0.01)

    assert list(simulation.records()) == list(simulation.records())


def test_another_seed_is_another_organisation():
    assert digest(5, 0.01) != digest(6, 0.01)


def test_two_datasets_share_no_event_id():
    ids = [ids_of(Simulation(seed, scale)) for seed, scale in ((1, 0.01), (2, 0.01), (1, 0.02))]

    assert not ids[0] & ids[1]
    assert not ids[0] & ids[2]


def test_a_dataset_is_named_by_scenario_seed_and_scale():
    assert Simulation(4, 1).dataset == Simulation(4, 1.0).dataset == "iom_2019 seed=4 scale=1.0"


def test_kafka_keeps_its_own_time_so_that_retention_spares_the_history():
    assert {record.timestamp_ms for record in Simulation(1, 0.01).records()} == {None}


def ids_of(simulation: Simulation) -> set[str]:
    found = set()
    for record in simulation.records():
        try:
            found.add(parse(record.value).id)
        except RejectedError:
            continue
    return found
