"""What source systems say they sent, and where they are wrong."""

from collections import Counter

from orgpulse_platform.simulator.scenario import load_scenario
from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.reasons import RejectedError
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.systems import SYSTEMS
from orgpulse_schemas.validation import validate

PLAN = load_scenario().control_reports


def sent_and_reported(simulation):
    """Accepted events by type and day, and what was reported of them, each event once."""
    sent, reported, systems, seen = Counter(), {}, set(), set()
    for record in simulation.records():
        try:
            event = parse(record.value)
            payload = validate(event)
        except RejectedError:
            continue
        if event.id in seen:
            continue
        seen.add(event.id)
        if payload.about.family == "control":
            reported[payload.event_type, payload.day] = payload.events
            systems.add(payload.about.system.id)
            assert all_contracts()[payload.event_type].system == payload.about.system
        elif event.time.date() >= PLAN.first_day:
            sent[event.type, event.time.date()] += 1
    return sent, reported, systems


def test_counts_agree_with_what_is_sent_but_for_those_that_are_wrong_on_purpose():
    simulation = Simulation(1, 0.1)
    sent, reported, _ = sent_and_reported(simulation)
    last = max(day for _, day in sent)
    assert set(reported) == {(type_, day) for type_, day in sent if day != last}
    wrong = {key: events - sent[key] for key, events in reported.items() if events != sent[key]}
    assert wrong == simulation.miscounted
    assert {abs(difference) for difference in wrong.values()} == {1}
    assert 0 < len(wrong) < 0.02 * len(reported)


def test_every_source_system_counts():
    _, _, systems = sent_and_reported(Simulation(7, 0.05))
    assert systems == set(SYSTEMS)


def test_no_day_is_counted_before_it_ended():
    for record in Simulation(7, 0.02).records():
        try:
            event = parse(record.value)
            payload = validate(event)
        except RejectedError:
            continue
        if payload.about.family == "control":
            assert event.time.date() > payload.day >= PLAN.first_day
