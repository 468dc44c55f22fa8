"""A simulation knows what is wrong with its records, and validation agrees."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from orgpulse_platform.simulator.breakage import BREAKABLE
from orgpulse_platform.simulator.scenario import load_scenario
from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_platform.topics import family_of
from orgpulse_schemas.cloudevents import CloudEvent, parse
from orgpulse_schemas.reasons import RejectedError
from orgpulse_schemas.registry import all_families
from orgpulse_schemas.validation import validate

FAMILIES = set(all_families())


@pytest.mark.parametrize("size", ["small", "full"])
def test_validation_finds_exactly_the_faults_that_are_expected(size, request):
    taken = request.getfixturevalue(size)

    assert taken.rejected == taken.expected.rejected
    assert taken.published == taken.expected.published
    assert taken.duplicates == taken.expected.duplicates
    assert taken.kept == taken.expected.kept


def test_published_is_kept_and_duplicates_and_rejected(full):
    expected = full.expected

    for family in FAMILIES:
        rejected = sum(expected.rejected[family].values())
        assert expected.published[family] == expected.kept[family] + expected.duplicates[family] + rejected


def test_every_family_has_every_fault(full):
    for family in FAMILIES:
        assert set(full.rejected[family]) == set(BREAKABLE)
        assert full.duplicates[family] > 0
        assert full.expected.late[family] > 0
    assert sum(full.expected.out_of_order.values()) > 100


def test_shares_are_those_of_the_scenario(full):
    faults, kept = load_scenario().faults, sum(full.kept.values())
    rejected = sum((reasons for reasons in full.rejected.values()), Counter())

    for reason, share in faults.broken.items():
        assert rejected[reason] == pytest.approx(kept * share, rel=0.03)
    assert sum(full.duplicates.values()) == pytest.approx(kept * faults.duplicate, rel=0.05)
    assert sum(full.expected.late.values()) >= kept * faults.late * 0.9


def test_late_and_disordered_events_are_counted_as_a_reader_would_see_them():
    simulation = Simulation(3, 0.02)
    newest: dict[str, datetime] = {}
    newest_of_key: dict[tuple[str, bytes | None], datetime] = {}
    seen: set[str] = set()
    late: Counter[str] = Counter()
    disordered: Counter[str] = Counter()
    for record in simulation.records():
        event = accepted(record.value)
        if event is None or event.id in seen:
            continue
        seen.add(event.id)
        family, key = family_of(record.topic), (record.topic, record.key)
        late[family] += newest.get(family, event.time) - event.time > timedelta(days=14)
        disordered[family] += newest_of_key.get(key, event.time) > event.time
        newest[family] = max(newest.get(family, event.time), event.time)
        newest_of_key[key] = max(newest_of_key.get(key, event.time), event.time)

    assert late == simulation.expected.late
    assert disordered == simulation.expected.out_of_order


def accepted(value: bytes) -> CloudEvent | None:
    try:
        event = parse(value)
        validate(event)
    except RejectedError:
        return None
    return event


def test_what_is_expected_is_unknown_before_all_records_are_taken():
    with pytest.raises(RuntimeError, match="all records"):
        _ = Simulation(1, 0.01).expected
