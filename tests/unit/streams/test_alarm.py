import pytest

from orgpulse_streams.alarm import RejectionAlarm
from orgpulse_streams.errors import RunawayRejectionsError


def test_few_events_are_no_alarm_even_if_all_are_rejected() -> None:
    alarm = RejectionAlarm(max_ratio=0.5, window=1000)
    for _ in range(9):
        alarm.observe(events=100, rejected=100)
    alarm.observe(events=99, rejected=99)


def test_batch_that_crosses_the_limit_raises_the_alarm() -> None:
    alarm = RejectionAlarm(max_ratio=0.5, window=1000)
    alarm.observe(events=500, rejected=0)
    alarm.observe(events=500, rejected=500)
    with pytest.raises(RunawayRejectionsError, match="1000 of the last 1000 events"):
        alarm.observe(events=500, rejected=500)


def test_share_at_the_limit_is_no_alarm() -> None:
    alarm = RejectionAlarm(max_ratio=0.5, window=100)
    for _ in range(50):
        alarm.observe(events=10, rejected=5)


def test_old_batches_are_forgotten() -> None:
    alarm = RejectionAlarm(max_ratio=0.5, window=1000)
    for _ in range(1000):
        alarm.observe(events=100, rejected=0)
    for _ in range(5):
        alarm.observe(events=100, rejected=100)
    with pytest.raises(RunawayRejectionsError):
        alarm.observe(events=100, rejected=100)


def test_limit_of_one_never_raises() -> None:
    alarm = RejectionAlarm(max_ratio=1, window=100)
    for _ in range(10):
        alarm.observe(events=100, rejected=100)
