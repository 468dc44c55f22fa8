"""Counting acknowledgements, and the limit on what may wait for one."""

import threading
import time

import pytest
from kafka.errors import KafkaTimeoutError
from kafka.future import Future

from orgpulse_platform.publisher import deliveries as module
from orgpulse_platform.publisher.deliveries import Deliveries


class Waiting(Future):
    """A future of the client that can be waited for."""

    def get(self, timeout: float) -> object:
        deadline = time.monotonic() + timeout
        while not self.is_done:
            if time.monotonic() > deadline:
                raise KafkaTimeoutError("still waiting")
            time.sleep(0.005)
        if self.exception:
            raise self.exception
        return self.value


def test_acknowledged_and_given_up_records_are_counted_apart() -> None:
    deliveries = Deliveries(1)
    good, bad, open_ = Waiting(), Waiting(), Waiting()
    for future in (good, bad, open_):
        deliveries.add("hr", 10, future)
    good.success(None)
    bad.failure(KafkaTimeoutError("too late"))
    deliveries.look()
    assert deliveries.acknowledged == {"hr": 1}
    assert deliveries.failures == {"KafkaTimeoutError": 1}
    assert deliveries.unacknowledged == 2


def test_an_acknowledgement_behind_a_waiting_record_counts_in_the_end() -> None:
    deliveries = Deliveries(1)
    slow, quick = Waiting(), Waiting()
    deliveries.add("hr", 10, slow)
    deliveries.add("finance", 10, quick)
    quick.success(None)
    deliveries.look()
    assert deliveries.acknowledged == {}
    deliveries.look_everywhere()
    assert deliveries.acknowledged == {"finance": 1}
    assert deliveries.unacknowledged == 1


@pytest.mark.parametrize(("limit", "value"), [("MOST_RECORDS", 5), ("MOST_BYTES", 50)])
def test_the_publisher_waits_when_too_much_is_on_its_way(
    limit: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, value)
    deliveries = Deliveries(5)
    futures = [Waiting() for _ in range(6)]
    for future in futures[:5]:
        deliveries.add("hr", 10, future)
    threading.Timer(0.2, lambda: futures[0].success(None)).start()
    began = time.monotonic()
    deliveries.add("hr", 10, futures[5])
    assert time.monotonic() - began > 0.1
    assert deliveries.acknowledged == {"hr": 1}


def test_waiting_for_a_broker_that_stays_silent_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RECORDS", 0)
    with pytest.raises(KafkaTimeoutError):
        Deliveries(0.1).add("hr", 10, Waiting())


def test_a_record_given_up_while_waiting_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RECORDS", 0)
    deliveries = Deliveries(1)
    given_up = Waiting()
    given_up.failure(KafkaTimeoutError("too late"))
    deliveries.add("hr", 10, given_up)
    assert deliveries.failures.total() == 1
