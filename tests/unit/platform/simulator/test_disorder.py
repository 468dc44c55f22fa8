"""Which events are out of order: those held back while a later one of their key was published."""

from orgpulse_platform.simulator.disorder import Overtaking
from orgpulse_platform.simulator.faults import Published
from orgpulse_platform.simulator.records import SimulatedRecord


def event(at: int, key: bytes = b"P000001") -> Published:
    return Published(SimulatedRecord("raw.hr.pe-3", key, b"{}"), "hr", at)


def test_an_event_held_back_is_overtaken_by_a_later_one_of_its_key():
    overtaking, held = Overtaking(), event(10)

    overtaking.hold_back(held)
    overtaking.pass_by(event(11))

    assert overtaking.release(held).overtaken


def test_events_of_other_keys_and_of_the_same_moment_overtake_nothing():
    overtaking, held = Overtaking(), event(10)

    overtaking.hold_back(held)
    overtaking.pass_by(event(11, b"P000002"))
    overtaking.pass_by(event(10))

    assert not overtaking.release(held).overtaken


def test_an_event_held_back_longer_is_overtaken_by_one_held_back_after_it():
    overtaking, first, second = Overtaking(), event(10), event(11)

    overtaking.hold_back(first)
    overtaking.hold_back(second)

    assert not overtaking.release(second).overtaken
    assert overtaking.release(first).overtaken


def test_a_key_is_forgotten_once_nothing_of_it_is_held_back():
    overtaking, held = Overtaking(), event(10)

    overtaking.hold_back(held)
    overtaking.pass_by(event(20))
    overtaking.release(held)
    later = overtaking.hold_back(event(20))

    assert not overtaking.release(later).overtaken
