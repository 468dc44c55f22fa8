"""What happens to a request with events, from its token to its receipt."""

import asyncio
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from orgpulse_platform.intake.access import note_system
from orgpulse_platform.intake.admission import Admitted, admit
from orgpulse_platform.intake.body import read_body
from orgpulse_platform.intake.delivery import Acknowledged, Delivery, Outcome
from orgpulse_platform.intake.limits import Rates, Room
from orgpulse_platform.intake.modes import Mode, batch_events, binary_event, mode_of
from orgpulse_platform.intake.problems import Problem, ProblemError, retry_after, violations_json
from orgpulse_platform.intake.tokens import TokenBook, TokenFileError
from orgpulse_platform.intake.window import Window
from orgpulse_platform.settings import IntakeSettings
from orgpulse_schemas.reasons import RejectedError
from orgpulse_schemas.systems import SourceSystem

MOST_BODIES: Final = 64_000_000
"""Bytes of all bodies that the intake holds at one time."""
TURN: Final = 100
"""Events of a batch that are checked before other requests get their turn."""
TOKENS_S: Final = 30.0
"""After how many seconds to try again when the intake cannot read its tokens."""


class Intake:
    """Takes events from source systems and puts them on Kafka."""

    def __init__(self, settings: IntakeSettings, tokens: TokenBook, delivery: Delivery) -> None:
        self._tokens = tokens
        self._delivery = delivery
        self._rates = Rates(settings.events_per_second, settings.burst)
        self._window = Window(settings.remembered)
        self._bodies = Room(MOST_BODIES)

    async def take(self, request: Request) -> Response:
        """Answer a request with events; raises :class:`ProblemError`."""
        system = self._system(request)
        note_system(request, system)
        self._wait_for_turn(system)
        mode = mode_of(request.headers)
        body = await read_body(request, mode.most_bytes, self._bodies)
        try:
            if mode is Mode.BATCH:
                return await self._take_batch(body, system)
            return await self._take_one(_event(mode, request, body), system)
        finally:
            self._bodies.give_back(len(body))

    def _system(self, request: Request) -> SourceSystem:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        try:
            system = self._tokens.system_of(token.strip()) if scheme.lower() == "bearer" else None
        except TokenFileError:
            raise ProblemError(Problem.TOKENS_UNREADABLE, retry_after_s=TOKENS_S) from None
        if system is None:
            raise ProblemError(Problem.NO_TOKEN)
        return system

    def _wait_for_turn(self, system: SourceSystem) -> None:
        wait_s = self._rates.wait_s(system.id)
        if wait_s:
            raise ProblemError(Problem.TOO_MANY_EVENTS, retry_after_s=wait_s)
        self._rates.take(system.id, 1)  # a request that is refused counts as well

    async def _take_one(self, value: bytes, system: SourceSystem) -> Response:
        admitted = admit(value, system)
        acknowledged = await asyncio.shield(self._send(admitted))
        return _json(202, receipt(admitted, acknowledged))

    async def _take_batch(self, body: bytes, system: SourceSystem) -> Response:
        values = batch_events(body)
        self._rates.take(system.id, max(0, len(values) - 1))
        outcomes: list[tuple[Admitted, Outcome] | ProblemError] = []
        for number, value in enumerate(values, start=1):
            try:
                admitted = admit(value, system)
                outcomes.append((admitted, self._send(admitted)))
            except ProblemError as problem:
                outcomes.append(problem)
            if number % TURN == 0:
                await asyncio.sleep(0)
        sent = [outcome[1] for outcome in outcomes if not isinstance(outcome, ProblemError)]
        if sent:
            await asyncio.wait(sent)
        return _batch_answer([_settled(outcome) for outcome in outcomes])

    def _send(self, admitted: Admitted) -> Outcome:
        record = admitted.record
        return self._window.once(admitted.source, record.id, lambda: self._delivery.send(record))


def receipt(admitted: Admitted, acknowledged: Acknowledged) -> dict[str, Any]:
    """What the sender keeps: where Kafka has the event, and since when (UTC)."""
    return {
        "id": admitted.record.id,
        "source": admitted.source,
        "type": admitted.type,
        "topic": acknowledged.topic,
        "partition": acknowledged.partition,
        "offset": acknowledged.offset,
        "received_at": acknowledged.received_at,
    }


def _event(mode: Mode, request: Request, body: bytes) -> bytes:
    """The one event of a request that is no batch."""
    if mode is Mode.STRUCTURED:
        return body
    try:
        return binary_event(request.headers, body)
    except RejectedError as error:
        violations = error.violations
    raise ProblemError(Problem.INVALID_EVENT, violations)


Settled = tuple[Admitted, Acknowledged] | ProblemError


def _settled(outcome: tuple[Admitted, Outcome] | ProblemError) -> Settled:
    if isinstance(outcome, ProblemError):
        return outcome
    admitted, sent = outcome
    error = sent.exception()
    if isinstance(error, ProblemError):
        return error
    return admitted, sent.result()


def _batch_answer(settled: list[Settled]) -> Response:
    """202 if every event was accepted, 200 if some were not; a 503 for all if Kafka took none of them."""
    problems = [outcome for outcome in settled if isinstance(outcome, ProblemError)]
    unavailable = [problem for problem in problems if problem.retry_after_s is not None]
    if unavailable and len(problems) == len(settled):
        raise unavailable[0]
    answers = [_answer(index, outcome) for index, outcome in enumerate(settled)]
    response = _json(200 if problems else 202, answers)
    if unavailable:
        response.headers["Retry-After"] = retry_after(*unavailable)
    return response


def _answer(index: int, outcome: Settled) -> dict[str, Any]:
    if isinstance(outcome, ProblemError):
        answer = {"index": index, "status": outcome.problem.status, "code": outcome.problem.code}
        if outcome.violations:
            answer["violations"] = violations_json(outcome.violations)
        return answer
    return {"index": index, "status": 202, "receipt": receipt(*outcome)}


def _json(status: int, document: Any) -> Response:
    content = orjson.dumps(document, option=orjson.OPT_UTC_Z)
    return Response(content, status, media_type="application/json")
