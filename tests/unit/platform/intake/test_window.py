"""An event that is sent again gets its first receipt."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from orgpulse_platform.intake.delivery import Acknowledged, Outcome
from orgpulse_platform.intake.problems import Problem, ProblemError
from orgpulse_platform.intake.window import Window

PLACE = Acknowledged("raw.training.pr-2", 0, 7, datetime(2019, 1, 1, tzinfo=UTC))


class Sender:
    def __init__(self) -> None:
        self.sent: list[Outcome] = []

    def __call__(self) -> Outcome:
        self.sent.append(asyncio.get_running_loop().create_future())
        return self.sent[-1]


def in_loop(check: Callable[[Sender], object]) -> None:
    async def run() -> None:
        await check(Sender())  # type: ignore[misc]

    asyncio.run(run())


def test_an_acknowledged_event_is_not_sent_again() -> None:
    async def check(send: Sender) -> None:
        window = Window(10)
        first = window.once("urn:a", "1", send)
        send.sent[0].set_result(PLACE)
        assert await first == PLACE
        assert await window.once("urn:a", "1", send) == PLACE
        assert len(send.sent) == 1

    in_loop(check)


def test_an_event_that_comes_again_while_its_first_is_on_its_way_shares_its_fate() -> None:
    async def check(send: Sender) -> None:
        window = Window(10)
        outcomes = [window.once("urn:a", "1", send) for _ in range(3)]
        send.sent[0].set_result(PLACE)
        assert await asyncio.gather(*outcomes) == [PLACE] * 3
        assert len(send.sent) == 1

    in_loop(check)


def test_an_event_that_failed_is_sent_again() -> None:
    async def check(send: Sender) -> None:
        window = Window(10)
        first = window.once("urn:a", "1", send)
        send.sent[0].set_exception(ProblemError(Problem.NOT_ACKNOWLEDGED))
        await asyncio.wait([first])
        await asyncio.sleep(0)
        window.once("urn:a", "1", send)
        assert len(send.sent) == 2
        send.sent[1].set_result(PLACE)

    in_loop(check)


def test_identity_is_source_and_id_together() -> None:
    async def check(send: Sender) -> None:
        window = Window(10)
        for source, id_ in [("urn:a", "1"), ("urn:a1", ""), ("urn:a", "2"), ("urn:b", "1")]:
            window.once(source, id_, send)
        assert len(send.sent) == 4
        for outcome in send.sent:
            outcome.set_result(PLACE)

    in_loop(check)


def test_the_oldest_is_forgotten_first_and_one_seen_again_stays() -> None:
    async def check(send: Sender) -> None:
        window = Window(2)
        for id_ in ("1", "2", "1", "3"):
            outcome = window.once("urn:a", id_, send)
            if not outcome.done():
                send.sent[-1].set_result(PLACE)
            await outcome
            await asyncio.sleep(0)
        assert (len(send.sent), len(window)) == (3, 2)
        window.once("urn:a", "1", send)
        assert len(send.sent) == 3
        window.once("urn:a", "2", send)
        assert len(send.sent) == 4
        send.sent[-1].set_result(PLACE)

    in_loop(check)


def test_the_window_keeps_no_identity() -> None:
    async def check(send: Sender) -> None:
        window = Window(2)
        outcome = window.once("urn:a", "Zanzibar", send)
        send.sent[0].set_result(PLACE)
        await outcome
        await asyncio.sleep(0)
        assert "Zanzibar" not in repr(vars(window))

    in_loop(check)
