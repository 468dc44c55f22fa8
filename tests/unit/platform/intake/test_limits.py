"""The rate of a source system, and room for what is held at one time."""

from orgpulse_platform.intake.limits import Rates, Room


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_a_burst_a_system_waits_for_its_rate() -> None:
    clock = Clock()
    rates = Rates(10, 5, clock)
    for _ in range(5):
        assert rates.wait_s("PE-3") == 0
        rates.take("PE-3", 1)
    assert rates.wait_s("PE-3") == 0.1
    assert rates.wait_s("PR-2") == 0
    clock.now += 0.1
    assert rates.wait_s("PE-3") == 0


def test_what_a_batch_takes_beyond_the_burst_is_owed() -> None:
    clock = Clock()
    rates = Rates(10, 5, clock)
    rates.take("PE-3", 105)
    assert rates.wait_s("PE-3") == 10.1
    clock.now += 10.1
    assert rates.wait_s("PE-3") == 0


def test_a_long_pause_gives_no_more_than_a_burst() -> None:
    clock = Clock()
    rates = Rates(10, 5, clock)
    rates.take("PE-3", 1)
    clock.now += 1e6
    rates.take("PE-3", 5)
    assert rates.wait_s("PE-3") > 0


def test_room_is_given_once() -> None:
    room = Room(10)
    assert room.take(10)
    assert not room.take(1)
    room.give_back(4)
    assert room.taken == 6
    assert room.take(4)
