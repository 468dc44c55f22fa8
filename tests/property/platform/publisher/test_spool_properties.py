"""Whatever happens in whatever order, an event with a receipt reaches Kafka, and each key keeps its order.

Kafka and its client are played here, because a real broker cannot be made to fail between any two steps. They
take records in the order of sending, an outage begins at any record, and whether Kafka got the record that
was never acknowledged stays open. The spool, its files and the route are the real ones; a crash leaves the
files as they are at that moment.
"""

import shutil
from collections import defaultdict
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kafka.errors import KafkaConnectionError, KafkaTimeoutError
from kafka.future import Future

from orgpulse_platform.publisher import Keeper, Record, SpoolFullError
from orgpulse_platform.publisher.connection import Connection
from orgpulse_platform.publisher.courier import carry
from orgpulse_platform.publisher.route import Route
from orgpulse_platform.publisher.spool import Spool

TOPIC = "raw.training.pr-2"
LIMIT = 40 * 100
MEMORY = Path("/dev/shm")
"""Where there is one: these crashes are of the process, and thousands of real syncs would take minutes."""
Batches = st.lists(st.sampled_from([b"a", b"b", b"c"]), min_size=1, max_size=6)
Fails = st.none() | st.tuples(st.integers(0, 5), st.booleans())
"""Nothing, or at which record an outage begins and whether Kafka has taken that record all the same."""


class Answer(Future):
    """The client's future of a record; who waits for a silent Kafka runs out of patience at once."""

    def get(self, _: float) -> object:
        if not self.is_done:
            raise KafkaTimeoutError
        if self.exception:
            raise self.exception
        return self.value


class PlayedConnection:
    """Takes records until the outage begins."""

    def __init__(self, log: list[Record], fails: tuple[int, bool] | None) -> None:
        self._log = log
        self._left, self._taken = fails or (1_000_000, False)
        self._open: list[Answer] = []

    def has(self, topic: str) -> bool:
        return topic == TOPIC

    def send(self, record: Record) -> Answer:
        answer = Answer()
        self._left -= 1
        if self._left >= 0:
            self._log.append(record)
            answer.success(None)
        else:
            if self._left == -1 and self._taken:
                self._log.append(record)
            self._open.append(answer)
        return answer

    def close(self) -> None:
        assert not self._open

    def stop(self) -> None:
        while self._open:
            self._open.pop().failure(KafkaConnectionError())


class Publishing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.places = count()
        self.ids = count()
        self.log: list[Record] = []
        """What Kafka has."""
        self.promised: dict[bytes, list[str]] = defaultdict(list)
        """Ids with a receipt, by key, in the order of the receipts."""
        self.tried: set[str] = set()

    @initialize()
    def open(self) -> None:
        self.place = self.folder / str(next(self.places))
        self.route = Route(Spool(self.place, LIMIT), patience_s=0)

    def crash_at(self, copy: Path) -> None:
        """The process died when its files were as in the copy; another one starts there."""
        self.route.spool._database.close()
        self.place = copy
        self.route = Route(Spool(copy, LIMIT), patience_s=0)

    def snapshot(self) -> Path:
        copy = self.folder / str(next(self.places))
        shutil.copytree(self.place, copy)
        return copy

    def connect_now(self, fails: tuple[int, bool] | None) -> None:
        with suppress(SpoolFullError):
            self.route.connected(cast(Connection, PlayedConnection(self.log, fails)))

    def records(self, keys: list[bytes]) -> list[Record]:
        records = [Record(TOPIC, key, b"", str(next(self.ids))) for key in keys]
        self.tried.update(record.id for record in records)
        return records

    def publish_now(self, records: list[Record]) -> None:
        try:
            keepers = self.route.hand_over(records, room_s=0)
        except SpoolFullError:
            return
        for record, keeper in zip(records, keepers, strict=True):
            self.promised[record.key].append(record.id)
            assert keeper is not Keeper.KAFKA or record.id in {there.id for there in self.log}

    @rule(fails=Fails)
    def kafka_answers(self, fails: Any) -> None:
        if self.route.connection is None:
            self.connect_now(fails)

    @rule(keys=Batches)
    def publish(self, keys: list[bytes]) -> None:
        self.publish_now(self.records(keys))

    @rule()
    def carry(self) -> None:
        if self.route.connection is not None and self.route.spool.count:
            carry(self.route, self.route.connection)

    @rule()
    def kafka_goes_away(self) -> None:
        if self.route.connection is not None:
            self.route.fail_over(self.route.connection, "gone")

    @rule()
    def crash(self) -> None:
        self.crash_at(self.snapshot())

    @rule()
    def crash_between_acknowledgement_and_removal(self) -> None:
        copy = self.snapshot()
        self.carry()
        self.crash_at(copy)

    @rule(keys=Batches)
    def crash_before_the_receipt_and_publish_again(self, keys: list[bytes]) -> None:
        records, copy = self.records(keys), self.snapshot()
        with suppress(SpoolFullError):
            self.route.hand_over(records, room_s=0)
        self.crash_at(copy)
        self.publish_now(records)

    @rule()
    def end_and_start_again(self) -> None:
        self.route.close()
        self.route = Route(Spool(self.place, LIMIT), patience_s=0)
        assert not self.route.spool.interrupted

    @invariant()
    def the_spool_counts_right(self) -> None:
        if hasattr(self, "route"):
            spool = self.route.spool
            items = spool.oldest(1_000, 1_000_000)
            assert (spool.count, spool.bytes) == (len(items), sum(item.size for item in items))
            assert spool.bytes <= LIMIT

    def teardown(self) -> None:
        try:
            self.crash()
            self.connect_now(None)
            while self.route.spool.count:
                self.carry()
            arrived = list(dict.fromkeys((record.key, record.id) for record in self.log))
            for key, promised in self.promised.items():
                first = [id_ for found, id_ in arrived if found == key and id_ in set(promised)]
                assert first == promised
            assert {id_ for _, id_ in arrived} <= self.tried
            self.route.close()
        finally:
            shutil.rmtree(self.folder)


Publishing.TestCase.settings = settings(
    max_examples=150, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestPublishing = Publishing.TestCase
